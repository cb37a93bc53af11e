import type { Contact, ContactInput, WritableField } from '@anycontact/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import { verifySync } from '../verify/verify-sync.ts'
import { inputSource } from './input-source.ts'

const FIELDS = {
  memory: [
    'name',
    'givenName',
    'nickname',
    'email',
    'phone',
    'contactMethods',
    'tags',
    'status',
    'customFields',
  ],
  chatbotkit: ['name', 'nickname', 'email', 'phone', 'note', 'customFields'],
  cognipeer: ['name', 'email', 'phone', 'tags', 'status', 'customFields'],
} as const satisfies Readonly<Record<string, readonly WritableField[]>>

type Provider = keyof typeof FIELDS

const text = fc.constantFrom('Ana', 'Bo', null)
const emails = fc.constantFrom('a@example.com', 'B@example.com', null)
const phones = fc.constantFrom('+14155552671', '+351912000001', null)

const methods = fc.constantFrom<ContactInput['contactMethods']>(
  [{ type: 'email', value: 'list@example.com', primary: true }],
  [
    { type: 'email', value: 'one@example.com', label: 'home' },
    { type: 'fax', value: '+4930123' },
  ],
  [],
  null,
)

const anyInput = fc.record(
  {
    name: text,
    givenName: text,
    nickname: text,
    note: text,
    email: emails,
    phone: phones,
    contactMethods: methods,
    tags: fc.constantFrom(['b', 'a'], ['vip'], [], null),
    status: fc.constantFrom('active', 'blocked'),
    customFields: fc.oneof(
      fc.constantFrom(null, {}),
      fc.record(
        { plan: text, seats: fc.constantFrom(1, 2, null) },
        { requiredKeys: [], noNullPrototype: true },
      ),
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
) satisfies fc.Arbitrary<ContactInput>

/** What of an input a provider can store; an address is said once. */
function part(provider: Provider, input: ContactInput): ContactInput {
  const fields: readonly string[] = FIELDS[provider]
  const { email, phone, ...rest } = input
  const isListed = fields.includes('contactMethods') && input.contactMethods !== undefined
  const said = isListed ? rest : input
  return Object.fromEntries(Object.entries(said).filter(([field]) => fields.includes(field)))
}

/** What is stored of contacts, but for what the provider gives them. */
function stored(contacts: readonly Contact[]): readonly unknown[] {
  return contacts
    .map(
      ({
        id: _,
        raw: __,
        createdAt: ___,
        updatedAt: ____,
        verifiedAt: _____,
        contactMethods,
        ...contact
      }) => ({
        ...contact,
        contactMethods: contactMethods.map(({ type, value, primary, label }) => ({
          type,
          value,
          primary,
          label,
        })),
      }),
    )
    .sort((one, other) => (String(one.externalId) < String(other.externalId) ? -1 : 1))
}

/** A run of inputs beside an upsert of the same ones, on two targets that begin with the same contacts. */
function twins(provider: Provider, keep: 'values' | 'hashes') {
  const [run, upserted] = [createWorld(), createWorld()]
  const inputs: { list: readonly ContactInput[] } = { list: [] }
  const source = inputSource({
    provider: 'inputs',
    by: 'externalId',
    fields: FIELDS[provider],
    open: () => inputs.list.map((contact) => ({ contact })),
  })
  const sync = defineSync({
    name: 'x',
    source,
    target: run[provider],
    by: 'externalId',
    absent: 'leave',
    keep,
  })
  return { run, upserted, inputs, sync }
}

const KEYS = ['u1', 'u2', 'u3'] as const
const some = fc.uniqueArray(fc.record({ externalId: fc.constantFrom(...KEYS), input: anyInput }), {
  selector: ({ externalId }) => externalId,
  maxLength: 3,
})
const rounds = fc.array(fc.record({ inputs: some, edits: some }), { minLength: 1, maxLength: 3 })

describe.each(['memory', 'chatbotkit', 'cognipeer'] as const)(
  "with absent: 'leave', a run to %s",
  (provider) => {
    it('stores what an upsert of the same inputs stores, and the next one writes nothing', async () => {
      const property = fc.asyncProperty(rounds, fc.constantFrom('values', 'hashes'), async (all, keep) => {
        const { run, upserted, inputs, sync } = twins(provider, keep)
        const options = { ledger: run.ledger, clock: run.clock, random: () => 0.5 }
        for (const { inputs: given, edits } of all) {
          for (const { externalId, input } of edits) {
            const edited = { ...part(provider, input), externalId }
            for (const world of [run, upserted])
              await world[provider].upsert(edited, {
                by: 'externalId',
                scan: true,
                unsupportedFields: 'drop',
              })
          }
          inputs.list = given.map(({ externalId, input }) => ({ ...part(provider, input), externalId }))
          const { failed } = await runSync(sync, options)
          expect(failed).toBe(0)
          for (const input of inputs.list)
            await upserted[provider].upsert(
              { ...input, externalId: String(input.externalId) },
              {
                by: 'externalId',
                scan: true,
                unsupportedFields: 'drop',
              },
            )
          const [one, other] = [
            await run[provider].list().toArray(),
            await upserted[provider].list().toArray(),
          ]
          expect(stored(one)).toEqual(stored(other))
          const { writes, created, updated } = await runSync(sync, options)
          expect([writes.target, created, updated]).toEqual([0, 0, 0])
          expect((await verifySync(sync, { ledger: run.ledger })).differences.first).toEqual([])
        }
      })
      await fc.assert(property, { numRuns: 40 })
    })
  },
)
