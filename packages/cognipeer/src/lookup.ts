import { ContactsError, isPlainObject, type RefKey, type ResolvedRef } from '@anycontact/core'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import type { NextCall } from './calls.ts'
import { badAnswer, notFound, PROVIDER, who } from './errors.ts'
import { DELETED_OR_NOT } from './filters.ts'
import type { CognipeerRuntime, FoundRecord, LookupKey } from './runtime.ts'

/** So many contacts that share a value are looked at; the living one among more of them is not looked for. */
const MAX_TWINS = 20

const LOOKUP_KEYS: Readonly<Partial<Record<RefKey, LookupKey>>> = {
  externalId: 'integrationId',
  email: 'email',
}

const NO_KEYS: ReadonlySet<LookupKey> = new Set()

/** The vendor's word for a key that it looks up by; `undefined` for the others. */
export function lookupKeyOf(key: RefKey): LookupKey | undefined {
  return LOOKUP_KEYS[key]
}

/**
 * Finds the one contact that a reference names. What the vendor looks up by is looked up so, and then, because the vendor gives
 * one contact where several have the value, counted. A soft-deleted contact is meant only when no other has the value.
 *
 * @throws ContactsError `not_found`, `ambiguous`
 */
export async function findRecord(
  runtime: CognipeerRuntime,
  { key, value }: ResolvedRef,
  next: NextCall,
): Promise<FoundRecord> {
  const lookupKey = lookupKeyOf(key)
  if (lookupKey === undefined) {
    const wire = key === 'id' ? '_id' : key
    return pick(await listTwins(runtime, wire, value, next), key, next) ?? fail(notFound(next().operation))
  }
  const record = await getRecord(runtime, { [lookupKey]: value }, next)
  if (runtime.uniqueKeys.has(lookupKey)) return { record, unique: new Set([lookupKey]) }
  // As it is stored, which may be another spelling than the one that was given.
  const twins = await listTwins(runtime, lookupKey, record[lookupKey] || value, next)
  const isListed = twins.records.some(({ _id }) => _id === record._id)
  const isToPick = isListed || twins.total > MAX_TWINS
  return (isToPick ? pick(twins, key, next) : undefined) ?? { record, unique: NO_KEYS }
}

/**
 * As {@link findRecord}, counting first: that mostly spares a request, where a contact is meant that is there. One that is not
 * found so is looked up as the vendor does.
 */
export async function findForUpdate(
  runtime: CognipeerRuntime,
  ref: ResolvedRef,
  next: NextCall,
): Promise<FoundRecord> {
  const { key, value } = ref
  const lookupKey = lookupKeyOf(key)
  if (lookupKey === undefined || runtime.uniqueKeys.has(lookupKey)) return findRecord(runtime, ref, next)
  return pick(await listTwins(runtime, lookupKey, value, next), key, next) ?? findRecord(runtime, ref, next)
}

/** Tells whether no other contact has a record's value of a key. */
export async function isUnique(
  runtime: CognipeerRuntime,
  record: ContactRecord,
  key: LookupKey,
  next: NextCall,
): Promise<boolean> {
  if (runtime.uniqueKeys.has(key)) return true
  const { records, total } = await listTwins(runtime, key, record[key] ?? '', next)
  return records.length === 1 && records[0]?._id === record._id && total <= 1
}

/**
 * Reads a contact again, by whatever of it can be looked up.
 *
 * @param record - the contact as it is thought to be
 */
export async function readAgain(
  runtime: CognipeerRuntime,
  record: ContactRecord,
  next: NextCall,
): Promise<ContactRecord> {
  for (const key of ['integrationId', 'email'] as const) {
    const value = record[key]
    if (!value) continue
    const found = await getRecord(runtime, { [key]: value }, next)
    if (found._id === record._id) return found
  }
  const { record: found } = await findRecord(runtime, { key: 'id', value: record._id }, next)
  return found
}

/** The contacts that have a value, oldest first, and how many there are. */
export interface Twins {
  readonly records: readonly ContactRecord[]
  readonly total: number
}

/** Lists the contacts that have a value in a field, spelled exactly so. */
export async function listTwins(
  { client }: CognipeerRuntime,
  field: string,
  value: string,
  next: NextCall,
): Promise<Twins> {
  const call = next()
  const filter = { [field]: value, deleted: { $in: DELETED_OR_NOT } }
  const request = { page: 1, limit: MAX_TWINS, filter, sort: { _id: 1 } } as const
  const { data, total } = await client.contacts.list(request, call)
  const records = data.filter((record: unknown) => isPlainObject(record) && record[field] === value)
  if (data.length > 0 && records.length === 0) {
    throw badAnswer(
      `the server does not apply a filter on ${field}: it answered other contacts.`,
      call.operation,
    )
  }
  return { records: records.map((record) => parseContactRecord(record)), total: total ?? records.length }
}

/** The one contact that is meant among those with a value; `undefined` when there is none. */
function pick({ records, total }: Twins, key: RefKey, next: NextCall): FoundRecord | undefined {
  const living = records.filter(({ deleted }) => deleted !== true)
  const [record, second] = living.length > 0 ? living : records
  if (record === undefined) return undefined
  if (second !== undefined || total > MAX_TWINS) throw ambiguous(key, next().operation)
  const lookupKey = lookupKeyOf(key)
  const isAlone = records.length === 1 && total <= 1
  return { record, unique: isAlone && lookupKey !== undefined ? new Set([lookupKey]) : NO_KEYS }
}

async function getRecord(
  { client }: CognipeerRuntime,
  identifiers: { readonly [Key in LookupKey]?: string },
  next: NextCall,
): Promise<ContactRecord> {
  const call = next()
  const record = parseContactRecord(await client.contacts.get(identifiers, call))
  for (const key of ['integrationId', 'email'] as const) {
    const [asked, found] = [identifiers[key], record[key]]
    if (!asked || !found || folded(asked) === folded(found)) continue
    throw badAnswer(
      `the server answered a contact with another ${key} than the one asked for.`,
      call.operation,
    )
  }
  return record
}

/** A key as a server may spell it: without case and blanks around. */
function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** The error for a value that several contacts have. */
export function ambiguous(key: RefKey, operation: string | undefined): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `${who(operation)} several contacts have that ${key}. List them with where, and name one by another key.`,
    provider: PROVIDER,
    operation,
  })
}

function fail(error: ContactsError): never {
  throw error
}
