import { type Contact, ContactsError, type JsonObject, type RefKey } from '@anycontact/core'
import type { ContactWrite } from '@anycontact/core/adapter-kit'

/** A contact of the tiny vendor, as its API would send it. */
export interface TinyRecord {
  readonly number: number
  key?: string
  title?: string
  mail?: string
  tel?: string
  remark?: string
  labels: string[]
  data: JsonObject
  readonly made: number
  changed: number
}

/** A conversation, or a notice, of the tiny vendor. */
export interface TinyRow {
  readonly id: string
  readonly owner: string
  read: boolean
}

/** A comment of the tiny vendor. */
export interface TinyComment {
  readonly id: string
  readonly owner: string
  readonly words: string
}

/** The tiny vendor's server: what the tiny adapter would talk to over HTTP. */
export class TinyStore {
  records: TinyRecord[] = []
  rows: TinyRow[] = []
  comments: TinyComment[] = []
  #next = 1
  #time = Date.UTC(2026, 0, 31)

  now(): number {
    this.#time += 1000
    return this.#time
  }

  insert(write: ContactWrite): TinyRecord {
    this.requireFree(write)
    const time = this.now()
    const record: TinyRecord = { number: this.#next++, labels: [], data: {}, made: time, changed: time }
    this.records.push(record)
    return this.change(record, write)
  }

  change(record: TinyRecord, write: ContactWrite): TinyRecord {
    set(record, 'key', write.externalId)
    set(record, 'title', write.name)
    set(record, 'mail', write.email)
    set(record, 'tel', write.phone)
    set(record, 'remark', write.note)
    if (write.tags !== undefined) record.labels = [...(write.tags ?? [])]
    if (write.customFields === null) record.data = {}
    for (const [name, value] of Object.entries(write.customFields ?? {})) {
      if (value === null) delete record.data[name]
      else record.data[name] = structuredClone(value)
    }
    record.changed = this.now()
    return record
  }

  requireFree(write: ContactWrite, except?: TinyRecord): void {
    const taken = this.records.some(
      (other) => other !== except && other.key !== undefined && other.key === write.externalId,
    )
    if (taken) throw new ContactsError({ code: 'conflict', message: 'That key is taken.' })
  }

  find(key: RefKey, value: string): TinyRecord {
    const record = this.records.find((candidate) => toContact(candidate)[key] === value)
    if (!record) throw new ContactsError({ code: 'not_found', message: 'There is no such contact.' })
    return record
  }
}

/** Maps a record as an adapter does. */
export function toContact(record: TinyRecord): Contact<TinyRecord> {
  const { number, key, title, mail, tel, remark, labels, data, made, changed } = structuredClone(record)
  return {
    provider: 'tiny',
    id: String(number),
    ...(key !== undefined && { externalId: key }),
    ...(title !== undefined && { name: title }),
    ...(mail !== undefined && { email: mail }),
    ...(tel !== undefined && { phone: tel }),
    contactMethods: [
      ...(mail === undefined ? [] : [{ type: 'email' as const, value: mail, primary: true }]),
      ...(tel === undefined ? [] : [{ type: 'phone' as const, value: tel, primary: true }]),
    ],
    ...(remark !== undefined && { note: remark }),
    tags: labels,
    customFields: data,
    createdAt: new Date(made).toISOString(),
    updatedAt: new Date(changed).toISOString(),
    raw: structuredClone(record),
  }
}

type TextField = 'key' | 'title' | 'mail' | 'tel' | 'remark'

function set(record: TinyRecord, field: TextField, value: string | null | undefined): void {
  if (value === null) delete record[field]
  else if (value !== undefined) record[field] = value
}
