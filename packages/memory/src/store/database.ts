import { ContactsError } from '@anycontact/core'
import type { MethodTools } from './contact-methods.ts'
import { ContactTable } from './contact-table.ts'
import type {
  MemoryActivity,
  MemoryAvatar,
  MemoryComment,
  MemoryConversation,
  MemoryFile,
  MemoryNotification,
} from './data.ts'
import { freeId, type MemoryIdKind, type MemoryIds } from './ids.ts'
import { Journal } from './journal.ts'
import { Rows } from './rows.ts'

/** A clock that can be made to stand still. */
export interface MemoryClock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

/** Everything that one memory client knows, and its sources of time and ids. */
export class Database {
  readonly journal: Journal = new Journal()
  readonly contacts: ContactTable = new ContactTable(this.journal)
  readonly conversations: Rows<MemoryConversation> = new Rows('conversation', this.journal)
  readonly comments: Rows<MemoryComment> = new Rows('comment', this.journal)
  readonly files: Rows<MemoryFile> = new Rows('file', this.journal)
  readonly activities: Rows<MemoryActivity> = new Rows('activity', this.journal)
  readonly notifications: Rows<MemoryNotification> = new Rows('notification', this.journal)
  readonly avatars: Rows<MemoryAvatar> = new Rows('avatar', this.journal)
  readonly #clock: MemoryClock
  readonly #ids: MemoryIds

  constructor(clock: MemoryClock, ids: MemoryIds) {
    this.#clock = clock
    this.#ids = ids
  }

  /** The time now: ISO 8601, UTC. */
  get now(): string {
    const time: unknown = this.#clock.now()
    const date = new Date(typeof time === 'number' ? time : Number.NaN)
    if (!Number.isNaN(date.getTime())) return date.toISOString()
    throw new ContactsError({
      code: 'config',
      message: 'The clock option must give milliseconds since 1970, a number.',
    })
  }

  nextContactId(): string {
    return freeId(this.#ids, 'contact', this.contacts.size, (id) => this.contacts.find('id', id).length > 0)
  }

  /** One time, for everything that one change writes, and ids for the contact methods that it adds. */
  stamp(): MethodTools {
    return { now: this.now, nextMethodId: () => this.#nextMethodId() }
  }

  /** The next id for a row of another kind. */
  nextRowId(
    kind: Exclude<MemoryIdKind, 'contact' | 'contactMethod'>,
    rows: Rows<{ readonly id: string }>,
  ): string {
    return freeId(this.#ids, kind, rows.size, (id) => rows.has(id))
  }

  #nextMethodId(): string {
    return freeId(this.#ids, 'contactMethod', this.contacts.methodCount, (id) => this.contacts.hasMethod(id))
  }
}
