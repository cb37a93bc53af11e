import fc from 'fast-check'
import type { FieldValues, Side } from '../../ledger/pair.ts'
import { bind } from '../../project/bindings.ts'
import type { SyncPlan } from '../../project/plan.ts'
import { createProjection } from '../../project/projection.ts'
import { agreedAfter, type Merged, type MergePlan, mergePair } from '../merge.ts'
import { snapshot } from '../snapshot.ts'

const plain = (field: 'name' | 'givenName' | 'email' | 'phone' | 'status' | 'tags') =>
  ({ kind: 'plain', field }) as const

const key = { field: 'externalId', hasOwnIds: false } as const

/** A projection of a few fields, and of custom fields of any name. */
export const projection: SyncPlan['projection'] = createProjection({
  keys: { source: key, target: key },
  bound: [
    ...(['name', 'givenName', 'email', 'phone', 'tags'] as const).map((field) =>
      bind(plain(field), plain(field)),
    ),
    bind(plain('status'), { kind: 'custom', key: 'status' }),
  ],
  open: { declared: undefined, without: new Set(['status']) },
  lost: [],
})

const absent = fc.constant(undefined)

/** Values of a contact, of which many are equal or differ in their spelling alone. */
export const someValues: fc.Arbitrary<FieldValues> = fc
  .record({
    name: fc.option(fc.constantFrom('Ana', 'ana', 'Bo'), { nil: undefined }),
    givenName: fc.option(fc.constantFrom('Ana', 'Bo'), { nil: undefined }),
    email: fc.option(fc.constantFrom('a@x.org', 'A@X.org', 'b@x.org'), { nil: undefined }),
    phone: fc.option(fc.constantFrom('+1 415 555', '1415555', '+2'), { nil: undefined }),
    status: fc.option(fc.constantFrom('new', 'old'), { nil: undefined }),
    tags: fc.oneof(absent, fc.constantFrom<FieldValues[string]>(['a'], ['a', 'b'], ['b', 'a'])),
    'customFields.plan': fc.oneof(absent, fc.constantFrom<FieldValues[string]>('pro', 2, { deep: [1] })),
    'customFields.a.b': fc.oneof(absent, fc.boolean()),
  })
  .map((values) => {
    const given: FieldValues = {}
    for (const [field, value] of Object.entries(values)) if (value !== undefined) given[field] = value
    return given
  })

/** Two contacts that are linked, and a sync of them. */
export class Linked {
  readonly values: Record<Side, FieldValues>
  readonly plan: MergePlan
  /** How each side spells what is written to it. */
  readonly spell: (side: Side, values: FieldValues) => FieldValues
  bases: Partial<Record<Side, ReturnType<typeof snapshot>>> = {}
  editedAt: Partial<Record<Side, string>> = {}

  constructor(
    plan: Omit<MergePlan, 'projection'>,
    values: Record<Side, FieldValues>,
    spell: Linked['spell'] = (_, given) => given,
  ) {
    this.plan = { ...plan, projection }
    this.spell = spell
    this.values = { source: spell('source', values.source), target: spell('target', values.target) }
  }

  /** Merges them, without writing anything. */
  merge(conflicts?: Parameters<typeof mergePair>[0]['conflicts']): Merged {
    const side = (name: Side) => ({
      values: this.values[name],
      base: this.bases[name],
      editedAt: this.editedAt[name],
    })
    const { plan } = this
    return mergePair({ plan, salt: 's', key: 'k', source: side('source'), target: side('target'), conflicts })
  }

  /** Merges them, does the writes and keeps what has been agreed. */
  sync(conflicts?: Parameters<typeof mergePair>[0]['conflicts']): Merged {
    const merged = this.merge(conflicts)
    for (const side of ['source', 'target'] as const) {
      const write = merged[side]
      let agreed = merged.agreed[side]
      if (write) {
        this.edit(side, write.values, write.cleared)
        agreed = agreedAfter(agreed, write, this.values[side])
      }
      this.bases[side] = snapshot(agreed, { projection, keep: this.plan.keep, salt: 's' })
    }
    return merged
  }

  /** Changes a side, as its provider keeps it. */
  edit(side: Side, values: FieldValues, cleared: readonly string[] = []): void {
    const kept = Object.entries({ ...this.values[side], ...values }).filter(
      ([field]) => !cleared.includes(field),
    )
    this.values[side] = this.spell(side, Object.fromEntries(kept))
  }

  /** The fields in which the sides differ. */
  differences(): string[] {
    const { source, target } = this.values
    return [...new Set([...Object.keys(source), ...Object.keys(target)])].filter(
      (field) => !projection.same(field, source[field], target[field]),
    )
  }
}
