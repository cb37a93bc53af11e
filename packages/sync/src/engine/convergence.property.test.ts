import type { Contact, ContactInput, ContactPatch, WritableField } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineSync, planOf, type Sync } from '../define/define-sync.ts'
import type { LostField, SyncKey } from '../define/definition.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { FieldValues, Side } from '../ledger/pair.ts'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'
import { emptyClient, type ProviderName } from '../project/testing/clients.ts'
import { runSync } from './run-sync.ts'

interface Route {
  readonly from: ProviderName
  readonly to: ProviderName
  readonly by: SyncKey
  readonly lost: readonly LostField[]
}

const ROUTES: readonly Route[] = [
  { from: 'memory', to: 'memory', by: 'externalId', lost: [] },
  { from: 'cognipeer', to: 'memory', by: 'externalId', lost: [] },
  {
    from: 'memory',
    to: 'chatbotkit',
    by: 'externalId',
    // It sets the time of verification itself.
    lost: [
      'givenName',
      'familyName',
      'avatarUrl',
      'locale',
      'timezone',
      'tags',
      'contactMethods',
      'status',
      'verifiedAt',
    ],
  },
  { from: 'chatbotkit', to: 'cognipeer', by: 'externalId', lost: ['nickname', 'note', 'verifiedAt'] },
  { from: 'channel-inbox', to: 'memory', by: 'email', lost: ['timezone'] },
]

const values = fc.record(
  {
    name: fc.constantFrom('Ana', 'Bo', 'Cy', null),
    phone: fc.constantFrom('+14155552671', '(415) 555-2672', null),
    givenName: fc.constantFrom('A', 'B', null),
    nickname: fc.constantFrom('a', 'b', null),
    note: fc.constantFrom('one', 'two', null),
    tags: fc.constantFrom(['x'], ['y', 'x']),
    customFields: fc.constantFrom(
      { plan: 'pro' },
      { plan: 'free', seats: 2 },
      { plan: null },
      { 'a.b': [1] },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
) satisfies fc.Arbitrary<ContactPatch>

const side = fc.constantFrom<Side>('source', 'target')
const who = fc.nat({ max: 3 })
const edit = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write'), side, who, values }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), side, who, values }) },
)
type Edit = { kind: string; side: Side; who: number; values: ContactPatch }

/** A sync with both its sides, and what people do to them. */
class Sides {
  readonly sync: Sync
  readonly ledger: Ledger
  readonly #clock = createTestClock({ waits: 'pass' })
  readonly #used = new Set<string>()
  #created = 0

  constructor(route: Route, options: Pick<Parameters<typeof planOf>[0], never> & object) {
    const { from, to, by, lost } = route
    this.ledger = sqliteLedger(':memory:', { clock: this.#clock })
    this.sync = defineSync({
      name: 'x',
      source: emptyClient(from),
      target: emptyClient(to),
      by,
      lost,
      direction: 'both',
      maxDeletions: 1,
      ...options,
    })
  }

  get plan() {
    return planOf(this.sync)
  }

  async run() {
    const report = await runSync(this.sync, { ledger: this.ledger, clock: this.#clock, random: () => 0.5 })
    // Both sides have them now.
    for (const used of [...this.#used]) {
      const [, key = ''] = used.split(' ')
      this.#used.add(`source ${key}`).add(`target ${key}`)
    }
    return report
  }

  async list(name: Side): Promise<Contact[]> {
    return await this.plan[name].list().toArray()
  }

  /** Does to a side what somebody would do: what the side cannot, is not done. */
  async edit({ kind, side: name, who: index, values: given }: Edit): Promise<void> {
    const client = this.plan[name]
    const contacts = await this.list(name)
    const contact = contacts[index]
    if (kind === 'delete') {
      if (contact && client.supports('delete')) await client.delete({ id: contact.id })
    } else if (contact) {
      const patch = only(given, client.capabilities.update?.fields)
      if (Object.keys(patch).length > 0) await client.update?.({ id: contact.id }, patch)
    } else {
      // Each side has its turn with every second key, and nobody has a key twice: a contact that is made again is another one.
      const key = `k${Math.floor(this.#created++ / 2)}`
      const isUsed = this.#used.has(`${name} ${key}`)
      this.#used.add(`${name} ${key}`)
      const input: ContactInput = { ...given, externalId: key, email: `${key}@x.org` }
      if (!isUsed) await client.create?.(only(input, client.capabilities.create?.fields))
    }
  }

  /** The synced values of each side's contacts, by key. */
  async values(): Promise<Record<Side, ReadonlyMap<string, FieldValues>>> {
    const { projection } = this.plan
    const of = async (name: Side) =>
      new Map(
        (await this.list(name)).map((contact) => [
          projection.keyOf(name, contact) ?? contact.id,
          projection.values(name, contact),
        ]),
      )
    return { source: await of('source'), target: await of('target') }
  }

  /** The fields that wait for somebody's decision. */
  async inReview(): Promise<ReadonlySet<string>> {
    return new Set((await this.ledger.conflicts('x')).map(({ key, field }) => `${key}: ${field}`))
  }

  /** What differs, but for what waits for somebody's decision. */
  async differences(): Promise<string[]> {
    const { source, target } = await this.values()
    const open = await this.inReview()
    return [...new Set([...source.keys(), ...target.keys()])].flatMap((key) => {
      const [one, other] = [source.get(key), target.get(key)]
      if (!one || !other) return [`${key} is on one side only`]
      return fieldsOf(one, other)
        .filter((field) => !this.same(field, one[field], other[field]))
        .map((field) => `${key}: ${field}`)
        .filter((path) => !open.has(path))
    })
  }

  /** Whether values are the same, but for how a provider completes numbers and makes names of their parts. */
  same(field: string, one: FieldValues[string] | undefined, other: FieldValues[string] | undefined): boolean {
    if (this.plan.projection.same(field, one, other)) return true
    // An inbox makes the name of its parts anew with every change, and keeps no other one beside them.
    const { source, target } = this.plan
    const isMade = [source, target].some(({ provider }) => provider === 'channel-inbox')
    if (field === 'name' && isMade) return true
    const isNumber = field === 'phone' && typeof one === 'string' && typeof other === 'string'
    return isNumber && one.replace(/\D/g, '').slice(-10) === other.replace(/\D/g, '').slice(-10)
  }
}

type Values = Awaited<ReturnType<Sides['values']>>

function fieldsOf(...values: readonly (FieldValues | undefined)[]): string[] {
  return [...new Set(values.flatMap((one) => Object.keys(one ?? {})))]
}

/** The edits that were made on one side only, and that are not on both now. */
function undone(
  sides: Sides,
  start: Values,
  edited: Values,
  end: Values,
  open: ReadonlySet<string>,
): string[] {
  const keys = [...start.source.keys()].filter((key) =>
    [start.target, edited.source, edited.target, end.source, end.target].every((one) => one.has(key)),
  )
  return keys.flatMap((key) => {
    const [at, now] = [start, edited].map(({ source, target }) => ({
      source: source.get(key),
      target: target.get(key),
    }))
    return fieldsOf(at?.source, at?.target, now?.source, now?.target)
      .filter((field) => !open.has(`${key}: ${field}`))
      .filter((field) => {
        const [here, there] = (['source', 'target'] as const).map(
          // Strictly: a number that is spelled otherwise is an edit.
          (name) => !sides.plan.projection.same(field, at?.[name]?.[field], now?.[name]?.[field]),
        )
        if (here === there) return false
        const wanted = now?.[here ? 'source' : 'target']?.[field]
        return (['source', 'target'] as const).some(
          (name) => !sides.same(field, end[name].get(key)?.[field], wanted),
        )
      })
      .map((field) => `${key}: ${field}`)
  })
}

function only<Given extends ContactPatch>(given: Given, fields: readonly WritableField[] = []): Given {
  const kept = Object.entries(given).filter(([field]) => fields.some((known) => known === field))
  return Object.fromEntries(kept) as Given // some of its members
}

/** How many histories are tried of each two providers. */
const RUNS = 25

const policies = fc.constantFrom('source', 'target', 'newest', 'review')

describe.each(ROUTES)('$from and $to', (route) => {
  const canDelete = route.from !== 'cognipeer' && route.to !== 'cognipeer'

  it('are the same after a run, whatever was edited on both, and the next one writes nothing', async () => {
    const deletions = fc.constantFrom<'keep' | 'mirror'>(
      ...(canDelete ? (['keep', 'mirror'] as const) : (['keep'] as const)),
    )
    const rounds = fc.array(fc.array(edit, { maxLength: 8 }), { minLength: 1, maxLength: 3 })
    const property = fc.asyncProperty(policies, deletions, rounds, async (conflicts, deleting, edits) => {
      const sides = new Sides(route, { conflicts, deletions: deleting })
      for (const round of edits) {
        const [start, open] = [await sides.values(), await sides.inReview()]
        for (const one of round) {
          if (one.kind === 'delete' && deleting === 'keep') continue
          await sides.edit(one)
        }
        const edited = await sides.values()
        await sides.run()
        const second = await sides.run()
        expect(second.writes).toEqual({ source: 0, target: 0 })
        expect(undone(sides, start, edited, await sides.values(), open)).toEqual([])
        expect(await sides.differences()).toEqual([])
        expect(second.failed).toBe(0)
      }
      await sides.ledger.close()
    })
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
  })
})
