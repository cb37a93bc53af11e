import { type Contact, ContactSchema, type WritableField } from '@anycontact/core'
import type { ContactWrite } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { capabilities } from './capabilities.ts'
import { toContact, toCreateBody, toUpdateBody } from './mapping.ts'

const texts = (fields: readonly WritableField[]) => fields.filter((field) => field !== 'tags')
const UPDATED = texts(capabilities.update.fields)
const CREATED = texts(capabilities.create.fields)

/** What the inbox stores a field of an update under. Source: as for the mapping. */
const STORED: Readonly<Record<string, string>> = {
  name: 'display_name',
  phone: 'phone_number',
}

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '')
const tags = fc.array(text)
const writeOf = (fields: readonly WritableField[]): fc.Arbitrary<ContactWrite> =>
  fc.record(
    { ...Object.fromEntries(fields.map((field) => [field, fc.option(text)])), tags: fc.option(tags) },
    { requiredKeys: [] },
  )
const dialect = fc.constantFrom('sdk' as const, 'web' as const, 'spec' as const)

/** The contact that a body makes, with what an update calls otherwise under the names of records. */
function stored(body: object): Contact {
  const named = Object.entries(body).map(([name, value]) => [STORED[name] ?? name, value])
  return toContact({ id: 'con_1', ...Object.fromEntries(named) })
}

/** What is read of a field that was written so. */
function read(field: string, value: unknown): unknown {
  return field === 'tags' ? (value ?? []) : (value ?? undefined)
}

describe('toUpdateBody and toContact', () => {
  it('lose nothing: what is sent is read again, and what is not is named', () => {
    fc.assert(
      fc.property(writeOf(UPDATED), dialect, (written, names) => {
        const { body, unsendable } = toUpdateBody(written, undefined, names)
        const contact = stored(body)
        const told = unsendable.map(({ path }) => path)
        for (const [field, value] of Object.entries(written)) {
          expect(Reflect.get(contact, field)).toEqual(read(field, told.includes(field) ? null : value))
        }
        expect(Object.keys(body).length + told.length).toBe(Object.keys(written).length)
        expect(new Set(told).size).toBe(told.length)
      }),
    )
  })

  it('send every field in the dialect of the vendor’s SDK', () => {
    fc.assert(
      fc.property(writeOf(UPDATED), (written) => {
        expect(toUpdateBody(written, undefined, 'sdk').unsendable).toEqual([])
      }),
    )
  })
})

describe('toCreateBody and toContact', () => {
  it('lose nothing: what is sent is read again, and nothing is sent to clear', () => {
    fc.assert(
      fc.property(writeOf(CREATED), (written) => {
        const { body, unsendable } = toCreateBody(written)
        expect(unsendable).toEqual([])
        const contact = stored(body)
        for (const [field, value] of Object.entries(written)) {
          expect(Reflect.get(contact, field)).toEqual(read(field, value))
        }
        const given = Object.values(written).filter((value) => value !== null)
        expect(Object.values(body)).toEqual(given)
      }),
    )
  })

  it('have no place for what a create does not take', () => {
    const { body, unsendable } = toCreateBody(
      { name: 'Ana', note: 'x' },
      { channel_id: 'ch_1', channel_type: null, area_code: '351', gender: null },
    )
    expect(body).toEqual({ display_name: 'Ana', channel_id: 'ch_1' })
    expect(unsendable.map(({ path }) => path)).toEqual(['note', 'vendor.area_code'])
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
    labels: fc.option(fc.array(fc.oneof(text, fc.constant(''), fc.integer(), fc.object()))),
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
        expect(contact.tags).toEqual((raw.labels ?? []).filter((label) => label && typeof label === 'string'))
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
    ['labels that are no array', { id: 'con_1', labels: 'vip' }, 'labels'],
    ['an email that is no text', { id: 'con_1', email: 5 }, 'email'],
    ['a time that is none', { id: 'con_1', created_at: 'yesterday' }, 'created_at'],
  ])('refuses %s', (_, raw, path) => {
    expect(() => toContact(raw)).toThrow(
      expect.objectContaining({ code: 'bad_response', issues: [expect.objectContaining({ path })] }),
    )
  })
})
