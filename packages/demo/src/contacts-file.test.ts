import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { generateContactsCsv } from '../scripts/contacts/generate.ts'
import { CONTACTS_FILE, cellOf, readContacts, readRecords } from './contacts-file.ts'

const text = (await readFile(CONTACTS_FILE, 'utf8')).replaceAll('\r\n', '\n')
const rows = readRecords(text)
const contacts = await readContacts(CONTACTS_FILE)
const column = (name: string): string[] => rows.flatMap((row) => row[name] || [])

describe('the file', () => {
  test('is what its generator makes', () => {
    expect(
      text === generateContactsCsv(),
      'run the script generate, or take back what was edited by hand',
    ).toBe(true)
  })

  test('has 1,000 rows', () => {
    expect(rows).toHaveLength(1000)
  })

  test('names each contact by an id of its own, but for 25 duplicates and a blank', () => {
    const ids = column('external_id')
    expect(ids).toHaveLength(999)
    expect(new Set(ids).size).toBe(974)
    expect(ids.filter((id) => id.length < 17).length).toBeGreaterThan(500)
    expect(ids.filter((id) => id.length >= 17).length).toBeGreaterThan(200)
  })

  test('has 11 duplicates that say the same and 14 that say something else', () => {
    const seen = new Map<string, string>()
    const found = { same: 0, other: 0 }
    for (const row of rows) {
      const [id = '', now] = [row.external_id, JSON.stringify(row)]
      const before = seen.get(id)
      if (id !== '' && before !== undefined) found[before === now ? 'same' : 'other']++
      seen.set(id, now)
    }
    expect(found).toEqual({ same: 11, other: 14 })
  })

  test.each([
    ['accents', /[éöãçøł]/u],
    ['accents that are characters of their own', /\p{L}\p{M}/u],
    ['Vietnamese', /[ễậĐ]/u],
    ['Chinese', /\p{Script=Han}/u],
    ['Japanese', /\p{Script=Hiragana}/u],
    ['Korean', /\p{Script=Hangul}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Greek', /\p{Script=Greek}/u],
    ['Devanagari', /\p{Script=Devanagari}/u],
    ['Thai', /\p{Script=Thai}/u],
    ['emoji', /\p{Emoji_Presentation}/u],
    ['emoji of several characters', /\p{Emoji}\u200d/u],
  ])('has names with %s', (_, pattern) => {
    expect(column('name').filter((name) => pattern.test(name)).length).toBeGreaterThanOrEqual(2)
  })

  test.each([
    ['E.164', /^\+\d{7,15}$/],
    ['blanks', /^\+\d+ [\d ]+$/],
    ['dashes', /^\+\d+-[\d-]+$/],
    ['dots', /^\+\d+\.[\d.]+$/],
    ['the brackets of the United States', /^\(\d{3}\) \d{3}-\d{4}$/],
    ['ten digits', /^\d{10}$/],
  ])('has phone numbers with %s', (_, pattern) => {
    expect(column('phone').filter((phone) => pattern.test(phone)).length).toBeGreaterThanOrEqual(5)
  })

  test('has phone numbers of many countries', () => {
    const withPhone = rows.filter(({ phone }) => phone !== '')
    expect(new Set(withPhone.map(({ country }) => country)).size).toBeGreaterThanOrEqual(30)
  })

  test('is about people who do not exist', () => {
    const addresses = column('email').filter((email) => /@.+\./.test(email))
    expect(addresses.length).toBeGreaterThan(900)
    for (const address of addresses) expect(address).toMatch(/[@.]example(\.(com|org|net))?$/)
  })

  test('has notes that a spreadsheet would run, and notes of several lines', () => {
    expect(column('note').some((note) => note.startsWith('='))).toBe(true)
    expect(column('note').some((note) => note.includes('\n'))).toBe(true)
  })
})

describe('readContacts', () => {
  const header = 'external_id,name,nickname,email,phone,note,plan,city,country,score,consent,extra'
  const contactsOf = async (text: string) =>
    (await readContacts(text)).map(({ contact, error }) => contact ?? error)

  test('gives each field the type it has', async () => {
    const row = 'user-1,Ana,,ana@example.com,,,pro,Porto,PT,7.5,true,"{""tags"":[""vip""]}"'
    expect(await contactsOf(`${header}\n${row}\n`)).toEqual([
      {
        externalId: 'user-1',
        name: 'Ana',
        email: 'ana@example.com',
        customFields: { plan: 'pro', city: 'Porto', country: 'PT', score: 7.5, consent: true, tags: ['vip'] },
      },
    ])
  })

  test('leaves out what is empty, and blanks around the rest', async () => {
    expect(await contactsOf(`\uFEFF${header}\n"user-1 ",,,,,,,,,,,\n`)).toEqual([{ externalId: 'user-1' }])
  })

  test('refuses an extra column that is no object', async () => {
    expect(await contactsOf(`${header}\nuser-1,,,,,,,,,,,[1]\n`)).toEqual([
      expect.objectContaining({ issues: [{ path: 'customFields', message: 'must be a JSON object' }] }),
    ])
  })

  test('knows the line of each row, so that it can be found again', () => {
    const row = contacts.find(({ contact }) => contact?.externalId === 'user-42')
    expect(text.split('\n')[(row?.line ?? 0) - 1]).toMatch(/^user-42,/)
    expect(row && cellOf(row, 'externalId')).toBe('user-42')
  })

  test('finds where every column goes', () => {
    expect(contacts[0]?.header.columns.map(({ header, to }) => `${header} → ${to}`)).toEqual([
      'external_id → externalId',
      ...['name', 'nickname', 'email', 'phone', 'note'].map((field) => `${field} → ${field}`),
      ...['plan', 'city', 'country', 'score', 'consent'].map((key) => `${key} → customFields.${key}`),
      'extra → customFields',
    ])
  })
})
