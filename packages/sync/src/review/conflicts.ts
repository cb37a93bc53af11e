import { ContactsError, type JsonValue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { checkOptions, ledger as ledgerCheck, type OptionCheck } from '../check-options.ts'
import { planOf, type Sync } from '../define/define-sync.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ConflictDecision } from '../ledger/records.ts'

/** A field that was changed on both sides since they last agreed, and waits for somebody to decide. Until then both sides stay as they are. */
export interface OpenConflict {
  /** By which it is decided; stays the same while the conflict lasts. */
  readonly id: string
  /** The key of the contact. */
  readonly key?: string
  /** The field, in the source's terms: `name`, `customFields.plan`. */
  readonly field: string
  /** The value at the source; absent where it has none. */
  readonly source?: JsonValue
  /** The value at the target; absent where it has none. */
  readonly target?: JsonValue
  /** What both had agreed on last; absent where the two had just met, or neither had a value. */
  readonly base?: JsonValue
  /** When it was found (ISO 8601). */
  readonly foundAt: string
  /** What was decided; the next run carries it out. */
  readonly decision?: ConflictDecision
}

/** So many are read of the ledger at once. */
const PAGE = 500

/**
 * The conflicts of a sync that are not settled, oldest first, those that were decided since the last run included. They hold personal data.
 *
 * @param sync - what `defineSync` gave
 *
 * @example
 * ```ts
 * for await (const { id, key, field, source, target } of listConflicts(sync, { ledger })) {
 *   console.log(key, field, source, target)
 *   await resolveConflict(sync, { ledger, conflict: id, decision: 'source' })
 * }
 * ```
 */
export async function* listConflicts(
  sync: Sync,
  options: { readonly ledger: Ledger },
): AsyncGenerator<OpenConflict, void, undefined> {
  const { name } = planOf(sync)
  const checks = { ledger: ledgerCheck }
  checkOptions(options, checks, { operation: 'listConflicts', cannot: 'The conflicts cannot be listed' })
  const { ledger } = options
  // One that has never run has none, and looking is not to make it known.
  if (!(await ledger.state(name))) return
  for (let after: string | undefined; ; ) {
    const found = await ledger.conflicts(name, { limit: PAGE, ...(after !== undefined && { after }) })
    for (const { pair: _, shard: __, foundAt, ...conflict } of found) {
      yield { ...conflict, foundAt: new Date(foundAt).toISOString() }
    }
    after = found.at(-1)?.id
    if (after === undefined) return
  }
}

/** What is decided of a conflict. */
export interface ResolveConflictOptions {
  readonly ledger: Ledger
  /** The `id` of the conflict. */
  readonly conflict: string
  /** Whose value both sides get, or another one (`null` clears the field); `undefined` takes a decision back that no run has carried out. */
  readonly decision: ConflictDecision | undefined
}

const DECISION = {
  ledger: ledgerCheck,
  conflict: (value) =>
    typeof value === 'string' ? undefined : 'must be the id of a conflict, as listConflicts gives it',
  decision: (value) => (isDecision(value) ? undefined : "must be 'source', 'target' or { value }"),
} as const satisfies Readonly<Record<keyof ResolveConflictOptions, OptionCheck>>

/**
 * Decides a conflict. The next run brings the value to both sides, unless one of them has another one by then: that is a new conflict, to be
 * decided anew. May be called while a run is under way.
 *
 * @param sync - what `defineSync` gave
 * @throws ContactsError `not_found` where there is no such conflict, because it was settled meanwhile for example
 */
export async function resolveConflict(sync: Sync, options: ResolveConflictOptions): Promise<void> {
  const { name } = planOf(sync)
  checkOptions(options, DECISION, {
    operation: 'resolveConflict',
    cannot: 'The conflict cannot be decided so',
  })
  const { ledger, conflict, decision } = options
  if ((await ledger.state(name)) && (await ledger.decide(name, conflict, decision))) return
  throw new ContactsError({
    code: 'not_found',
    operation: 'resolveConflict',
    message: `The sync "${name}" has no such conflict. It may have been settled meanwhile: list the conflicts again.`,
  })
}

function isDecision(value: unknown): boolean {
  if (value === undefined || value === 'source' || value === 'target') return true
  return isPlainObject(value) && Object.keys(value).length === 1 && value.value !== undefined
}
