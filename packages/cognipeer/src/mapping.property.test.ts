import { type ContactInput, ContactSchema, type JsonValue } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { toContact, toCreateBody } from './mapping.ts'
import { setup } from './testing/setup.ts'

const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() !== '')
const keys = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__')
// As it comes out of JSON, which has no -0. Integers that have lost digits are refused.
const json: fc.Arbitrary<JsonValue> = fc
  .json({ maxDepth: 2 })
  .filter((text) => !/__proto__|\\u0000|e\+|\d{16}/.test(text))
  .map((text) => JSON.parse(text))

const input = fc.record(
  {
    externalId: text,
    name: text,
    email: fc.emailAddress(),
    phone: fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => `+351${n}`),
    tags: fc.uniqueArray(text, { maxLength: 3 }),
    status: text,
    customFields: fc.dictionary(
      keys,
      json.filter((value) => value !== null),
      { maxKeys: 4 },
    ) as fc.Arbitrary<Record<string, JsonValue>>,
  },
  { requiredKeys: [] },
)

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.option(fc.option(arbitrary), { nil: undefined })

const record = fc.record(
  {
    _id: text,
    workspaceId: text,
    email: orNull(fc.string()),
    integrationId: orNull(fc.string()),
    name: orNull(fc.string()),
    phone: orNull(fc.string()),
    metadata: orNull(fc.dictionary(keys, json)),
    properties: orNull(fc.dictionary(keys, json)),
    tags: orNull(fc.array(fc.string())),
    status: orNull(fc.string()),
    peerId: orNull(fc.string()),
    createdDate: orNull(
      fc.constantFrom('2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05+01:00', '2026-01-02', ''),
    ),
    modifiedDate: orNull(fc.constantFrom('2026-01-02 03:04:05', '2026-01-02T03:04Z')),
    deleted: orNull(fc.boolean()),
    favouriteColour: orNull(json),
  },
  { requiredKeys: ['_id'] },
)

describe('a record as a contact', () => {
  it('is a contact by the model, and keeps the record', () => {
    fc.assert(
      fc.property(record, (raw) => {
        const contact = toContact(raw)
        expect(v.safeParse(ContactSchema, contact).issues).toBeUndefined()
        expect(contact.raw).toBe(raw)
        expect(contact.deleted ?? false).toBe(raw.deleted === true)
        expect(contact.tags).toEqual(raw.tags ?? [])
        for (const [field, wire] of [
          ['name', raw.name],
          ['externalId', raw.integrationId],
          ['email', raw.email],
          ['phone', raw.phone],
          ['status', raw.status],
        ] as const) {
          expect(contact[field]).toBe(wire || undefined)
        }
        for (const type of ['email', 'phone'] as const) {
          expect(contact.contactMethods.find((method) => method.type === type)?.value).toBe(contact[type])
        }
      }),
    )
  })

  it('has times in UTC, also where no zone is said', () => {
    const times = toContact({
      _id: 'c1',
      createdDate: '2026-01-02T03:04:05+01:00',
      modifiedDate: '2026-01-02 03:04:05',
    })
    expect([times.createdAt, times.updatedAt]).toEqual([
      '2026-01-02T02:04:05.000Z',
      '2026-01-02T03:04:05.000Z',
    ])
  })

  it('has no custom field that is null, and copies of what can be changed', () => {
    const raw = { _id: 'c1', properties: { a: null, b: 1 }, tags: ['x'] }
    const contact = toContact(raw)
    expect(contact.customFields).toEqual({ b: 1 })
    contact.tags?.push('y')
    contact.customFields.c = 1
    expect(raw).toEqual({ _id: 'c1', properties: { a: null, b: 1 }, tags: ['x'] })
  })

  it.each([
    [{}, '_id'],
    [{ _id: '' }, '_id'],
    [{ _id: 'c1', name: 7 }, 'name'],
    [{ _id: 'c1', tags: 'vip' }, 'tags'],
    [{ _id: 'c1', tags: [7] }, 'tags.0'],
    [{ _id: 'c1', properties: [] }, 'properties'],
    [{ _id: 'c1', metadata: 'x' }, 'metadata'],
    [{ _id: 'c1', deleted: 'yes' }, 'deleted'],
    [{ _id: 'c1', createdDate: 'yesterday' }, 'createdDate'],
    [{ _id: 'c1', modifiedDate: '2026-13-45' }, 'modifiedDate'],
    ['c1', ''],
  ])('%j cannot be read: %s', async (raw, path) => {
    const error = await failure(Promise.resolve().then(() => toContact(raw, 3)))
    expect(error).toMatchObject({
      code: 'bad_response',
      issues: [{ path: path ? `data.3.${path}` : 'data.3' }],
    })
    expect(JSON.stringify(error)).not.toContain('yesterday')
  })
})

describe('a contact as a record, and back', () => {
  it('is the same, by way of the server', async () => {
    await fc.assert(
      fc.asyncProperty(input, async (given: ContactInput) => {
        const { contacts } = setup()
        const created = await contacts.create(given)
        expect(created).toMatchObject({
          ...given,
          tags: given.tags ?? [],
          customFields: given.customFields ?? {},
        })
        expect(await contacts.get(created.id)).toEqual(created)
      }),
      { numRuns: 60 },
    )
  })

  it('says nothing of what is to be empty', () => {
    const nothing = {
      externalId: null,
      name: null,
      email: null,
      phone: null,
      status: null,
      customFields: { a: null },
    }
    expect(toCreateBody(nothing, { metadata: { b: null }, fields: { c: null } })).toEqual({})
    expect(toCreateBody({ customFields: null }, { metadata: null })).toEqual({})
  })

  it('takes no vendor field that has a name of its own', () => {
    for (const field of ['_id', 'email', 'properties', 'deleted', 'workspaceId']) {
      expect(() => toCreateBody({}, { fields: { [field]: 'x', mine: 1 } })).toThrow(field)
    }
    expect(toCreateBody({}, { fields: { mine: 1 } })).toEqual({ mine: 1 })
  })
})
