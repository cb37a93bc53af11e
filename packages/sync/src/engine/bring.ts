import { type Contact, ContactsError } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, Pair, PairSide, Side } from '../ledger/pair.ts'
import type { Conflict, Intent } from '../ledger/records.ts'
import type { Merged, MergeWrite } from '../merge/merge.ts'
import { Counts } from './counts.ts'
import { type DecideInput, type Decision, merge } from './decide.ts'
import { endsRun, isSettled, problemOf } from './errors.ts'
import { edited, keyed } from './note-target.ts'
import { agreedBases, conflictChanges, type DoneWrite, type Outcome, shot, sideAfter } from './outcome.ts'
import { canPeek, peek } from './peek.ts'
import { ProviderWrites, type Stored } from './provider-writes.ts'
import type { Work } from './work.ts'

/** A contact of the source that is to be brought into step, with what was decided. */
export interface Task {
  readonly contact: Contact
  readonly key: string
  readonly values: FieldValues
  /** Its pair, with the contact of the target that it is linked to now. */
  readonly pair: Pair | undefined
  /** A pair that goes, because its contact has become part of this one. */
  readonly absorbed: number | undefined
  readonly decision: Decision
  readonly conflicts: readonly Conflict[]
  /** What was stored before anything is sent: one for each side that may be written to. */
  readonly intents: readonly Intent[]
  readonly now: number
}

/** Brings one contact into step: sends what was decided, and tells what is to be stored. It throws what ends the run, and no more. */
export async function bring(work: Work, task: Task): Promise<Outcome> {
  return await new Bringing(work, task).run()
}

class Bringing {
  readonly #work: Work
  readonly #task: Task
  readonly #counts = new Counts()
  readonly #writes: ProviderWrites
  readonly #settled: Set<string>
  #error: unknown

  constructor(work: Work, task: Task) {
    this.#work = work
    this.#task = task
    this.#writes = new ProviderWrites(work, this.#counts)
    this.#settled = new Set(task.intents.map(({ id }) => id))
  }

  async run(): Promise<Outcome> {
    const { decision } = this.#task
    try {
      if (decision.kind === 'create') return await this.#create()
      if (decision.kind === 'nothing') return this.#nothing(decision.merged)
      return await this.#merge(decision)
    } catch (error) {
      return this.#failed(error)
    }
  }

  #nothing(merged: Merged | undefined): Outcome {
    const { pair } = this.#task
    this.#counts.add('unchanged')
    const target = pair?.target
    const there = (target?.read ?? target?.base)?.values
    if (!merged || !there) return this.#outcome(this.#sourceSide(pair?.source?.base), target)
    return this.#after(merged, there, {})
  }

  async #create(): Promise<Outcome> {
    const { contact, values, pair } = this.#task
    const { plan, generations } = this.#work
    const before = pair?.target
    if (before && !before.gone && canPeek(this.#work, 'target')) {
      const there = await peek(this.#work, 'target', before.id)
      // A replica can lag behind: it did not come in the listing, and is there.
      if (there) return await this.#mergeWith(there)
    }
    const stored = await this.#writes.create(
      'target',
      values,
      plan.projection.writtenKey('target', contact) ?? this.#task.key,
    )
    const kept = stored.values
    this.#counts.add('created')
    const extra =
      plan.direction === 'both' ? Object.keys(kept).filter((field) => !Object.hasOwn(values, field)) : []
    const back = extra.length > 0 ? await this.#giveBack(extra, kept) : undefined
    const { id, updatedAt } = stored.contact
    const side = sideAfter(
      {
        id,
        seen: generations.target?.number ?? 0,
        ...(updatedAt !== undefined && { ownAt: updatedAt }),
      },
      shot(this.#work, extra.length > 0 && !back ? pick(kept, Object.keys(values)) : kept),
      shot(this.#work, plan.projection.values('target', stored.contact)),
    )
    const agreed = back ? { ...values, ...pick(back.values, extra) } : values
    // Both have the source's values now: nothing is left to be decided.
    const conflicts = this.#task.conflicts.map(({ id }) => id)
    const resolved: LedgerChange[] = conflicts.length > 0 ? [{ type: 'resolved', conflicts }] : []
    return this.#outcome(this.#sourceSide(shot(this.#work, agreed), back?.contact.updatedAt), side, resolved)
  }

  /** What the target has made up for a new contact, the source gets too. */
  async #giveBack(extra: readonly string[], kept: FieldValues): Promise<Stored | undefined> {
    if (!this.#mayWrite('source')) return undefined
    return await this.#update('source', {
      fields: extra,
      values: pick(kept, extra),
      cleared: [],
      answered: extra,
    })
  }

  /** In both directions, what is to be written over is read again: whoever has edited it meanwhile has the last word. */
  async #merge(decision: Decision): Promise<Outcome> {
    const { pair } = this.#task
    const id = pair?.target?.id
    if (id === undefined) return this.#failed(new Error('A contact that is not linked cannot be merged.'))
    const isCertain = this.#work.plan.direction === 'one-way' || !canPeek(this.#work, 'target')
    if (decision.kind === 'merge' && isCertain) {
      const there = (pair?.target?.read ?? pair?.target?.base)?.values ?? {}
      return await this.#write(decision.merged, this.#task.values, there)
    }
    const there = await peek(this.#work, 'target', id)
    if (there) return await this.#mergeWith(there)
    // It is gone since it was listed: the next run sees it so.
    this.#counts.add('unchanged')
    return this.#outcome(this.#sourceSide(pair?.source?.base), pair?.target)
  }

  async #mergeWith(there: Contact): Promise<Outcome> {
    const { projection } = this.#work.plan
    const { contact } = this.#task
    const target = projection.values('target', there)
    const here = await this.#freshSource(target, there)
    if (!here) {
      this.#counts.add('unchanged')
      return this.#outcome(this.#sourceSide(this.#task.pair?.source?.base), this.#task.pair?.target)
    }
    const values = here === contact ? this.#task.values : projection.values('source', here)
    const merged = merge(
      { ...this.#input(), source: values, sourceEditedAt: edited(here, this.#task.pair?.source).editedAt },
      target,
      edited(there, this.#task.pair?.target).editedAt,
    )
    return await this.#write(merged, values, target)
  }

  /** The source is read again only where it is to be written over. */
  async #freshSource(target: FieldValues, there: Contact): Promise<Contact | undefined> {
    const { contact, pair, values } = this.#task
    const { source } = merge(
      { ...this.#input(), source: values },
      target,
      edited(there, pair?.target).editedAt,
    )
    if (!source || !canPeek(this.#work, 'source')) return contact
    return await peek(this.#work, 'source', contact.id)
  }

  #input(): Omit<DecideInput, 'target' | 'sourceHash' | 'source'> {
    const { plan, salt } = this.#work
    const { key, pair, contact, conflicts } = this.#task
    return { plan, salt, key, pair, conflicts, sourceEditedAt: edited(contact, pair?.source).editedAt }
  }

  async #write(merged: Merged, source: FieldValues, target: FieldValues): Promise<Outcome> {
    const done: Partial<Record<Side, DoneWrite>> = {}
    const now = { source, target }
    const own: Partial<Record<Side, string>> = {}
    for (const side of ['target', 'source'] as const) {
      const write = merged[side]
      if (!write) continue
      done[side] = { write }
      if (this.#error !== undefined || !this.#mayWrite(side)) continue
      const stored = await this.#update(side, write)
      if (!stored) continue
      const { contact, values } = stored
      now[side] = this.#work.plan.projection.values(side, contact)
      if (contact.updatedAt !== undefined) own[side] = contact.updatedAt
      done[side] = { write, stored: values }
    }
    const isWritten = Object.values(done).some(({ stored }) => stored !== undefined)
    if (this.#error === undefined) this.#counts.add(isWritten ? 'updated' : 'unchanged')
    for (const { write, stored } of Object.values(done)) {
      if (stored) for (const field of write.cleared) this.#counts.add(`cleared:${field}`)
    }
    return this.#after(merged, now.target, done, own)
  }

  /** Nothing is sent that the ledger does not know of. What is left is done in the next run. */
  #mayWrite(side: Side): boolean {
    return this.#task.intents.some((intent) => intent.side === side)
  }

  async #update(side: Side, write: MergeWrite): Promise<Stored | undefined> {
    const { contact, pair } = this.#task
    const id = side === 'source' ? contact.id : (pair?.target?.id ?? '')
    try {
      return await this.#writes.update(side, id, write.values, write.fields)
    } catch (error) {
      this.#note(error, side)
      return undefined
    }
  }

  #after(
    merged: Merged,
    target: FieldValues,
    done: Readonly<Partial<Record<Side, DoneWrite>>>,
    own: Readonly<Partial<Record<Side, string>>> = {},
  ): Outcome {
    const { pair, conflicts } = this.#task
    const before = { source: pair?.source?.base?.values, target: pair?.target?.base?.values }
    const isWhole = this.#work.plan.keep === 'hashes' && this.#error !== undefined
    const bases = agreedBases(merged, before, done)
    const base = (side: Side) => (isWhole ? pair?.[side]?.base : shot(this.#work, bases[side]))
    const { read: _, base: __, ...bare } = pair?.target ?? { id: '', seen: 0 }
    const targetSide = sideAfter(
      { ...bare, ...(own.target !== undefined && { ownAt: own.target }) },
      base('target'),
      shot(this.#work, target),
    )
    const sourceSide = this.#sourceSide(base('source'), own.source)
    if (merged.review.length > 0) this.#counts.add('conflicts', merged.review.length)
    const id = pair?.id
    // What was decided and has not been written is to be written yet.
    const unwritten = new Set(
      Object.values(done).flatMap(({ write, stored }) => (stored ? [] : write.fields)),
    )
    const known = conflicts.filter(({ field }) => !unwritten.has(field))
    const moved =
      id === undefined || (merged.review.length === 0 && known.length === 0)
        ? []
        : conflictChanges(merged, known, { ...keyed(this.#work, this.#task.key), id }, this.#task.now)
    return this.#outcome(sourceSide, targetSide, moved)
  }

  #sourceSide(base: PairSide['base'], ownAt?: string): PairSide {
    const { contact, pair } = this.#task
    return {
      id: contact.id,
      seen: this.#work.generations.source?.number ?? 0,
      ...edited(contact, pair?.source),
      ...(base && { base }),
      ...(ownAt !== undefined && { ownAt }),
    }
  }

  #failed(error: unknown): Outcome {
    if (!ContactsError.is(error)) return { changes: [], counts: new Counts(), fatal: error }
    if (endsRun(error) && isSettled(error)) {
      const settled = { type: 'settled', intents: this.#task.intents.map(({ id }) => id) } as const
      return { changes: [settled], counts: new Counts(), fatal: error }
    }
    this.#note(error, this.#task.intents[0]?.side)
    const { pair } = this.#task
    return this.#outcome(this.#sourceSide(pair?.source?.base), pair?.target)
  }

  /** Whatever may have been applied keeps its intent until its fate is known. */
  #note(error: unknown, side: Side | undefined): void {
    if (!ContactsError.is(error)) throw error
    this.#error = error
    if (isSettled(error)) this.#counts.add('failed')
    else for (const intent of this.#task.intents) if (intent.side === side) this.#settled.delete(intent.id)
  }

  #outcome(source: PairSide, target: PairSide | undefined, more: readonly LedgerChange[] = []): Outcome {
    const { pair, key, absorbed } = this.#task
    const problem = this.#error === undefined ? undefined : problemOf(this.#error)
    const changes: LedgerChange[] = [
      ...(absorbed === undefined ? [] : [{ type: 'drop', pairs: [absorbed] } as const]),
      {
        type: 'pair',
        pair: {
          ...(pair && { id: pair.id }),
          ...keyed(this.#work, key),
          source,
          ...(target && { target }),
          ...(problem && { problem }),
        },
      },
      ...more,
    ]
    if (this.#settled.size > 0) changes.push({ type: 'settled', intents: [...this.#settled] })
    return { changes, counts: this.#counts, ...(this.#error !== undefined && { error: this.#error }) }
  }
}

function pick(values: FieldValues, fields: readonly string[]): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)))
}
