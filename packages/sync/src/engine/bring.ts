import { type Contact, ContactsError } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, PairSide, Side } from '../ledger/pair.ts'
import type { Merged, MergeWrite } from '../merge/merge.ts'
import type { ContactFieldChange } from './contact-event.ts'
import { Counts } from './counts.ts'
import { type DecideInput, type Decision, merge, presence } from './decide.ts'
import { endsRun, isSettled, problemOf } from './errors.ts'
import { madeSide, meet } from './meet.ts'
import { edited, keyed } from './note-target.ts'
import {
  agreedBases,
  conflictChanges,
  type DoneWrite,
  type Outcome,
  pick,
  resolved,
  shot,
  sideAfter,
} from './outcome.ts'
import { canPeek, peek } from './peek.ts'
import { ProviderWrites, type Stored } from './provider-writes.ts'
import type { Task } from './task.ts'
import { changesOf, taskEvent } from './told.ts'
import type { Work } from './work.ts'

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
  #hasMade = false
  #failedAt: Side | undefined
  #changes: ContactFieldChange[] = []

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
    const { target } = pair ?? {}
    this.#counts.add('unchanged')
    const there = (target?.read ?? target?.base)?.values
    if (merged && there) return this.#after(merged, there, {})
    // What both have is what was agreed: there is nothing to decide any more.
    const isThere = presence(target, this.#work.generations.target) === 'there'
    const decided = resolved(isThere ? this.#task.conflicts.map(({ id }) => id) : [])
    return this.#outcome(this.#sourceSide(pair?.source?.base), target, decided)
  }

  async #create(): Promise<Outcome> {
    const { contact, values, pair } = this.#task
    const { plan } = this.#work
    const before = pair?.target
    if (before && !before.gone && canPeek(this.#work, 'target')) {
      const there = await peek(this.#work, 'target', before.id)
      // A replica can lag behind: it did not come in the listing, and is there.
      if (there) return await this.#mergeWith(there)
    }
    const key = plan.projection.writtenKey('target', contact) ?? this.#task.key
    const found = await this.#writes.look('target', key)
    if (found) {
      const met = await meet(this.#work, this.#task, this.#sourceSide(undefined), found)
      return await new Bringing(this.#work, met).#mergeWith(found)
    }
    const stored = await this.#writes.create('target', values, key)
    this.#hasMade = true
    this.#changes.push(...changesOf('target', Object.keys(values), {}, stored.values))
    if (stored.error) return this.#madeInPart(stored, stored.error)
    const kept = stored.values
    const extra =
      plan.direction === 'both' ? Object.keys(kept).filter((field) => !Object.hasOwn(values, field)) : []
    const back = extra.length > 0 ? await this.#giveBack(extra, kept) : undefined
    if (this.#error === undefined) this.#counts.add('created')
    const base = extra.length > 0 && !back ? pick(kept, Object.keys(values)) : kept
    const side = madeSide(this.#work, 'target', stored.contact, shot(this.#work, base))
    const agreed = back ? { ...values, ...pick(back.values, extra) } : values
    // Both have the source's values now: nothing is left to be decided.
    const decided = resolved(this.#task.conflicts.map(({ id }) => id))
    return this.#outcome(this.#sourceSide(shot(this.#work, agreed), back?.contact.updatedAt), side, decided)
  }

  /** The contact is there, and lacks something: it stays linked, with nothing agreed, so that it is merged when it comes again. */
  #madeInPart(stored: Stored, error: ContactsError): Outcome {
    const source = this.#sourceSide(undefined)
    const target = madeSide(this.#work, 'target', stored.contact, undefined)
    if (!endsRun(error)) {
      this.#note(error, 'target')
      return this.#outcome(source, target)
    }
    if (!isSettled(error)) this.#keepOpen('target')
    // When the run goes on, it is looked at once more.
    return { ...this.#outcome({ ...source, seen: this.#task.pair?.source?.seen ?? 0 }, target), fatal: error }
  }

  /** What the target has made up for a new contact, the source gets too. */
  async #giveBack(extra: readonly string[], kept: FieldValues): Promise<Stored | undefined> {
    if (!this.#mayWrite('source')) return undefined
    const write = { fields: extra, values: pick(kept, extra), cleared: [], answered: extra }
    const back = await this.#update('source', write)
    if (back) this.#changes.push(...changesOf('source', extra, this.#task.values, back.values))
    return back
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
      this.#changes.push(...changesOf(side, write.fields, side === 'target' ? target : source, values))
      for (const field of write.cleared) this.#counts.add(`cleared:${field}`)
      now[side] = this.#work.plan.projection.values(side, contact)
      if (contact.updatedAt !== undefined) own[side] = contact.updatedAt
      done[side] = { write, stored: values }
    }
    const isWritten = Object.values(done).some(({ stored }) => stored !== undefined)
    if (this.#error === undefined) this.#counts.add(isWritten ? 'updated' : 'unchanged')
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
    // What was decided and has not been written is to be written yet.
    const unwritten = new Set(
      Object.values(done).flatMap(({ write, stored }) => (stored ? [] : write.fields)),
    )
    const known = conflicts.filter(({ field }) => !unwritten.has(field))
    const ref = { ...keyed(this.#work, this.#task.key), id: pair?.id }
    const moved = conflictChanges(merged, known, ref, this.#task.now)
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
    return this.#outcome(this.#sourceSide(this.#task.pair?.source?.base), this.#task.pair?.target)
  }

  /** Whatever may have been applied keeps its intent until its fate is known. */
  #note(error: unknown, side: Side | undefined): void {
    if (!ContactsError.is(error)) throw error
    this.#error = error
    this.#failedAt = side
    if (isSettled(error)) this.#counts.add('failed')
    else this.#keepOpen(side)
  }

  #keepOpen(side: Side | undefined): void {
    for (const intent of this.#task.intents) if (intent.side === side) this.#settled.delete(intent.id)
  }

  #outcome(source: PairSide, target: PairSide | undefined, more: readonly LedgerChange[] = []): Outcome {
    const { pair, key, absorbed } = this.#task
    const problem = this.#error === undefined ? undefined : problemOf(this.#error)
    const known = { ...(pair?.id !== undefined && { id: pair.id }), ...keyed(this.#work, key) }
    const sides = { source, ...(target && { target }), ...(problem && { problem }) }
    const changes: LedgerChange[] = [{ type: 'pair', pair: { ...known, ...sides } }, ...more]
    if (absorbed !== undefined) changes.unshift({ type: 'drop', pairs: [absorbed] })
    if (this.#settled.size > 0) changes.push({ type: 'settled', intents: [...this.#settled] })
    const came = { counts: this.#counts, changes: this.#changes, problem, failedAt: this.#failedAt }
    const told = this.#work.onContact && taskEvent(this.#task, target, came)
    return {
      changes,
      counts: this.#counts,
      ...(told && { told }),
      ...(this.#error !== undefined && { error: this.#error }),
      ...(this.#hasMade && { hasMade: true }),
    }
  }
}
