import type { JsonObject } from '../json.ts'
import { OrderedIndex, type PageRequest } from '../ordered-index.ts'
import type { ChatBotKitContact, ContactFields, ContactSeed } from './contact.ts'
import { ApiError, systemError } from './errors.ts'
import { asSent, updatedMeta } from './meta.ts'
import type { ChatBotKitSwitches } from './options.ts'

/** A contact in the store. */
export interface ContactRow {
  readonly id: string
  readonly account: string
  readonly createdAt: number
  /** The record as stored. */
  record: ChatBotKitContact
  /** The record as it is sent: `record` without hidden meta keys. */
  wire: ChatBotKitContact
  /** The record as it was sent before the last write; `undefined` until there was one. */
  previous: ChatBotKitContact | undefined
  removed: boolean
}

/** What a new row needs beyond the sent fields. */
export interface StoreContext {
  readonly now: () => number
  readonly newId: () => string
  readonly switches: Pick<ChatBotKitSwitches, 'nullMeta' | 'nullText'>
}

/** The contacts of all accounts, indexed by id, by account and fingerprint, and in listing order. */
export class ContactStore {
  readonly #context: StoreContext
  readonly #byId = new Map<string, ContactRow>()
  readonly #accounts = new Map<string, AccountContacts>()

  constructor(context: StoreContext) {
    this.#context = context
  }

  /** The contact of that id, whatever account has it. */
  get(id: string): ContactRow | undefined {
    return this.#byId.get(id)
  }

  /** The account's contact with that fingerprint. */
  findByFingerprint(account: string, fingerprint: string): ContactRow | undefined {
    return this.#accounts.get(account)?.byFingerprint.get(fingerprint)
  }

  /** The oldest contact of the account with exactly that name. */
  findByName(account: string, name: string): ContactRow | undefined {
    for (const row of this.all(account)) if (row.record.name === name) return row
    return undefined
  }

  /** The account's contacts, oldest first. */
  all(account: string): Iterable<ContactRow> {
    return this.#accounts.get(account)?.ordered ?? []
  }

  /** One page of the account's contacts. */
  page(account: string, request: PageRequest<ContactRow>): ContactRow[] {
    return this.#accounts.get(account)?.ordered.page(request) ?? []
  }

  /** Inserts one contact; throws the 409 when its fingerprint is taken. */
  create(account: string, fields: ContactFields): ContactRow {
    this.#refuseNulls(fields)
    const record = this.#newRecord({ ...fields, verifiedAt: storedTime(fields.verifiedAt) ?? null })
    if (this.findByFingerprint(account, record.fingerprint) !== undefined) throw uniqueViolation()
    const row = this.#addToMaps(account, record)
    this.#contactsOf(account).ordered.insert(row)
    return row
  }

  /** Changes what the fields name, and `updatedAt` in any case. */
  update(row: ContactRow, fields: ContactFields): void {
    this.#refuseNulls(fields)
    const { record } = row
    const fingerprint = fields.fingerprint ?? record.fingerprint
    const holder = this.findByFingerprint(row.account, fingerprint)
    if (holder !== undefined && holder !== row) throw uniqueViolation()
    this.#contactsOf(row.account).byFingerprint.delete(record.fingerprint)
    this.#contactsOf(row.account).byFingerprint.set(fingerprint, row)
    row.previous = row.wire
    row.record = {
      ...record,
      name: fields.name ?? record.name,
      description: fields.description ?? record.description,
      fingerprint,
      email: orStored(fields.email, record.email),
      phone: orStored(fields.phone, record.phone),
      nick: orStored(fields.nick, record.nick),
      preferences: orStored(fields.preferences, record.preferences),
      verifiedAt: orStored(storedTime(fields.verifiedAt), record.verifiedAt),
      meta: this.#changedMeta(record.meta, fields.meta),
      updatedAt: Math.trunc(this.#context.now()),
    }
    row.wire = asSent(row.record)
  }

  /** Deletes a contact for good; its fingerprint becomes free. */
  delete(row: ContactRow): void {
    this.#contactsOf(row.account).ordered.remove(row)
    this.#removeFromMaps(row)
  }

  /** Puts records in as they are, all or none; throws when an id or fingerprint is taken. */
  seed(account: string, seeds: readonly ContactSeed[]): ContactRow[] {
    const rows: ContactRow[] = []
    try {
      for (const seed of seeds) {
        const record = this.#newRecord(seed)
        if (this.#byId.has(record.id)) throw new Error(`A seeded contact's id is taken: ${record.id}`)
        if (this.findByFingerprint(account, record.fingerprint) !== undefined) {
          throw new Error(`A seeded contact's fingerprint is taken: ${record.fingerprint}`)
        }
        rows.push(this.#addToMaps(account, record))
      }
    } catch (error) {
      for (const row of rows) this.#removeFromMaps(row)
      throw error
    }
    this.#contactsOf(account).ordered.insertAll(rows)
    return rows
  }

  /** Empties the store. */
  clear(): void {
    this.#byId.clear()
    this.#accounts.clear()
  }

  /** Null where the database has no place for it. */
  #refuseNulls(fields: ContactFields): void {
    const { nullText, nullMeta } = this.#context.switches
    const texts = [fields.name, fields.description, fields.fingerprint]
    if (nullText === 'error' && texts.includes(null)) throw systemError()
    if (nullMeta === 'error' && fields.meta === null) throw systemError()
  }

  #changedMeta(stored: JsonObject | null, sent: JsonObject | null | undefined): JsonObject | null {
    if (sent) return updatedMeta(stored, sent)
    return sent === null && this.#context.switches.nullMeta === 'store' ? null : stored
  }

  #newRecord(fields: ContactFields & Pick<ContactSeed, 'id' | 'createdAt' | 'updatedAt'>): ChatBotKitContact {
    const { now, newId } = this.#context
    const createdAt = fields.createdAt ?? Math.trunc(now())
    return {
      id: fields.id ?? newId(),
      name: fields.name ?? '',
      description: fields.description ?? '',
      fingerprint: fields.fingerprint ?? newId(),
      email: fields.email ?? null,
      phone: fields.phone ?? null,
      nick: fields.nick ?? null,
      preferences: fields.preferences ?? null,
      verifiedAt: fields.verifiedAt ?? null,
      meta: fields.meta ?? null,
      createdAt,
      updatedAt: fields.updatedAt ?? createdAt,
    }
  }

  #addToMaps(account: string, record: ChatBotKitContact): ContactRow {
    const { id, createdAt } = record
    const row: ContactRow = {
      id,
      account,
      createdAt,
      record,
      wire: asSent(record),
      previous: undefined,
      removed: false,
    }
    this.#byId.set(id, row)
    this.#contactsOf(account).byFingerprint.set(record.fingerprint, row)
    return row
  }

  #removeFromMaps(row: ContactRow): void {
    this.#byId.delete(row.id)
    this.#contactsOf(row.account).byFingerprint.delete(row.record.fingerprint)
  }

  #contactsOf(account: string): AccountContacts {
    let contacts = this.#accounts.get(account)
    if (contacts === undefined) {
      contacts = { byFingerprint: new Map(), ordered: new OrderedIndex() }
      this.#accounts.set(account, contacts)
    }
    return contacts
  }
}

interface AccountContacts {
  readonly byFingerprint: Map<string, ContactRow>
  readonly ordered: OrderedIndex<ContactRow>
}

function orStored<T>(sent: T | undefined, stored: T): T {
  return sent === undefined ? stored : sent
}

/** The time as the database keeps it; 0 counts as not given. */
function storedTime(sent: number | null | undefined): number | null | undefined {
  if (sent === null || sent === undefined) return sent
  if (sent === 0) return undefined
  const time = new Date(sent).getTime()
  if (Number.isNaN(time)) throw systemError()
  return time
}

function uniqueViolation(): ApiError {
  return new ApiError('CONFLICT', 'Unique constraint violation')
}
