import type { RefKey } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import type { Journal } from './journal.ts'
import { conflict } from './problems.ts'
import type { MemoryRecord } from './record.ts'

/** A place in the table. Its position never changes and is never given out again, so a cursor can name it. */
export interface Slot {
  readonly position: number
  /** Absent when the contact was deleted. */
  record: MemoryRecord | undefined
}

/** A contact and its place. */
export interface Placed {
  readonly position: number
  readonly record: MemoryRecord
}

/** Who has a value under a key: nearly always one, for whom a set would take more memory than the rest of the index. */
type Holders = Slot | Set<Slot>

/** Fewer emptied slots than this are not worth clearing away. */
const MIN_EMPTIED = 1000

/**
 * The contacts, in the order in which they were added, with an index for each lookup key. A stored record is never
 * changed, only replaced, so that undoing means putting the earlier one back.
 */
export class ContactTable {
  readonly #slots: Slot[] = []
  readonly #byId: Map<string, Slot> = new Map()
  readonly #byExternalId: Map<string, Holders> = new Map()
  readonly #byEmail: Map<string, Holders> = new Map()
  readonly #byPhone: Map<string, Holders> = new Map()
  readonly #byMethodId: Map<string, Slot> = new Map()
  readonly #journal: Journal
  #nextPosition = 1
  #version = 0

  /** @param journal - where each change leaves the way to undo it */
  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** How many contacts there are. */
  get size(): number {
    return this.#byId.size
  }

  /** Grows with every change, so that what was computed from the contacts can be told to be stale. */
  get version(): number {
    return this.#version
  }

  /** The contacts that have this value under this key, however it is spelled. */
  find(key: RefKey, value: string): readonly MemoryRecord[] {
    if (key === 'id') {
      const record = this.#byId.get(value)?.record
      return record ? [record] : []
    }
    const held = this.#index(key).get(keyForm(key, value))
    if (held instanceof Set) return [...held].flatMap(({ record }) => record ?? [])
    return held?.record ? [held.record] : []
  }

  /** The contact that has this contact method. */
  findByMethodId(methodId: string): MemoryRecord | undefined {
    return this.#byMethodId.get(methodId)?.record
  }

  /** Whether some contact has this contact method. */
  hasMethod(methodId: string): boolean {
    return this.#byMethodId.has(methodId)
  }

  /** How many contact methods there are, over all contacts. */
  get methodCount(): number {
    return this.#byMethodId.size
  }

  /** The contacts after a position, in the order in which they were added. */
  *after(position: number): Generator<Placed, void, undefined> {
    for (let index = this.#firstAfter(position); index < this.#slots.length; index++) {
      const slot = this.#slots[index]
      if (slot?.record) yield { position: slot.position, record: slot.record }
    }
  }

  /** Adds a contact. @throws ContactsError `conflict` for an id or an external id that is taken */
  insert(record: MemoryRecord): void {
    if (this.#byId.has(record.id)) {
      throw conflict('id', 'There is a contact with that id already. Update it, or use upsert by id.')
    }
    this.#requireFree(record)
    const slot: Slot = { position: this.#nextPosition++, record }
    this.#slots.push(slot)
    this.#fill(slot, record)
    this.#journal.note(() => this.#empty(slot))
  }

  /** Replaces the contact with the same id. @throws ContactsError `conflict` for an external id that is taken */
  replace(record: MemoryRecord): void {
    const slot = this.#byId.get(record.id)
    const before = slot?.record
    if (!slot || !before) throw new TypeError('A contact can only be replaced while it is there.')
    if (record.externalId !== before.externalId) this.#requireFree(record)
    this.#empty(slot)
    this.#fill(slot, record)
    this.#journal.note(() => {
      this.#empty(slot)
      this.#fill(slot, before)
    })
  }

  /** Removes the contact with an id. */
  remove(id: string): void {
    const slot = this.#byId.get(id)
    const record = slot?.record
    if (!slot || !record) return
    this.#empty(slot)
    this.#journal.note(() => this.#fill(slot, record))
    const emptied = this.#slots.length - this.size
    if (!this.#journal.isOpen && emptied > MIN_EMPTIED && emptied > this.size) this.#compact()
  }

  /** Removes every contact. Positions are not given out again, so a cursor from before finds nothing. */
  clear(): void {
    for (const id of [...this.#byId.keys()]) this.remove(id)
  }

  #requireFree({ externalId }: MemoryRecord): void {
    if (externalId === undefined || !this.#byExternalId.has(externalId)) return
    throw conflict(
      'externalId',
      'There is a contact with that externalId already. Update it, or use upsert by externalId.',
    )
  }

  #fill(slot: Slot, record: MemoryRecord): void {
    slot.record = record
    this.#byId.set(record.id, slot)
    for (const key of ['externalId', 'email', 'phone'] as const) {
      const value = record[key]
      if (value === undefined) continue
      const index = this.#index(key)
      const form = keyForm(key, value)
      const held = index.get(form)
      if (held instanceof Set) held.add(slot)
      else index.set(form, held ? new Set([held, slot]) : slot)
    }
    for (const { id } of record.contactMethods) this.#byMethodId.set(id, slot)
    this.#version++
  }

  #empty(slot: Slot): void {
    const { record } = slot
    if (!record) return
    this.#byId.delete(record.id)
    for (const key of ['externalId', 'email', 'phone'] as const) {
      const value = record[key]
      if (value === undefined) continue
      const index = this.#index(key)
      const form = keyForm(key, value)
      const held = index.get(form)
      if (held instanceof Set) held.delete(slot)
      if (held === slot || (held instanceof Set && held.size === 0)) index.delete(form)
    }
    for (const { id } of record.contactMethods) this.#byMethodId.delete(id)
    slot.record = undefined
    this.#version++
  }

  #index(key: Exclude<RefKey, 'id'>): Map<string, Holders> {
    switch (key) {
      case 'externalId':
        return this.#byExternalId
      case 'email':
        return this.#byEmail
      case 'phone':
        return this.#byPhone
    }
  }

  #compact(): void {
    let kept = 0
    for (const slot of this.#slots) {
      if (slot.record) this.#slots[kept++] = slot
    }
    this.#slots.length = kept
  }

  /** The index of the first slot whose position is greater. */
  #firstAfter(position: number): number {
    let low = 0
    let high = this.#slots.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#slots[middle]?.position ?? Number.POSITIVE_INFINITY) > position) high = middle
      else low = middle + 1
    }
    return low
  }
}
