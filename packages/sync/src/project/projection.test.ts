import type { Contact, ContactInput, ContactPatch, JsonObject, RefKey, WritableField } from '@anycontact/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeableFields, heldFields } from '../define/capable.ts'
import { defineSync, planOf } from '../define/define-sync.ts'
import type { FieldPlaces, LostField } from '../define/definition.ts'
import type { FieldValues, Side } from '../ledger/pair.ts'
import { PLAIN_FIELDS } from './places.ts'
import type { SyncClient, SyncPlan } from './plan.ts'
import { emptyClient, PROVIDERS, type ProviderName } from './testing/clients.ts'

const routes = PROVIDERS.flatMap((from) => PROVIDERS.map((to) => [from, to] as const))

/** The key that contacts of one provider can go by at another. */
function keyOf(from: ProviderName, to: ProviderName): RefKey | Record<Side, RefKey> {
  if (to === 'channel-inbox') return 'email'
  if (to !== 'contact-methods') return 'externalId'
  return { source: from === 'contact-methods' ? 'id' : 'externalId', target: 'id' }
}

/** A sync in which all is placed that can be, and the rest is lost. */
function planFor(from: ProviderName, to: ProviderName): SyncPlan {
  const [source, target] = [emptyClient(from), emptyClient(to)]
  const by = keyOf(from, to)
  const [key, targetKey] = typeof by === 'string' ? [by, by] : [by.source, by.target]
  const there = changeableFields(target)
  const open = there.has('customFields')
  const away = PLAIN_FIELDS.filter(
    (field) => heldFields(source).has(field) && field !== key && (!there.has(field) || field === targetKey),
  )
  const places = away.map((field) => [field, `customFields.${field}`] as const)
  const fields: FieldPlaces = open ? Object.fromEntries(places) : {}
  const lost: readonly LostField[] = open ? [] : [...away, 'customFields']
  return planOf(defineSync({ name: 'any', source, target, by, fields, lost }))
}

const text = fc.constantFrom('Ana', 'Zoë Müller', '小龍', '5', 'true', ' x ', 'a.b')
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })
const emails = fc.constantFrom('a@example.com', 'Ana.B@Example.com', 'c+d@example.org')
const phones = fc.constantFrom('+14155552671', '+351912000001', '(415) 555-2671')
const times = fc.constantFrom('2025-06-01T12:00:00.000Z', '2026-01-01T00:00:00.000Z')
const methods = fc.constantFrom<ContactInput['contactMethods'][]>(
  [
    { type: 'email', value: 'Z@example.com', primary: true },
    { type: 'email', value: 'y@example.com', label: 'work' },
  ],
  [
    { type: 'email', value: 'w@example.com', primary: true },
    { type: 'mobile', value: '+351930000001', primary: true },
    { type: 'phone', value: '+1 (415) 555-2671', primary: true },
  ],
  [
    { type: 'email', value: 'x@example.com', primary: true },
    { type: 'other', value: '@handle' },
    { type: 'fax', value: '+4930123', customFields: { room: 1 } },
  ],
)
const json = fc.constantFrom<JsonObject[string]>('pro', 7, false, { deep: [1, { a: 'b' }] }, ['x'])
const customFields = fc.record({ plan: json, 'a.b': json, größe: json }, { requiredKeys: [] })

const anyInput = fc.record(
  {
    name: maybe(text),
    givenName: maybe(text),
    familyName: maybe(text),
    nickname: maybe(text),
    email: emails,
    phone: maybe(phones),
    contactMethods: maybe(methods),
    avatarUrl: maybe(fc.constantFrom('https://example.com/a.png', 'https://example.com/b.png')),
    note: maybe(text),
    locale: maybe(fc.constantFrom('pt-BR', 'de')),
    timezone: maybe(fc.constantFrom('Europe/Berlin', 'Asia/Tokyo')),
    tags: maybe(fc.constantFrom(['vip'], ['b', 'a'], [])),
    status: maybe(fc.constantFrom('active', 'blocked')),
    customFields,
    verifiedAt: maybe(times),
  },
  { noNullPrototype: true },
) satisfies fc.Arbitrary<ContactInput>

/** What of an input an operation of a client can store. Contact methods say it all, where they are taken. */
function part(input: ContactInput, fields: readonly WritableField[] = []): ContactInput {
  const kept = Object.entries(input).filter(
    ([field, value]) => value !== undefined && fields.some((known) => known === field),
  )
  const taken: ContactInput = Object.fromEntries(kept)
  if (taken.contactMethods) {
    delete taken.email
    delete taken.phone
  }
  return taken
}

const options = { unsupportedFields: 'drop' } as const
let count = 0

/** Makes a contact with all that the provider can hold of an input. */
async function make(client: SyncClient, key: RefKey, input: ContactInput, value: string): Promise<Contact> {
  const { create, update } = client.capabilities
  const first = part(input, create?.fields)
  if (key === 'id' || create?.fields.includes('id')) first.id = value
  if (key === 'externalId' && create?.fields.includes('externalId')) first.externalId = value
  const made = await client.create?.(first, options)
  if (!made) throw new Error('It has no create.')
  const rest = part(
    input,
    update?.fields?.filter((field) => !create?.fields.includes(field)),
  )
  return Object.keys(rest).length === 0 ? made : change(client, made.id, rest)
}

async function change(client: SyncClient, id: string, patch: ContactPatch): Promise<Contact> {
  const changed = await client.update?.({ id }, patch, options)
  if (!changed) throw new Error('It has no update.')
  return changed
}

/** Fields in which values differ, as the sync compares them. */
function differing({ projection }: SyncPlan, one: FieldValues, other: FieldValues): string[] {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...fields].filter((field) => !projection.same(field, one[field], other[field]))
}

/** What providers put in the place of what they are given; a sync knows it by the answers to its writes. */
const OWN_WAYS: Partial<Record<ProviderName, (field: string, written: FieldValues) => boolean>> = {
  // It completes numbers, and takes who has an external id to be verified.
  chatbotkit: (field, { phone, verifiedAt }) =>
    (field === 'phone' && String(phone).startsWith('(')) ||
    (field === 'verifiedAt' && verifiedAt === undefined),
  // It makes a name of its parts, and takes it away with them.
  'channel-inbox': (field, { name, givenName, familyName }) =>
    field === 'name' && (name === undefined || givenName === undefined || familyName === undefined),
}

describe.each(routes)('from %s to %s', (from, to) => {
  it('what is written of a contact is what is read back, when it is made and when it is changed', async () => {
    const plan = planFor(from, to)
    const { projection, source, target, by } = plan
    const isOff = (stored: Contact, written: FieldValues): string[] =>
      differing(plan, projection.values('target', stored), written).filter(
        (field) => !OWN_WAYS[to]?.(field, written),
      )
    const property = fc.asyncProperty(anyInput, anyInput, async (input, later) => {
      const before = await make(source, by.source, input, `k-${++count}`)
      const key = projection.writtenKey('target', before) ?? ''
      const values = projection.values('source', before)
      const writes = projection.input('target', values, key)
      const made = await make(target, by.target, writes, key)
      expect(isOff(made, values)).toEqual([])
      expect(projection.keyOf('target', made)).toBe(projection.keyOf('source', before))

      const after = await make(source, by.source, later, `k-${++count}`)
      const wanted = projection.values('source', after)
      const fields = differing(plan, projection.values('target', made), wanted)
      const written = [...fields, ...projection.remade('target', fields)]
      const changed = await change(target, made.id, projection.patch('target', wanted, written))
      expect(isOff(changed, wanted)).toEqual([])
      if (target.supports('delete')) await target.delete({ id: changed.id })
    })
    await fc.assert(property, { numRuns: 30 })
  })
})
