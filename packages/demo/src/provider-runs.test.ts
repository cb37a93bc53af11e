import { createEmulator } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import { failed } from './checks.ts'
import { CONTACTS_FILE, readContacts } from './contacts-file.ts'
import { runCopying } from './copying.ts'
import { SILENT } from './narrator.ts'
import { runParts } from './parts.ts'
import { runProgram } from './program.ts'
import {
  checkCopying,
  checkParts,
  EXPECTED_WITH_CHANNEL_INBOX,
  EXPECTED_WITH_COGNIPEER,
  EXPECTED_WITH_CONTACT_METHODS,
  type ExpectedParts,
} from './provider-checks.ts'
import { createMeter, measured, type ProviderRun } from './provider-run.ts'
import {
  makeChannelInbox,
  makeChatBotKit,
  makeCognipeer,
  makeContactMethods,
  OTHER_SECRET,
} from './providers.ts'
import { printCopying, printParts, printProviders } from './sections.ts'
import { createScreen } from './terminal/screen.ts'
import { displayWidth } from './terminal/text.ts'

const rows = await readContacts(CONTACTS_FILE)
const emulator = createEmulator({ seed: 1, chatbotkit: { secrets: { [OTHER_SECRET]: 'another' } } })
const options = { url: 'http://emulator.test', fetch: emulator.fetch }
const now = (): number => 0

const inMemory = await runProgram(memory(), rows, SILENT)

const meters = { cognipeer: createMeter(), inbox: createMeter(), methods: createMeter() }
const cognipeer = makeCognipeer({ ...options, ...meters.cognipeer })
const atCognipeer = await measured('Cognipeer', meters.cognipeer, now, () =>
  runParts(cognipeer, rows, () => {}),
)
const atInbox = await measured('Inbox', meters.inbox, now, () =>
  runParts(makeChannelInbox({ ...options, ...meters.inbox }), rows, () => {}),
)
const atMethods = await measured('Methods', meters.methods, now, () =>
  runParts(makeContactMethods({ ...options, ...meters.methods }), rows, () => {}),
)
const progress: string[] = []
const copying = await runCopying(
  cognipeer,
  makeChatBotKit({ ...options, onRequest: () => {} }, OTHER_SECRET),
  ({ done, total }) => progress.push(`${done} of ${total}`),
)

const RUNS: readonly (readonly [ProviderRun, ExpectedParts])[] = [
  [atCognipeer, EXPECTED_WITH_COGNIPEER],
  [atInbox, EXPECTED_WITH_CHANNEL_INBOX],
  [atMethods, EXPECTED_WITH_CONTACT_METHODS],
]

describe.each(RUNS)('the parts with a provider', (run, expected) => {
  test('pass their checks', () => {
    expect(failed(checkParts(run, inMemory, expected))).toEqual([])
  })

  test('are checked: a contact that says something else', () => {
    const csv = run.report.exported.csv.replace('montserrat.munoz81@', 'montserrat@')
    const report = { ...run.report, exported: { ...run.report.exported, csv } }
    const names = failed(checkParts({ ...run, report }, inMemory, expected)).map(({ name }) => name)
    expect(names).toEqual([`${run.name}: contacts with the email address of one in memory`])
  })

  test('are checked: a phone number that is another', () => {
    const csv = run.report.exported.csv.replace('+45 32 55 01 85', '+45 32 55 01 86')
    const report = { ...run.report, exported: { ...run.report.exported, csv } }
    const names = failed(checkParts({ ...run, report }, inMemory, expected)).map(({ name }) => name)
    expect(names).toEqual([`${run.name}: contacts that say the same as in memory`])
  })
})

test('the parts delete where the provider can, and import where it can', () => {
  const can = RUNS.map(([{ report }]) => [report.imported !== undefined, report.deletion !== undefined])
  expect(can).toEqual([
    [true, false],
    [true, true],
    [true, true],
  ])
})

test('requests are counted as the emulator counts them', () => {
  expect(atInbox.requests).toBe(emulator.channelInbox.requests.length)
  expect(atMethods.requests).toBe(emulator.contactMethods.requests.length)
})

describe('the copy', () => {
  test('passes its checks', () => {
    expect(failed(checkCopying(copying))).toEqual([])
  })

  test('tells how far it is after each contact', () => {
    expect(progress).toHaveLength(972)
    expect(progress.at(-1)).toBe('972 of 972')
  })

  test('is checked: tags lost in silence, a contact too few at the target', () => {
    const { tags: _, ...dropped } = copying.copy.dropped
    const tampered = { ...copying, copy: { ...copying.copy, dropped }, count: copying.count - 1 }
    expect(failed(checkCopying(tampered)).map(({ name }) => name)).toEqual([
      'copy: tags dropped',
      'copy: contacts at the target',
    ])
  })
})

async function print(terminal: { readonly isTTY?: boolean; readonly columns?: number }): Promise<string> {
  let text = ''
  const stream = {
    ...terminal,
    write: (part: string) => {
      text += part
    },
  }
  const screen = createScreen(stream, { TERM: 'xterm' })
  for (const [run] of RUNS) {
    await printParts(screen, {
      number: 9,
      title: run.name,
      code: 'makeClient()',
      remark: 'A remark.',
      run: async (onProgress) => {
        onProgress({ total: 2, done: 1 })
        onProgress({ total: 2, done: 2 })
        return run
      },
    })
  }
  const runs = RUNS.map(([run]) => run)
  printProviders(screen, 12, [...runs, ...runs.slice(1)])
  await printCopying(screen, 13, async () => copying, { now, requests: () => 0 })
  return text
}

describe('what is printed', async () => {
  const plain = await print({})
  const coloured = await print({ isTTY: true, columns: 100 })

  test.each([
    ['through a pipe', plain, 100],
    ['on a terminal', coloured, 100],
    ['on a narrow terminal', await print({ isTTY: true, columns: 80 }), 80],
  ])('fits %s', (_, text, width) => {
    for (const line of text.split(/[\r\n]/)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  test('has no control characters and no progress bar through a pipe', () => {
    expect(plain.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(plain).not.toContain('2 of 2')
    expect(coloured).toContain('2 of 2')
  })

  test('says what each provider did and left out', () => {
    expect(plain).toMatch(/^ {3}import +972 created, 14 updated, 11 unchanged, 3 refused/m)
    expect(plain).toMatch(/^ {3}import +973 created, 0 updated, 0 unchanged, 2 refused/m)
    expect(plain).toMatch(/^ {3}delete +test@example\.com; reading it again fails with not_found$/m)
    expect(plain).toMatch(/^ {3}left out +nickname 268 times, note 150 times/m)
    expect(plain).toMatch(/^ {3}created +972 +973 +963 /m)
  })

  test('says what the copy came to', () => {
    expect(plain).toMatch(/^ {3}created +972 +967 +5$/m)
    expect(plain).toMatch(/^ {3}failed +0 +5 +0$/m)
    expect(plain).toMatch(/^ {3}dropped tags +7 +7 +7$/m)
    expect(plain).toContain('"name" must be less than or equal to 191 bytes long')
  })
})
