import { type Contact, ContactsError } from '@anycontact/core'
import {
  type AdapterContext,
  type CallScope,
  changedError,
  isPlainObject,
  type ResolvedRef,
  readText,
  resembles,
} from '@anycontact/core/adapter-kit'
import type { CognipeerClient } from './api/client.ts'
import { badAnswer, notFound, PROVIDER, who } from './api/errors.ts'
import { type CognipeerRecord, readRecord } from './api/wire.ts'
import { DELETED_OR_NOT, STABLE } from './listing.ts'
import { toContact } from './mapping.ts'

/** A key that the vendor looks contacts up by, in the vendor's words. */
export type LookupKey = 'integrationId' | 'email'

/** What the operations work with. */
export interface Workspace {
  readonly client: CognipeerClient
  /** Keys that the caller knows to be unique. */
  readonly uniqueKeys: ReadonlySet<LookupKey>
  /**
   * By which key a record that `get` handed out was seen to be the only one. The update of the same upsert gets that record as
   * `context.current`, which does not say how it was found; looking again would cost each upsert one of its 100 requests a minute.
   */
  readonly seenAlone: WeakMap<object, LookupKey>
}

/** A record that was looked up. */
export interface Found {
  readonly record: CognipeerRecord
  /** A key whose value no other contact has; absent where that was not looked at. */
  readonly aloneBy?: LookupKey | undefined
}

/** So many contacts that share a value are looked at; the living one among more of them is not looked for. */
const MAX_TWINS = 20

type RefKey = ResolvedRef['key']

/** The vendor's word for a key that it looks up by; `undefined` for the others. */
export function lookupKeyOf(key: RefKey): LookupKey | undefined {
  return key === 'externalId' ? 'integrationId' : key === 'email' ? 'email' : undefined
}

/** Reads a contact by any of its keys. @throws ContactsError `not_found`, `ambiguous` */
export async function getContact(
  workspace: Workspace,
  ref: ResolvedRef,
  { call }: AdapterContext,
): Promise<Contact<CognipeerRecord>> {
  const { record, aloneBy } = await findRecord(workspace, ref, call)
  if (aloneBy) workspace.seenAlone.set(record, aloneBy)
  return toContact(record)
}

/**
 * Finds the one contact that a reference names. What the vendor looks up by is looked up so, and then, because the vendor gives
 * one contact where several have the value, counted. A soft-deleted contact is meant only when no other has the value.
 *
 * @throws ContactsError `not_found`, `ambiguous`
 */
export async function findRecord(
  { client, uniqueKeys }: Workspace,
  { key, value }: ResolvedRef,
  call: CallScope,
): Promise<Found> {
  const lookupKey = lookupKeyOf(key)
  if (lookupKey === undefined) {
    const found = pick(await listTwins(client, key === 'id' ? '_id' : key, value, call), key, call)
    if (found) return found
    throw notFound('contact', call.operation)
  }
  const record = readRecord(await client.contacts.get({ [lookupKey]: value }, call))
  if (uniqueKeys.has(lookupKey)) return { record, aloneBy: lookupKey }
  // As it is stored, which may be another spelling than the one that was given.
  const twins = await listTwins(client, lookupKey, record[lookupKey] || value, call)
  if (twins.records.some(({ _id }) => _id === record._id)) return pick(twins, key, call) ?? { record }
  const records = [...twins.records, record]
  const found = pick({ records, total: Math.max(twins.total, records.length) }, key, call)
  // A listing that does not show the contact does not show that it is the only one.
  return { record: found?.record ?? record }
}

/**
 * As {@link findRecord}, counting first: that mostly spares a request, where a contact is meant that is there. One that is not
 * found so is looked up as the vendor does, which may know it under another spelling.
 */
export async function findForUpdate(workspace: Workspace, ref: ResolvedRef, call: CallScope): Promise<Found> {
  const { key, value } = ref
  const lookupKey = lookupKeyOf(key)
  if (lookupKey === undefined) return findRecord(workspace, ref, call)
  if (!workspace.uniqueKeys.has(lookupKey)) {
    const found = pick(await listTwins(workspace.client, lookupKey, value, call), key, call)
    if (found) return found
  }
  const found = await findRecord(workspace, ref, call)
  // It is about to be changed: another one that the server takes for it is not meant.
  const present = found.record[lookupKey]
  if (!present || sameKey(lookupKey, present, value)) return found
  throw notFound('contact', call.operation)
}

/** As core compares keys: emails without regard to case, external ids byte for byte. */
function sameKey(key: LookupKey, a: string, b: string): boolean {
  return a === b || (key === 'email' && a.trim().toLowerCase() === b.trim().toLowerCase())
}

/** Tells whether no other contact has a record's value of a key. */
export async function isAlone(
  { client, uniqueKeys }: Workspace,
  record: CognipeerRecord,
  key: LookupKey,
  call: CallScope,
): Promise<boolean> {
  if (uniqueKeys.has(key)) return true
  const { records, total } = await listTwins(client, key, record[key] ?? '', call)
  return records.length === 1 && records[0]?._id === record._id && total <= 1
}

/**
 * Reads a contact again, by whatever of it can be looked up.
 *
 * @param record - the contact as it is thought to be
 */
async function readAgain(
  workspace: Workspace,
  record: CognipeerRecord,
  call: CallScope,
): Promise<CognipeerRecord> {
  for (const key of ['integrationId', 'email'] as const) {
    const value = record[key]
    if (!value) continue
    try {
      const found = readRecord(await workspace.client.contacts.get({ [key]: value }, call))
      if (found._id === record._id) return found
    } catch (error) {
      // It may not have been kept: then the contact is there under its id alone.
      if (!ContactsError.is(error) || error.code !== 'not_found' || call.signal.aborted) throw error
    }
  }
  return (await findRecord(workspace, { key: 'id', value: record._id }, call)).record
}

/** The contacts that have a value, oldest first, and how many there are. */
interface Twins {
  readonly records: readonly CognipeerRecord[]
  readonly total: number
}

/** Lists the contacts that have a value in a field, spelled exactly so. */
export async function listTwins(
  { contacts }: CognipeerClient,
  field: string,
  value: string,
  call: CallScope,
): Promise<Twins> {
  const filter = { [field]: value, deleted: DELETED_OR_NOT }
  const { data, total } = await contacts.list({ page: 1, limit: MAX_TWINS, filter, sort: STABLE }, call)
  const records = data.filter((record: unknown) => isPlainObject(record) && record[field] === value)
  const isOther = (record: unknown): boolean => !resembles(readText(record, field) ?? '', value)
  // A column that folds case gives those that resemble the value, which are not meant.
  if (records.length === 0 && data.some(isOther)) {
    throw badAnswer(
      `the server does not apply a filter on ${field}: it answered other contacts.`,
      call.operation,
    )
  }
  return { records: records.map((record) => readRecord(record)), total: total ?? records.length }
}

/** The one contact that is meant among those with a value; `undefined` when there is none. */
function pick({ records, total }: Twins, key: RefKey, call: CallScope): Found | undefined {
  const living = records.filter(({ deleted }) => deleted !== true)
  const [record, second] = living.length > 0 ? living : records
  if (record === undefined) return undefined
  if (second !== undefined || total > MAX_TWINS) throw ambiguous(key, call.operation)
  return { record, aloneBy: records.length === 1 && total <= 1 ? lookupKeyOf(key) : undefined }
}

/** The error for a value that several contacts have. */
export function ambiguous(key: RefKey, operation: string): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `${who(operation)} several contacts have that ${key}. List them with where, and name one by another key.`,
    provider: PROVIDER,
    operation,
  })
}

// The answer to a write may hold only a part of the contact. Source: the vendor's types promise the whole; what its server sends is not published.

/** A member that every stored contact has. */
export const ALWAYS_THERE = { createdDate: '' }

/**
 * The whole record after a write, read again where the answer lacks something.
 *
 * @param answer - to the write
 * @param expected - what the record must hold; null and undefined are not looked for
 * @returns what is known of it, where it was written and is not found yet
 */
export async function wholeRecord(
  workspace: Workspace,
  answer: CognipeerRecord,
  expected: Readonly<Record<string, unknown>>,
  call: CallScope,
): Promise<CognipeerRecord> {
  const isWhole = Object.entries(expected).every(
    ([field, value]) => value === null || value === undefined || Object.hasOwn(answer, field),
  )
  if (isWhole) return answer
  const known = { ...expected, ...answer }
  try {
    return await readAgain(workspace, known, call)
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return known
    throw ContactsError.is(error) ? writtenButUnread(error, answer) : error
  }
}

/** The reading failed, not the write: making the call again could make a second contact. */
function writtenButUnread(error: ContactsError, { _id }: CognipeerRecord): ContactsError {
  return changedError(error, {
    message: `${error.message} The contact was written and could not be read back: get it by its id, ${_id}, and do not create it again.`,
    retryable: false,
    applied: 'yes',
  })
}
