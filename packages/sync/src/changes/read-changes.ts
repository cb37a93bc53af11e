import { CompleteGeneration } from '../engine/complete-generation.ts'
import { type Chunk, nextGeneration, readOn, readSide } from '../engine/read-side.ts'
import type { Generation } from '../ledger/records.ts'
import type { SyncClient } from '../project/plan.ts'
import type { ChangesSummary, ContactChange, ContactChanges } from './changes.ts'
import { findGone } from './gone.ts'
import { type OpenedChanges, openChanges } from './open.ts'
import { type ChangesSettings, checkOptions, type ReadChangesOptions } from './options.ts'
import { announceGone, changeId, compareContacts } from './tell.ts'

/**
 * Tells what was created, changed and deleted since the last time, for any provider: one reading of all its contacts is compared with
 * what the ledger knows of the one before. The first one tells every contact as created.
 *
 * - **Told at least once.** What was told of a chunk of contacts is stored when you ask for the first change after it. Stopped or killed
 *   before, the reading goes on with that chunk the next time, and tells it again; `changeId` shows what you have had. What was told
 *   and then undone before it was stored is put right: a contact that is gone by then is told as deleted, also one that was about to be told.
 * - **Deletions** are told only by a listing that ended by itself and reaches every contact, and after the contact was asked for by its
 *   id, where the provider can be. A reading that went on after a stop tells them only where its provider's cursors allow it. More than
 *   `maxDeletions` of them are not told: the reading ends with `too_many_deletions`.
 * - **What counts** is every field but `raw` and `updatedAt`, and `ignore`.
 * - **What is kept** of a contact is its id at the provider and salted hashes: no name, no address, no number. One that is gone leaves
 *   the ledger when that was told.
 *
 * One process reads at a time: another one gets `locked`.
 *
 * @param contacts - whose changes. A client that can read one contact by its id has its deletions confirmed
 * @param options - where it is kept what was told, and by which name
 * @throws ContactsError `invalid_input` for options that cannot work; when it is iterated over, `SyncError`, and what the provider throws
 *
 * @example
 * ```ts
 * await using ledger = sqliteLedger('contacts.db')
 * for await (const change of readChanges(contacts, { ledger, name: 'crm' })) {
 *   if (change.type === 'deleted') console.log('gone', change.id)
 *   else console.log(change.type, change.contact.name)
 * }
 * ```
 */
export function readChanges(contacts: SyncClient, options: ReadChangesOptions): ContactChanges {
  const settings = checkOptions(contacts, options)
  const changes: ContactChanges & { summary: ChangesSummary | undefined } = {
    summary: undefined,
    async *[Symbol.asyncIterator]() {
      settings.signal?.throwIfAborted()
      const opened = await openChanges(settings)
      const reading = new Reading(settings, opened)
      try {
        yield* reading.tell()
        changes.summary = reading.summary
      } finally {
        await opened.lease.release()
      }
    },
  }
  return changes
}

type Counts = { -readonly [Name in Exclude<keyof ChangesSummary, 'complete' | 'resumed'>]: number }

class Reading {
  readonly #settings: ChangesSettings
  readonly #opened: OpenedChanges
  readonly #signal: AbortSignal
  readonly #counts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, unconfirmed: 0 }
  #total: number | undefined
  #last: Generation | undefined

  constructor(settings: ChangesSettings, opened: OpenedChanges) {
    this.#settings = settings
    this.#opened = opened
    this.#signal = settings.signal
      ? AbortSignal.any([settings.signal, opened.lease.signal])
      : opened.lease.signal
  }

  get summary(): ChangesSummary {
    const isWhole = this.#settings.where === undefined && this.#last?.state === 'complete'
    return { ...this.#counts, complete: isWhole, resumed: this.#last?.resumed === true }
  }

  async *tell(): AsyncGenerator<ContactChange, void, undefined> {
    const { ledger, where } = this.#settings
    const { lease } = this.#opened
    for await (const { contacts, after } of this.#chunks()) {
      const { changes, announced, settled, unchanged } = await compareContacts(
        this.#settings,
        this.#opened.salt,
        contacts.filter(({ deleted }) => !deleted),
        after.number,
      )
      const numbers = announced.length > 0 ? await ledger.commit(lease.claim, announced) : []
      yield* changes
      // Whoever asks for more has taken all of them.
      this.#check()
      await ledger.commit(lease.claim, [
        ...settled(numbers),
        // A reading of some contacts is none of all.
        ...(where === undefined ? [{ type: 'generation' as const, generation: after }] : []),
      ])
      this.#last = after
      this.#counts.read = after.read
      this.#counts.unchanged += unchanged
      for (const { type } of changes) this.#counts[type]++
      this.#report()
    }
    const complete = where === undefined ? CompleteGeneration.of(this.#last) : undefined
    if (complete) yield* this.#tellGone(complete)
  }

  async *#tellGone(generation: CompleteGeneration): AsyncGenerator<ContactChange, void, undefined> {
    const { ledger } = this.#settings
    for await (const { gone, unconfirmed } of findGone(this.#settings, generation, this.#signal)) {
      const announced = announceGone(gone)
      if (announced.length > 0) await ledger.commit(this.#opened.lease.claim, announced)
      for (const { id: pair, source } of gone) {
        // The ledger gives no number twice, and a contact that comes back gets a new one.
        if (source) yield { type: 'deleted', id: source.id, changeId: changeId(pair, 'gone', source.id) }
      }
      this.#check()
      await ledger.commit(this.#opened.lease.claim, [{ type: 'drop', pairs: gone.map(({ id }) => id) }])
      this.#counts.deleted += gone.length
      this.#counts.unconfirmed += unconfirmed
      this.#report()
    }
  }

  /** Goes on with the reading that was stopped, or begins one. */
  async *#chunks(): AsyncGenerator<Chunk, void, undefined> {
    const { ledger, client, where, chunkSize } = this.#settings
    const { newest } = this.#opened
    const startedAt = await ledger.now()
    const onTotal = (total: number): void => {
      this.#total = total
    }
    const options = { chunkSize, where, signal: this.#signal, onTotal }
    const begin = (): Generation => nextGeneration('source', newest, startedAt)
    if (where !== undefined) {
      const number = newest?.number ?? 0
      yield* readSide(client, { side: 'source', number, state: 'reading', read: 0, startedAt }, options)
    } else if (newest?.state === 'reading') {
      yield* readOn(client, { ...newest, resumed: true }, options, begin)
    } else yield* readSide(client, begin(), options)
  }

  #check(): void {
    this.#signal.throwIfAborted()
    this.#opened.lease.check()
  }

  #report(): void {
    const { unconfirmed: _, ...counts } = this.#counts
    this.#settings.onProgress?.({ ...counts, total: this.#total })
  }
}
