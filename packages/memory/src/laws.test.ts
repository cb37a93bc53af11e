import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ContactPatch, ContactsError, type MemoryContacts, memory } from './index.ts'

const ids = ['a', 'b', 'c', 'd'] as const
const values = ['x', 'y', 'z'] as const

const patches: fc.Arbitrary<ContactPatch> = fc.record(
  {
    externalId: fc.constantFrom(...values, null),
    name: fc.constantFrom(...values, null),
    email: fc.constantFrom('x@e.org', 'y@e.org', null),
    phone: fc.constantFrom('+1', '+2', null),
    tags: fc.constantFrom<string[] | null>(['t'], [], null),
    customFields: fc.constantFrom<ContactPatch['customFields']>({ p: 1 }, { p: null, q: { r: [2] } }, null),
    contactMethods: fc.constantFrom<ContactPatch['contactMethods']>(
      [{ type: 'email' as const, value: 'x@e.org' }],
      [
        { type: 'phone' as const, value: '+2', primary: true },
        { type: 'email' as const, value: 'y@e.org', primary: true },
      ],
      null,
    ),
  },
  { requiredKeys: [] },
)

const id = fc.constantFrom(...ids)
const steps = fc.oneof(
  fc.record({ do: fc.constant('create' as const), id, patch: patches }),
  fc.record({ do: fc.constant('update' as const), id, patch: patches }),
  fc.record({ do: fc.constant('delete' as const), id, patch: patches }),
  fc.record({ do: fc.constant('upsert' as const), id, patch: patches }),
  fc.record({ do: fc.constant('batch' as const), id, patch: patches }),
)

type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

async function take(contacts: MemoryContacts, step: Step): Promise<void> {
  const before = contacts.api.snapshot()
  try {
    switch (step.do) {
      case 'create':
        await contacts.create({ ...step.patch, id: step.id })
        return
      case 'update':
        await contacts.update(step.id, step.patch)
        return
      case 'delete':
        await contacts.delete(step.id)
        return
      case 'upsert':
        await contacts.upsert({ ...step.patch, id: step.id }, { by: 'id' })
        return
      case 'batch':
        await contacts.updateMany(
          ids.map((ref) => ({ ref, patch: step.patch })),
          { atomic: true },
        )
    }
  } catch (error) {
    // A step may be refused, but then nothing has happened.
    if (!ContactsError.is(error)) throw error
    expect(['conflict', 'not_found', 'invalid_input']).toContain(error.code)
    expect(contacts.api.snapshot()).toEqual(before)
  }
}

describe('whatever is done to a store', () => {
  test('its laws hold: primaries, unique keys, lookups that agree with the listing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (plan) => {
        const contacts = memory({ clock: { now: () => 0 } })
        for (const step of plan) await take(contacts, step)
        const all = await contacts.list({ pageSize: 2 }).toArray()
        expect(await contacts.count()).toBe(all.length)
        for (const contact of all) {
          for (const type of ['email', 'phone'] as const) {
            const primaries = contact.contactMethods.filter(
              (method) => method.type === type && method.primary,
            )
            expect(primaries.map(({ value }) => value)).toEqual(
              contact[type] === undefined ? [] : [contact[type]],
            )
          }
          expect(await contacts.get(contact.id)).toEqual(contact)
          for (const { id: methodId } of contact.contactMethods) {
            expect(contact.contactMethods).toContainEqual(await contacts.contactMethods.get(methodId ?? ''))
          }
        }
        for (const [key, candidates] of [
          ['externalId', values],
          ['email', ['x@e.org', 'y@e.org']],
          ['phone', ['+1', '+2']],
        ] as const) {
          for (const value of candidates) {
            const holders = all.filter((contact) => contact[key] === value).map((contact) => contact.id)
            if (key === 'externalId') expect(holders.length).toBeLessThan(2)
            const ref =
              key === 'externalId'
                ? { externalId: value }
                : key === 'email'
                  ? { email: value }
                  : { phone: value }
            const found = await contacts.find(ref).then(
              (contact) => (contact ? [contact.id] : []),
              (error: unknown) =>
                ContactsError.is(error) && error.code === 'ambiguous' ? 'ambiguous' : error,
            )
            expect(found).toEqual(holders.length > 1 ? 'ambiguous' : holders)
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  test('a snapshot can be restored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (plan) => {
        const contacts = memory({ clock: { now: () => 0 } })
        for (const step of plan) await take(contacts, step)
        const snapshot = contacts.api.snapshot()
        expect(memory(JSON.parse(JSON.stringify(snapshot))).api.snapshot()).toEqual(snapshot)
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})
