import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import {
  checkProgram,
  checkRequests,
  EXPECTED_IN_MEMORY,
  EXPECTED_WITH_CHATBOTKIT,
  failed,
} from './checks.ts'
import { checkComparison, compareReports } from './comparison.ts'
import { CONTACTS_FILE, readContacts, readRecords } from './contacts-file.ts'
import { SILENT } from './narrator.ts'
import { CHANGED_ID, DELETED_ID, runProgram } from './program.ts'

const rows = await readContacts(CONTACTS_FILE)
const emulator = createEmulator({ seed: 1 })
const inMemory = await runProgram(memory(), rows, SILENT)
let requestsSent = 0
const withChatBotKit = await runProgram(
  chatbotkit({
    secret: CHATBOTKIT_SECRET,
    fetch: emulator.chatbotkit.fetch,
    onRequest: () => {
      requestsSent++
    },
  }),
  rows,
  SILENT,
)

describe.each([
  ['memory', inMemory, EXPECTED_IN_MEMORY],
  ['ChatBotKit', withChatBotKit, EXPECTED_WITH_CHATBOTKIT],
])('the program with %s', (_, report, expected) => {
  test('passes its checks', () => {
    expect(failed(checkProgram(report, rows.length, expected))).toEqual([])
  })

  test('lists those who match the filter', () => {
    for (const { phone, customFields } of report.listed.contacts) {
      expect(phone).toBeDefined()
      expect(customFields).toMatchObject({ plan: 'team', consent: true })
      expect(['CN', 'HK', 'JP', 'KR', 'TW']).toContain(customFields.country)
    }
  })

  test('finds an accented name without its accent', () => {
    expect(report.searched.contacts.map(({ name }) => name)).toContain('Begoña Muñoz')
  })

  test('exports the changed contact as it is, and not the deleted one', () => {
    const records = readRecords(report.exported.csv)
    expect(records.find(({ externalId }) => externalId === CHANGED_ID)).toMatchObject({
      name: 'Ana Souza 🌻',
      phone: '',
      note: 'Upgraded to pro.',
      'customFields.plan': 'pro',
      'customFields.score': '',
    })
    expect(records.some(({ externalId }) => externalId === DELETED_ID)).toBe(false)
  })

  test('exports no cell that a spreadsheet would run', () => {
    const notes = readRecords(report.exported.csv).map(({ note = '' }) => note)
    expect(notes.filter((note) => /^[=@]/.test(note))).toEqual([])
    expect(notes.some((note) => note.startsWith("'="))).toBe(true)
  })
})

describe('the two runs', () => {
  test('come to the same', () => {
    expect(failed(checkComparison(withChatBotKit, inMemory))).toEqual([])
  })

  test('differ in the rows that only ChatBotKit refuses', () => {
    expect(compareReports(withChatBotKit, inMemory)).toMatchObject({
      inBoth: 965,
      same: 965,
      onlyInFirst: 0,
      onlyInSecond: 6,
      refusedOnlyByFirst: 6,
    })
  })

  test('run the filter in different places', () => {
    expect(withChatBotKit.listed.plan.pushedDown.map(({ field }) => field)).toEqual([
      'customFields.plan',
      'customFields.consent',
    ])
    // What was pushed down narrows the listing; all of it is decided here.
    expect(withChatBotKit.listed.plan.evaluatedHere.map(({ field }) => field)).toEqual([
      'phone',
      'customFields.plan',
      'customFields.consent',
      'customFields.country',
    ])
    expect(inMemory.listed.plan.evaluatedHere).toEqual([])
  })
})

describe('the requests', () => {
  const { requests } = emulator.chatbotkit

  test('are as the client counted them', () => {
    expect(requestsSent).toBeGreaterThan(1000)
    expect(failed(checkRequests(requests, requestsSent, withChatBotKit))).toEqual([])
  })

  test('are checked: a row that should not have been sent, an answer too many, one that was not counted', () => {
    const [first] = requests
    if (first === undefined) throw new Error('There were no requests.')
    const sent = { ...first, bodyText: '{"email":"paulo@example.com"}', status: 400 }
    const names = failed(checkRequests([...requests, sent], requestsSent, withChatBotKit)).map(
      ({ name }) => name,
    )
    expect(names).toEqual([
      'requests received',
      'requests answered 400',
      'requests with a row that AnyContact refused',
    ])
  })
})

describe('the checks', () => {
  test('notice a contact that was not exported', () => {
    const csv = inMemory.exported.csv.replace(/^crm-0004,.*\r\n/m, '')
    const tampered = { ...inMemory, exported: { ...inMemory.exported, csv } }
    const names = failed(checkProgram(tampered, rows.length, EXPECTED_IN_MEMORY)).map(({ name }) => name)
    expect(names).toEqual(['memory: records in the export'])
    expect(failed(checkComparison(withChatBotKit, tampered)).length).toBeGreaterThan(0)
  })

  test('notice a contact that says something else', () => {
    const csv = inMemory.exported.csv.replace('Andrés Zúñiga', 'Andres Zuniga')
    const tampered = { ...inMemory, exported: { ...inMemory.exported, csv } }
    const names = failed(checkComparison(withChatBotKit, tampered)).map(({ name }) => name)
    expect(names).toEqual(['contacts that are the same in both'])
  })

  test('notice a row that was refused for another reason', () => {
    const refused = inMemory.imported.refused.slice(1)
    const tampered = { ...inMemory, imported: { ...inMemory.imported, refused } }
    expect(failed(checkProgram(tampered, rows.length, EXPECTED_IN_MEMORY))).toHaveLength(2)
  })

  test('notice an error other than not_found', () => {
    const tampered = { ...inMemory, deletion: { ...inMemory.deletion, errorAfterwards: undefined } }
    expect(failed(checkProgram(tampered, rows.length, EXPECTED_IN_MEMORY))).toHaveLength(1)
  })
})
