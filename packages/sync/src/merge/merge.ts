import { ContactsError } from '@anycontact/core'
import { type FieldValues, SIDES, type Side, type Snapshot } from '../ledger/pair.ts'
import type { Conflict } from '../ledger/records.ts'
import { CUSTOM } from '../project/places.ts'
import type { ConflictChoice, FieldConflict, SyncPlan } from '../project/plan.ts'
import { ALL_CUSTOM, says } from '../project/said.ts'
import { hadField, snapshot } from './snapshot.ts'

type Value = FieldValues[string] | undefined

/** A linked contact as one side shows it now. */
export interface MergeSide {
  readonly values: FieldValues
  /** What was agreed last, as this side spells it; absent before the two sides have met. */
  readonly base?: Snapshot | undefined
  /** When others changed it last (ISO 8601), where that is known. */
  readonly editedAt?: string | undefined
}

/** What a merge goes by, of a sync. */
export type MergePlan = Pick<SyncPlan, 'direction' | 'absent' | 'keep' | 'conflicts'> & {
  readonly projection: Pick<SyncPlan['projection'], 'same' | 'form' | 'remade'>
}

/** What is merged. */
export interface MergeInput {
  readonly plan: MergePlan
  /** The ledger's salt. */
  readonly salt: string
  /** The key of the contact, for those who decide conflicts. */
  readonly key: string
  readonly source: MergeSide
  readonly target: MergeSide
  /** Conflicts of the pair that are in the ledger; those that somebody has decided are carried out. */
  readonly conflicts?: readonly Pick<Conflict, 'field' | 'source' | 'target' | 'decision'>[] | undefined
}

/** What is to be written to a side. */
export interface MergeWrite {
  /** The fields to write, in order. */
  readonly fields: readonly string[]
  /** Their values; a field without one is to be cleared. */
  readonly values: FieldValues
  /** Those of the fields that are to be cleared. */
  readonly cleared: readonly string[]
  /** The fields of which the provider's answer to the write is what has been agreed. */
  readonly answered: readonly string[]
}

/** What comes of a merge. */
export interface Merged {
  /** Absent where there is nothing to write to the side. */
  readonly source?: MergeWrite
  readonly target?: MergeWrite
  /** What has been agreed, by side, once the writes are done: as each side spells it, before its provider rewrites what is written. */
  readonly agreed: Readonly<Record<Side, FieldValues>>
  /** Fields that somebody is to decide; they are left as they are on both sides. */
  readonly review: readonly FieldConflict[]
}

/** What becomes of one field: the value both sides shall have, or why nothing is done. */
type Verdict =
  | { readonly wanted: Value }
  /** Each side keeps what it has, and that is agreed: also what the target alone has, so that it is no change when it is read again. */
  | 'agreed'
  /** The source says nothing of it, and it is left at the target as it is, or as the provider makes it of what is written. */
  | 'left'
  | { readonly review: FieldConflict }

/**
 * Merges a linked contact field by field, against what both sides agreed on last. Pure, but for a `conflicts` function of the user's.
 *
 * @throws what a `conflicts` function throws; ContactsError `invalid_input` for what is no choice
 */
export function mergePair(input: MergeInput): Merged {
  const { plan } = input
  const { same } = plan.projection
  const writes = { source: new Writes(), target: new Writes() }
  // In one direction the source is what it is.
  const isOneWay = plan.direction === 'one-way'
  const agreed: Record<Side, FieldValues> = { source: isOneWay ? { ...input.source.values } : {}, target: {} }
  const sides = isOneWay ? (['target'] as const) : SIDES
  const unsaid = new Set<string>()
  const review: FieldConflict[] = []
  const decide = plan.keep === 'hashes' ? withHashes(input) : withValues(input)
  for (const field of fieldsOf(input)) {
    const verdict = decide(field)
    if (typeof verdict === 'object' && 'review' in verdict) {
      review.push(verdict.review)
      for (const side of SIDES) put(agreed[side], field, input[side].base?.values?.[field])
      continue
    }
    if (verdict === 'left') {
      unsaid.add(field)
      writes.target.addAnswered(field)
      put(agreed.target, field, heldIn(input.target.values, field))
      continue
    }
    for (const side of sides) {
      const present = heldIn(input[side].values, field)
      const wanted = verdict === 'agreed' ? present : verdict.wanted
      const isThere = verdict === 'agreed' || same(field, present, wanted)
      put(agreed[side], field, isThere ? present : wanted)
      if (!isThere) writes[side].add(field, wanted)
    }
  }
  const left = new Set(review.map(({ field }) => field))
  for (const side of sides) {
    for (const field of plan.projection.remade(side, writes[side].fields)) {
      if (unsaid.has(field)) continue
      const value = left.has(field) ? heldIn(input[side].values, field) : agreed[side][field]
      writes[side].addRemade(field, value, left.has(field))
    }
  }
  return { ...writes.source.as('source'), ...writes.target.as('target'), agreed, review }
}

/**
 * What has been agreed when a write has been done: what the provider made of the fields that were written, and the rest as it was.
 *
 * @param agreed - of the side, from the merge
 * @param write - what was written
 * @param stored - the values of the contact as the provider answered it
 */
export function agreedAfter(
  agreed: FieldValues,
  write: Pick<MergeWrite, 'answered'>,
  stored: FieldValues,
): FieldValues {
  const after = { ...agreed }
  for (const field of write.answered) put(after, field, heldIn(stored, field))
  return after
}

/**
 * Whether a difference of a field counts: in one direction, a custom field that only the target has is its own.
 *
 * @param source - the value at the source
 */
export function isTargetsOwn(direction: SyncPlan['direction'], field: string, source: Value): boolean {
  return direction === 'one-way' && source === undefined && field.startsWith(CUSTOM)
}

/** All fields that either side has or had, in one order. */
function fieldsOf({ source, target }: MergeInput): string[] {
  const sides = [source.values, target.values, source.base?.values ?? {}, target.base?.values ?? {}]
  const fields = new Set(sides.flatMap((values) => Object.keys(values)))
  fields.delete(ALL_CUSTOM)
  return [...fields].sort()
}

/** One direction, and no values of before: unless both sides are as they were, the source is written over the target. */
function withHashes({ plan, salt, source, target }: MergeInput): (field: string) => Verdict {
  const options = { ...plan, salt }
  const isAsAgreed = ({ values, base }: MergeSide): boolean =>
    base !== undefined && snapshot(values, options).hash === base.hash
  const isSettled = isAsAgreed(source) && isAsAgreed(target)
  return (field) => {
    if (isLeft(plan, source.values, field)) return 'left'
    const wanted = heldIn(source.values, field)
    const had = source.base !== undefined && hadField(source.base, field, salt)
    const isOwn = plan.absent === 'clear' && !had && isTargetsOwn(plan.direction, field, wanted)
    return isSettled || isOwn ? 'agreed' : { wanted }
  }
}

function withValues(input: MergeInput): (field: string) => Verdict {
  const { plan, source, target } = input
  const { same } = plan.projection
  return (field) => {
    if (isLeft(plan, source.values, field)) return 'left'
    const [s, t] = [heldIn(source.values, field), heldIn(target.values, field)]
    if (same(field, s, t)) return 'agreed'
    const [bs, bt] = [heldIn(source.base?.values, field), heldIn(target.base?.values, field)]
    const hasMet = source.base !== undefined && target.base !== undefined
    const isClearing = plan.absent === 'clear'
    if (isClearing && bs === undefined && isTargetsOwn(plan.direction, field, s)) return 'agreed'
    const isNewlySaid = !isClearing && !says(source.base?.values ?? {}, field)
    const [isChangedHere, isChangedThere] = [isNewlySaid || !same(field, s, bs), !same(field, t, bt)]
    // Another spelling of the provider's, which was known when they agreed.
    if (hasMet && !isChangedHere && !isChangedThere) return 'agreed'
    if (plan.direction === 'one-way' || !isChangedThere) return { wanted: s }
    if (!isChangedHere) return { wanted: t }
    return decideConflict(input, {
      field,
      key: input.key,
      source: s,
      target: t,
      base: bs ?? bt,
      sourceEditedAt: source.editedAt,
      targetEditedAt: target.editedAt,
    })
  }
}

function isLeft({ absent }: MergePlan, source: FieldValues, field: string): boolean {
  return absent === 'leave' && !says(source, field)
}

function decideConflict({ plan, conflicts = [] }: MergeInput, conflict: FieldConflict): Verdict {
  const { field, source, target } = conflict
  const { same } = plan.projection
  const known = conflicts.find((one) => one.field === field)
  // What was decided of other values is not carried out.
  const isStill = known && same(field, known.source, source) && same(field, known.target, target)
  const choice = (isStill ? known.decision : undefined) ?? chosen(plan.conflicts, conflict)
  if (choice === 'source') return { wanted: source }
  if (choice === 'target') return { wanted: target }
  if (choice === 'review') return { review: conflict }
  return { wanted: choice.value ?? undefined }
}

function chosen(policy: SyncPlan['conflicts'], conflict: FieldConflict): ConflictChoice {
  if (policy === 'newest') return newest(conflict)
  if (typeof policy !== 'function') return policy
  const choice: unknown = policy(conflict)
  if (choice === 'source' || choice === 'target' || choice === 'review') return choice
  if (typeof choice === 'object' && choice !== null && 'value' in choice) return choice as ConflictChoice // its value is checked as any that is written
  throw new ContactsError({
    code: 'invalid_input',
    message: `conflicts gave no choice for ${conflict.field}: it must return 'source', 'target', 'review' or { value }, and no promise.`,
    issues: [{ path: 'conflicts', message: "must return 'source', 'target', 'review' or { value }" }],
  })
}

function newest({ sourceEditedAt, targetEditedAt }: FieldConflict): ConflictChoice {
  const [here, there] = [Date.parse(sourceEditedAt ?? ''), Date.parse(targetEditedAt ?? '')]
  if (here > there) return 'source'
  return there > here ? 'target' : 'review'
}

function heldIn(values: FieldValues | undefined, field: string): Value {
  return values !== undefined && Object.hasOwn(values, field) ? (values[field] ?? undefined) : undefined
}

function put(values: FieldValues, field: string, value: Value): void {
  if (value === undefined) Reflect.deleteProperty(values, field)
  else values[field] = value
}

/** Gathers what is to be written to a side. */
class Writes {
  readonly #values = new Map<string, Value>()
  readonly #answered = new Set<string>()

  get fields(): string[] {
    return [...this.#values.keys()].sort()
  }

  add(field: string, value: Value): void {
    this.#values.set(field, value)
    this.#answered.add(field)
  }

  /** Adds a field that is not written, and is what the provider makes of it. */
  addAnswered(field: string): void {
    this.#answered.add(field)
  }

  /** Adds a field that the provider makes anew. Without a value it is the provider's to make; one in review stays as it is. */
  addRemade(field: string, value: Value, isInReview: boolean): void {
    if (value !== undefined) this.#values.set(field, value)
    if (!isInReview) this.#answered.add(field)
  }

  /** As the member of a result, which is not there without any. */
  as<S extends Side>(side: S): { readonly [Name in S]?: MergeWrite } {
    if (this.#values.size === 0) return {}
    const values: FieldValues = {}
    const cleared: string[] = []
    for (const [field, value] of this.#values) {
      if (value === undefined) cleared.push(field)
      else values[field] = value
    }
    const write: MergeWrite = { fields: this.fields, values, cleared, answered: [...this.#answered].sort() }
    return { [side]: write } as { readonly [Name in S]?: MergeWrite } // a computed key is typed as text
  }
}
