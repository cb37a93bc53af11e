import { OrderedIndex, type PageRequest } from '../ordered-index.ts'
import type { ChatBotKitContact, ContactFields, ContactSeed } from './contact.ts'
import { ApiError, systemError } from './errors.ts'
import { updatedMeta, withoutHiddenKeys } from './meta.ts'
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

  page(account: string, request: PageRequest<ContactRow>): ContactRow[] {
    return this.#accounts.get(account)?.ordered.page(request) ?? []
  }

  /** Inserts one contact; throws the 409 when its fingerprint is taken. */
  create(account: string, fields: ContactFields): ContactRow {
    const now = Math.trunc(this.#context.now())
    const { nullText, nullMeta } = this.#context.switches
    const nullIsError =
      nullText === 'error' && [fields.name, fields.description, fields.fingerprint].includes(null)
    if (nullIsError || (fields.meta === null && nullMeta === 'error')) throw systemError()
    const record: ChatBotKitContact = {
      id: this.#context.newId(),
      name: fields.name ?? '',
      description: fields.description ?? '',
      fingerprint: fields.fingerprint ?? this.#context.newId(),
      email: fields.email ?? null,
      phone: fields.phone ?? null,
      nick: fields.nick ?? null,
      preferences: fields.preferences ?? null,
      verifiedAt: storedTime(fields.verifiedAt) ?? null,
      meta: fields.meta ?? null,
      createdAt: now,
      updatedAt: now,
    }
    if (this.findByFingerprint(account, record.fingerprint) !== undefined) throw uniqueViolation()
    const row = this.#addToMaps(account, record)
    this.#contactsOf(account).ordered.insert(row)
    return row
  }

  /** Changes what the fields name, and `updatedAt` in any case. */
  update(row: ContactRow, fields: ContactFields): void {
    const { nullText, nullMeta } = this.#context.switches
    const { record } = row
    const nullIsError =
      nullText === 'error' && [fields.name, fields.description, fields.fingerprint].includes(null)
    if (nullIsError || (fields.meta === null && nullMeta === 'error')) throw systemError()
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
      meta: fields.meta
        ? updatedMeta(record.meta, fields.meta)
        : fields.meta === null && nullMeta === 'store'
          ? null
          : record.meta,
      updatedAt: Math.trunc(this.#context.now()),
    }
    row.wire = toWire(row.record)
  }

  /** Deletes a contact for good; its fingerprint becomes free. */
  delete(row: ContactRow): void {
    const contacts = this.#contactsOf(row.account)
    contacts.ordered.remove(row)
    contacts.byFingerprint.delete(row.record.fingerprint)
    this.#byId.delete(row.id)
  }

  /** Puts records in as they are; throws when an id or fingerprint is taken. */
  seed(account: string, seeds: readonly ContactSeed[]): ContactRow[] {
    const now = Math.trunc(this.#context.now())
    const rows = seeds.map((seed) => {
      const createdAt = seed.createdAt ?? now
      const record: ChatBotKitContact = {
        id: seed.id ?? this.#context.newId(),
        name: seed.name ?? '',
        description: seed.description ?? '',
        fingerprint: seed.fingerprint ?? this.#context.newId(),
        email: seed.email ?? null,
        phone: seed.phone ?? null,
        nick: seed.nick ?? null,
        preferences: seed.preferences ?? null,
        verifiedAt: seed.verifiedAt ?? null,
        meta: seed.meta ?? null,
        createdAt,
        updatedAt: seed.updatedAt ?? createdAt,
      }
      if (this.#byId.has(record.id)) throw new Error(`A seeded contact's id is taken: ${record.id}`)
      if (this.findByFingerprint(account, record.fingerprint) !== undefined) {
        throw new Error(`A seeded contact's fingerprint is taken: ${record.fingerprint}`)
      }
      return this.#addToMaps(account, record)
    })
    this.#contactsOf(account).ordered.insertAll(rows)
    return rows
  }

  /** Empties the store. */
  clear(): void {
    this.#byId.clear()
    this.#accounts.clear()
  }

  #addToMaps(account: string, record: ChatBotKitContact): ContactRow {
    const { id, createdAt } = record
    const row: ContactRow = {
      id,
      account,
      createdAt,
      record,
      wire: toWire(record),
      previous: undefined,
      removed: false,
    }
    this.#byId.set(id, row)
    this.#contactsOf(account).byFingerprint.set(record.fingerprint, row)
    return row
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

function toWire(record: ChatBotKitContact): ChatBotKitContact {
  if (record.meta === null) return record
  const meta = withoutHiddenKeys(record.meta)
  return meta === record.meta ? record : { ...record, meta }
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
