import type { Contact, ContactInput, JsonObject } from '@anycontact/core'
import { parseJson } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { textOf } from '../testing/text.ts'
import { cardsOf, readingOfCards } from '../testing/vcards.ts'
import { type VCardLeftOut, writeVCards } from './write-vcards.ts'

const ana: Contact = {
  provider: 'memory',
  id: 'c-1',
  externalId: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
  name: 'Ana Souza',
  givenName: 'Ana',
  familyName: 'Souza',
  nickname: 'ana, a',
  email: 'ana@example.com',
  phone: '+351 1',
  contactMethods: [
    { type: 'email', value: 'ana@home.example', primary: false, label: 'home' },
    { type: 'email', value: 'ana@example.com', primary: true, label: 'Office; new' },
    { type: 'phone', value: '+351 1', primary: true },
    { type: 'mobile', value: '+351 2', primary: true, label: 'work' },
    { type: 'fax', value: '+351 3', primary: true },
  ],
  avatarUrl: 'https://example.com/a,b;c.png',
  note: 'One\nTwo: \\ and ünï 🙂',
  locale: 'pt-PT',
  timezone: 'Europe/Lisbon',
  tags: ['a,b', 'c'],
  status: 'active',
  customFields: {
    organization: 'Example; Sons',
    organizationUnits: ['Sales'],
    jobTitle: 'Boss',
    birthday: '1990-01-31',
    anniversary: '--02-03',
    namePrefix: 'Dr.',
    addresses: [
      { streetAddress: '1 Rua', locality: 'Lisboa', countryCode: 'pt', label: 'work', primary: true },
    ],
    urls: [{ value: 'https://example.com/?a=1,2;b', label: 'blog' }],
    'X-SKYPE': 'ana.souza',
    plan: 'pro',
    seats: 3,
  },
  updatedAt: '2026-01-02T03:04:05.678Z',
  raw: {},
}

describe('writeVCards', () => {
  it('prints what address books know as they know it, in 3.0', async () => {
    expect((await textOf(writeVCards([ana]))).split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'FN:Ana Souza',
      'N:Souza;Ana;;Dr.;',
      'NICKNAME:ana\\, a',
      'EMAIL;TYPE=HOME;TYPE=INTERNET:ana@home.example',
      'item1.EMAIL;TYPE=INTERNET;TYPE=PREF:ana@example.com',
      'item1.X-ABLabel:Office\\; new',
      'TEL;TYPE=VOICE:+351 1',
      'TEL;TYPE=WORK;TYPE=CELL:+351 2',
      'TEL;TYPE=FAX:+351 3',
      'ORG:Example\\; Sons;Sales',
      'TITLE:Boss',
      'BDAY:1990-01-31',
      'item2.ADR;TYPE=WORK;TYPE=PREF:;;1 Rua;Lisboa;;;',
      'item2.X-ABADR:pt',
      'item3.URL:https://example.com/?a=1,2;b',
      'item3.X-ABLabel:blog',
      'X-SKYPE:ana.souza',
      'PHOTO;VALUE=uri:https://example.com/a,b;c.png',
      'NOTE:One\\nTwo: \\\\ and ünï 🙂',
      'CATEGORIES:a\\,b,c',
      'LANG:pt-PT',
      'TZ;VALUE=text:Europe/Lisbon',
      'X-ANYCONTACT-FIELDS:;{"id":"c-1"\\,"status":"active"\\,"customFields":{"anniv',
      ' ersary":"--02-03"\\,"plan":"pro"\\,"seats":3}}',
      'REV:2026-01-02T03:04:05Z',
      'END:VCARD',
      '',
    ])
  })

  it('prints them in 4.0', async () => {
    const lines = (await textOf(writeVCards([ana], { version: '4.0' }))).split('\r\n')
    expect(
      lines.filter((line) => /^(?:VERSION|UID|EMAIL|item1|BDAY|ANN|PHOTO|TZ|REV|item2.ADR|X-ANY)/.test(line)),
    ).toEqual([
      'VERSION:4.0',
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'EMAIL;TYPE=HOME:ana@home.example',
      'item1.EMAIL;PREF=1:ana@example.com',
      'item1.X-ABLabel:Office\\; new',
      'BDAY:19900131',
      'ANNIVERSARY:--0203',
      'item2.ADR;TYPE=WORK;PREF=1:;;1 Rua;Lisboa;;;',
      'PHOTO:https://example.com/a,b;c.png',
      'TZ:Europe/Lisbon',
      'X-ANYCONTACT-FIELDS:;{"id":"c-1"\\,"status":"active"\\,"customFields":{"plan"',
      'REV:20260102T030405Z',
    ])
  })

  it('gives a card without a name one to be shown by, which is not read back', async () => {
    const inputs: ContactInput[] = [
      { givenName: 'Ana' },
      { customFields: { organization: 'Example' } },
      { phone: '+351 1' },
      { status: 'x' },
    ]
    const text = await textOf(writeVCards(inputs))
    expect(text.match(/^FN:.*$/gm)).toEqual(['FN:Ana', 'FN:Example', 'FN:+351 1', 'FN:No name'])
    expect(await readingOfCards(text)).toEqual(inputs)
    // Somebody has given it a name since.
    const [row] = await cardsOf(text.replace('FN:Ana', 'FN:Ana Souza'))
    expect(row).toMatchObject({
      contact: { givenName: 'Ana', name: 'Ana Souza' },
      notes: [expect.any(String)],
    })
  })

  it('takes what was changed in the card since, and not what was kept of the contact', async () => {
    const [contact] = [{ name: 'Ana', note: 'a\r\nb', status: 'x' }]
    const text = await textOf(writeVCards([contact]))
    expect(await readingOfCards(text)).toEqual([contact])
    expect(await readingOfCards(text.replace('NOTE:a\\nb', 'NOTE:c'))).toEqual([
      {
        name: 'Ana',
        note: 'c',
        status: 'x',
        notes: ['X-ANYCONTACT-FIELDS: the card was changed since, and has note otherwise'],
      },
    ])
  })

  it('tells what a card has not', async () => {
    const left: VCardLeftOut[] = []
    const method = { id: 'm-1', type: 'email', value: 'a@example.com', primary: true } as const
    const told: Contact = {
      ...ana,
      email: method.value,
      deleted: true,
      createdAt: '2026-01-01T00:00:00Z',
      contactMethods: [method],
    }
    const cleared: ContactInput = {
      name: 'Ana',
      note: null,
      email: null,
      phone: null,
      tags: null,
      contactMethods: null,
      customFields: null,
    }
    const torn: ContactInput = { email: 'b@example.com', contactMethods: [{ ...method, label: '' }] }
    const text = await textOf(writeVCards([told, ana, cleared, torn], { onLeftOut: (one) => left.push(one) }))
    expect(text).not.toContain('X-ABLabel:\r\n')
    expect(left).toEqual([
      { contact: told, fields: ['contactMethods.id', 'createdAt', 'deleted'] },
      {
        contact: cleared,
        fields: ['note', 'tags', 'contactMethods', 'email', 'phone', 'customFields'],
      },
      { contact: torn, fields: ['contactMethods.id', 'email'] },
    ])
  })

  it('prints numbers with all their digits, which are refused when they are read', async () => {
    const read = parseJson('{"id":17841400008460057001,"list":[0.12345678901234567891]}')
    const customFields = read.ok ? (read.value as JsonObject) : {} // it is an object
    const text = await textOf(writeVCards([{ ...ana, customFields }]))
    expect(text.replace(/\r\n /g, '')).toContain('"id":17841400008460057001')
    expect(text.replace(/\r\n /g, '')).toContain('0.12345678901234567891')
    expect(await readingOfCards(text)).toEqual([[1, expect.stringContaining('more digits')]])
  })

  it('asks for no contact before it is read, and ends the listing when it is left', async () => {
    const seen: string[] = []
    async function* listing(): AsyncGenerator<Contact> {
      try {
        for (let index = 0; ; index++) {
          seen.push(`c-${index}`)
          yield { ...ana, id: `c-${index}` }
        }
      } finally {
        seen.push('left')
      }
    }
    const stream = writeVCards(listing())
    expect(seen).toEqual([])
    for await (const part of stream) {
      expect(part).toMatch(/^BEGIN:VCARD\r\n[\s\S]*END:VCARD\r\n$/)
      break
    }
    expect(seen.at(-1)).toBe('left')
    expect(seen.length).toBeLessThan(30)
  })

  it('refuses what it cannot print, and options that are none', () => {
    const refusal = (...args: unknown[]) => {
      try {
        Reflect.apply(writeVCards, undefined, args)
        return undefined
      } catch (error) {
        return error
      }
    }
    expect(refusal(undefined)).toMatchObject({ code: 'invalid_input', issues: [{ path: 'contacts' }] })
    expect(refusal([], { version: '2.1', onLeftOut: 1, x: 1 })).toMatchObject({
      issues: [{ path: 'x' }, { path: 'version' }, { path: 'onLeftOut' }],
    })
  })
})
