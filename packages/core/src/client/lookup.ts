import type { AnyAdapter } from '../adapter/adapter.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import {
  type ContactRef,
  isContact,
  REF_KEYS,
  type RefKey,
  type ResolvedRef,
  resolveRef,
} from '../model/ref.ts'
import { keyForm } from '../model/written.ts'
import { KeyIndex } from './key-index.ts'
import { readAll, scanContacts } from './listing.ts'
import {
  ambiguous,
  type LookupOperation,
  noLookup,
  notFound,
  otherKey,
  otherRecord,
  requireScan,
  resembles,
} from './lookup-errors.ts'
import { type Call, capability, checkRecord, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { compareText } from './spelling.ts'

/** Reads the contact that a reference names. @throws ContactsError `not_found`, `ambiguous` */
export async function getContact(
  runtime: Runtime,
  ref: ContactRef,
  call: Call,
  operation: 'get' | 'find' = 'get',
): Promise<Contact> {
  const resolved = resolveRef(ref, runtime.adapter.provider)
  return lookUp(runtime, pickNativeKey(runtime, operation, ref, resolved) ?? resolved, call, operation)
}

/** As {@link getContact}, but `undefined` when there is none. */
export function findContact(runtime: Runtime, ref: ContactRef, call: Call): Promise<Contact | undefined> {
  return unlessAbsent(call, () => getContact(runtime, ref, call, 'find'))
}

/** Reads the contact that has a key, for an upsert; `undefined` when there is none. */
export function findExisting(runtime: Runtime, ref: ResolvedRef, call: Call): Promise<Contact | undefined> {
  return unlessAbsent(call, () => lookUp(runtime, ref, call, 'upsert'))
}

/** So many spellings of keys are kept in mind. */
const MAX_SPELLINGS = 10_000

/** Keeps in mind how the provider spells a contact's key, where another spelling would not lead to it. */
export function noteSpelling({ adapter, queue }: Runtime, key: RefKey, contact: Contact): void {
  const { spellings } = queue
  const stored = contact[key]
  if (stored === undefined || stored === plainSpelling(key, stored)) return
  const name = keyName(adapter, key, stored)
  spellings.delete(name)
  spellings.set(name, stored)
  const [oldest] = spellings.keys()
  if (spellings.size > MAX_SPELLINGS && oldest !== undefined) spellings.delete(oldest)
}

/** What everything that touches a contact by one key waits for each other by. */
export function keyName(adapter: AnyAdapter, key: RefKey, value: string): string {
  return `${key}:${normalKey(adapter, key, value)}`
}

/** By what a contact that is made of a write can be found, and is therefore waited for. */
export function keysOf(adapter: AnyAdapter, write: ContactWrite): string[] {
  return REF_KEYS.flatMap((key) => {
    const value = write[key]
    return value ? [keyName(adapter, key, value)] : []
  })
}

/** The spellings under which a provider that compares letter by letter may have a key: as given, as seen before, and the plainest. */
function spellingsOf({ adapter, queue }: Runtime, { key, value }: ResolvedRef): ReadonlySet<string> {
  if (key === 'id' || key === 'externalId') return new Set([value])
  const seen = queue.spellings.get(keyName(adapter, key, value)) ?? value
  return new Set([value, seen, plainSpelling(key, value)])
}

/** How most programs write a key: emails in lower case, phones as a plus and digits. */
function plainSpelling(key: RefKey, value: string): string {
  if (key === 'email') return value.trim().toLowerCase()
  const isPlain = key === 'phone' && /^\s*\+[\d\s()./-]+$/.test(value)
  return isPlain ? `+${value.replace(/\D/g, '')}` : value
}

/** Brings a reference into a form that the operation takes, looking the contact up where that is needed. */
export async function targetOf(
  runtime: Runtime,
  operation: 'update' | 'delete',
  ref: ContactRef,
  call: Call,
): Promise<ResolvedRef> {
  const resolved = resolveRef(ref, runtime.adapter.provider)
  const native = pickNativeKey(runtime, operation, ref, resolved)
  if (native) return native
  const { by } = capability(runtime, operation)
  if (call.batch && by.includes('id') && isScan(runtime, operation, resolved.key)) {
    if (!call.scan) throw requireScan(runtime, operation, resolved.key)
    return { key: 'id', value: await indexedId(runtime, resolved, call) }
  }
  const contact = await lookUp(runtime, resolved, call, operation)
  const target = pickNativeKey(runtime, operation, contact, { key: 'id', value: contact.id })
  if (target) return target
  throw new ContactsError({
    code: 'unsupported',
    message: `This contact has none of the keys that ${runtime.adapter.provider} can ${operation} by: ${by.join(', ')}.`,
  })
}

/** Tells whether the provider itself looks a contact up by a key. */
export function hasNativeLookup(runtime: Runtime, key: RefKey): boolean {
  return runtime.adapter.capabilities.get?.by.includes(key) ?? false
}

/** Reads the contact that has a key: natively, or by a scan that the operation declares and the caller asked for. */
export async function lookUp(
  runtime: Runtime,
  ref: ResolvedRef,
  call: Call,
  operation: LookupOperation,
): Promise<Contact> {
  if (hasNativeLookup(runtime, ref.key)) {
    const contact = await getByAnySpelling(runtime, ref, call)
    // A contact may be made of several records.
    for (const record of [contact.raw, ...Object.values(contact.raw ?? {}).flat()]) checkRecord(record)
    checkAnswer(runtime, ref, contact, operation)
    return contact
  }
  if (!isScan(runtime, operation, ref.key)) throw noLookup(runtime, operation, ref.key)
  if (!call.scan) throw requireScan(runtime, operation, ref.key)
  return scan(runtime, ref, call)
}

async function getByAnySpelling(runtime: Runtime, ref: ResolvedRef, call: Call): Promise<Contact> {
  const get = nativeMethod(runtime, 'get', runtime.adapter.get)
  const [, ...others] = spellingsOf(runtime, ref)
  const read = (value: string): Promise<Contact> =>
    get.call(runtime.adapter, { key: ref.key, value }, createContext(runtime, call))
  if (others.length === 0) return read(ref.value)
  for (const spelling of [ref.value, ...others]) {
    const found = await unlessAbsent(call, () => read(spelling))
    if (found) return found
  }
  throw notFound(runtime, ref.key)
}

/**
 * Checks that an answer is about the contact that was asked for. A provider whose columns fold case finds another contact by an
 * external id: nothing may be written to that one.
 *
 * @throws ContactsError `bad_response` for another record; for one that only folding makes the same, `not_found`, or `conflict`
 * where it would be written to
 */
export function checkAnswer(
  runtime: Runtime,
  { key, value }: ResolvedRef,
  contact: Contact,
  operation: LookupOperation,
): void {
  const found = contact[key]
  // What a contact is looked up by need not be in its record, but an id always is.
  if (found === undefined && key !== 'id') return
  if (found === value || (found !== undefined && sameKey(runtime.adapter, key, found, value))) return
  if (key === 'id' || found === undefined || !resembles(found, value)) throw otherRecord(runtime, key)
  throw operation === 'get' || operation === 'find'
    ? notFound(runtime, key)
    : otherKey(runtime.adapter.provider, key)
}

/**
 * Checks that the answer to a create is about the contact that was made: whoever goes on with another one changes somebody else.
 * An external id that is respelled or cut short is no other; an email and a phone number that are all another's are.
 *
 * @throws ContactsError `bad_response` for another record
 */
export function checkCreated(runtime: Runtime, write: ContactWrite, contact: Contact): void {
  const isOther = (key: RefKey): boolean => {
    const [wanted, shown] = [write[key] ?? '', contact[key] ?? '']
    if (sameKey(runtime.adapter, key, shown, wanted)) return false
    if (key === 'id' || key === 'externalId') return !resembles(shown, wanted) && !wanted.startsWith(shown)
    return compareText(key, wanted, shown, undefined) === 'other'
  }
  const shown = REF_KEYS.filter((key) => write[key] && contact[key] !== undefined)
  const other = shown.find(isOther)
  if (other === 'id' || other === 'externalId' || (other && shown.every(isOther)))
    throw otherRecord(runtime, other)
}

/** Reads the listing to its end, or to a second match: there must be none. */
async function scan(runtime: Runtime, ref: ResolvedRef, call: Call): Promise<Contact> {
  const wanted = normalKey(runtime.adapter, ref.key, ref.value)
  const matches = (contact: Contact): boolean => {
    const value = contact[ref.key]
    return value !== undefined && normalKey(runtime.adapter, ref.key, value) === wanted
  }
  // Where spellings differ, the provider cannot be asked for one of them.
  const isExact = ref.key === 'id' || ref.key === 'externalId'
  const where = isExact && !runtime.adapter.canonical ? { where: { [ref.key]: ref.value } } : {}
  const [found, second] = await scanContacts(runtime, where, call.scope, matches).toArray({ limit: 2 })
  if (!found) throw notFound(runtime, ref.key)
  if (second) throw ambiguous(runtime, ref.key)
  return found
}

/** Looks a contact's id up in an index that one reading of the listing makes for a whole batch. */
async function indexedId(runtime: Runtime, ref: ResolvedRef, call: Call): Promise<string> {
  const index = await keyIndex(runtime, ref.key, call)
  const id = index.idOf(ref.value)
  if (id === undefined) throw notFound(runtime, ref.key)
  if (id === null) throw ambiguous(runtime, ref.key)
  return id
}

/** The ids of all contacts by one key: those of the batch, or made for this call. */
export async function keyIndex(runtime: Runtime, key: RefKey, call: Call): Promise<KeyIndex> {
  const { batch } = call
  const build = async (): Promise<KeyIndex> => {
    const index = new KeyIndex(key, (value) => normalKey(runtime.adapter, key, value))
    batch?.indexes.push(index)
    if (batch) runtime.indexes.add(index)
    // The whole batch has the use of it, so no item's deadline ends it.
    for await (const contact of readAll(runtime, {}, batch?.scope ?? call.scope)) index.read(contact)
    return index
  }
  if (!batch) return build()
  const name = `index:${key}`
  const kept = batch.once(name, build)
  const index = await kept
  if (!index.isStale) return index
  batch.forget(name, kept)
  runtime.indexes.delete(index)
  return batch.once(name, build)
}

/** The key of a reference that the operation takes as it is; for a whole contact any key that it has will do. */
function pickNativeKey(
  runtime: Runtime,
  operation: LookupOperation,
  ref: ContactRef,
  resolved: ResolvedRef,
): ResolvedRef | undefined {
  const { by } = capability(runtime, operation)
  if (by.includes(resolved.key)) return resolved
  if (!isContact(ref)) return undefined
  for (const key of by) {
    const value = ref[key]
    if (value !== undefined) return { key, value }
  }
  return undefined
}

async function unlessAbsent({ scope }: Call, read: () => Promise<Contact>): Promise<Contact | undefined> {
  try {
    return await read()
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found' && !scope.signal.aborted) return undefined
    throw error
  }
}

/** Tells whether an operation looks contacts up by a key by reading the listing. */
function isScan(runtime: Runtime, operation: LookupOperation, key: RefKey): boolean {
  return capability(runtime, operation).scan?.includes(key) ?? false
}

/** The form by which an adapter's provider compares keys. */
export function normalKey(adapter: AnyAdapter, key: RefKey, value: string): string {
  return keyForm(key, value, (field, text) => adapter.canonical?.(field, text) ?? text)
}

/** Tells whether two values of a key name the same contact. */
export function sameKey(adapter: AnyAdapter, key: RefKey, a: string, b: string): boolean {
  return a === b || normalKey(adapter, key, a) === normalKey(adapter, key, b)
}
