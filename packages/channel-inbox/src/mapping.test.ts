import { ContactSchema } from '@anycontact/core'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { capabilities } from './capabilities.ts'
import { toContact, toUpdateBody } from './mapping.ts'

const { fields: FIELDS } = capabilities.update

/** What the inbox stores a field of an update under. Source: as for the mapping. */
const STORED: Readonly<Record<string, string>> = {
  name: 'display_name',
  phone: 'phone_number',
}

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '')
const write = fc.record(
  Object.fromEntries(FIELDS.map((field) => [field, fc.option(text)])) as Record<
    (typeof FIELDS)[number],
    fc.Arbitrary<string | null>
  >,
  { requiredKeys: [] },
)
const dialect = fc.constantFrom('sdk' as const, 'web' as const, 'spec' as const)

describe('toUpdateBody and toContact', () => {
  it('lose nothing: what is sent is read again, and what is not is named', () => {
    fc.assert(
      fc.property(write, dialect, (written, names) => {
        const { body, unsendable } = toUpdateBody(written, undefined, names)
        const record = Object.fromEntries(
          Object.entries(body).map(([name, value]) => [STORED[name] ?? name, value]),
        )
        const contact = toContact({ id: 'con_1', ...record })
        const told = unsendable.map(({ path }) => path)
        for (const [field, value] of Object.entries(written)) {
          const sent = told.includes(field) ? undefined : (value ?? undefined)
          expect(Reflect.get(contact, field)).toBe(sent)
        }
        expect(Object.keys(body).length + told.length).toBe(Object.keys(written).length)
        expect(new Set(told).size).toBe(told.length)
      }),
    )
  })

  it('send every field in the dialect of the vendor’s SDK', () => {
    fc.assert(
      fc.property(write, (written) => {
        expect(toUpdateBody(written, undefined, 'sdk').unsendable).toEqual([])
      }),
    )
  })
})

const loose = fc.oneof(fc.constant(''), fc.constant(null), fc.constant(undefined), text)
const record = fc.record(
  {
    id: text,
    display_name: loose,
    name: loose,
    first_name: loose,
    last_name: loose,
    email: loose,
    phone_number: loose,
    phone: loose,
    area_code: loose,
    avatar_url: loose,
    remark: loose,
    language: loose,
    time_zone: loose,
    created_at: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString()),
    updated_at: fc.constantFrom(null, '', '2026-01-31T09:00:00.5Z'),
    additional_params: fc.jsonValue(),
  },
  { requiredKeys: ['id'] },
)

describe('toContact', () => {
  it('makes a well-formed contact of any record, and keeps the record', () => {
    fc.assert(
      fc.property(record, (raw) => {
        const contact = toContact(raw)
        expect(v.safeParse(ContactSchema, contact).success).toBe(true)
        expect(contact.raw).toBe(raw)
        expect(contact.email).toBe(contact.contactMethods.find(({ type }) => type === 'email')?.value)
        expect(contact.phone).toBe(contact.contactMethods.find(({ type }) => type === 'phone')?.value)
        for (const value of Object.values(contact)) expect(value).not.toBe('')
      }),
    )
  })

  it.each([
    [{ id: 'con_1', _id: 'x' }, 'con_1'],
    [{ id: '', _id: 'con_2' }, 'con_2'],
    [{ id: null, _id: 'con_2' }, 'con_2'],
  ])('reads the id of %o', (raw, id) => {
    expect(toContact(raw).id).toBe(id)
  })

  it.each([
    ['2022-10-04T07:37:11.000Z', '2022-10-04T07:37:11.000Z'],
    ['2022-10-04T07:37:11+08:00', '2022-10-03T23:37:11.000Z'],
    ['2022-10-04T07:37:11.123456', '2022-10-04T07:37:11.123Z'],
  ])('reads the time %s', (created_at, createdAt) => {
    // What has no zone must not be read in that of the machine.
    vi.stubEnv('TZ', 'Asia/Tokyo')
    expect(toContact({ id: 'con_1', created_at })).toMatchObject({ createdAt })
    vi.unstubAllEnvs()
  })

  it('takes names of updates where the others are missing', () => {
    expect(toContact({ _id: 'con_1', name: 'Ana', phone: '+1' })).toMatchObject({ name: 'Ana', phone: '+1' })
  })

  it.each([{ area_code: 351 }, { gender: 1 }, { gender: { code: 'f' } }, { additional_params: 'x' }])(
    'does not mind the form of what is not mapped: %o',
    (fields) => {
      expect(toContact({ id: 'con_1', ...fields }).raw).toMatchObject(fields)
    },
  )

  it.each([
    ['not an object', 'x', ''],
    ['no id', {}, ''],
    ['an email that is no text', { id: 'con_1', email: 5 }, 'email'],
    ['a time that is none', { id: 'con_1', created_at: 'yesterday' }, 'created_at'],
  ])('refuses %s', (_, raw, path) => {
    expect(() => toContact(raw)).toThrow(
      expect.objectContaining({ code: 'bad_response', issues: [expect.objectContaining({ path })] }),
    )
  })
})
