import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import { type ContactRef, isContact, type RefKey, type ResolvedRef, resolveRef } from '../model/ref.ts'
import { listContacts, scanContacts } from './listing.ts'
import { type Call, canonicalKey, capability, createContext, nativeMethod, type Runtime } from './runtime.ts'

/** The operations that name a contact. */
export type LookupOperation = 'get' | 'find' | 'update' | 'delete' | 'upsert'

/** A call that may look a contact up by reading the listing. */
export interface LookupCall extends Call {
  readonly scan?: boolean | undefined
}

/** Reads the contact that a reference names. @throws ContactsError `not_found`, `ambiguous` */
export async function getContact(
  runtime: Runtime,
  ref: ContactRef,
  call: LookupCall,
  operation: 'get' | 'find' = 'get',
): Promise<Contact> {
  const resolved = resolveRef(ref, runtime.adapter.provider)
  return lookUp(runtime, pickNativeKey(runtime, operation, ref, resolved) ?? resolved, call, operation)
}

/** As {@link getContact}, but `undefined` when there is none. */
export function findContact(
  runtime: Runtime,
  ref: ContactRef,
  call: LookupCall,
): Promise<Contact | undefined> {
  return unlessAbsent(call, () => getContact(runtime, ref, call, 'find'))
}

/** Reads the contact that has a key, for an upsert; `undefined` when there is none. */
export function findExisting(
  runtime: Runtime,
  ref: ResolvedRef,
  call: LookupCall,
): Promise<Contact | undefined> {
  return unlessAbsent(call, () => lookUp(runtime, ref, call, 'upsert'))
}

/** Brings a reference into a form that the operation takes, looking the contact up where that is needed. */
export async function targetOf(
  runtime: Runtime,
  operation: 'update' | 'delete',
  ref: ContactRef,
  call: LookupCall,
): Promise<ResolvedRef> {
  const resolved = resolveRef(ref, runtime.adapter.provider)
  const native = pickNativeKey(runtime, operation, ref, resolved)
  if (native) return native
  const { by } = capability(runtime, operation)
  if (call.batch && by.includes('id') && isScan(runtime, operation, resolved.key)) {
    requireScan(runtime, operation, resolved.key, call)
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
  call: LookupCall,
  operation: LookupOperation,
): Promise<Contact> {
  if (hasNativeLookup(runtime, ref.key)) {
    const get = nativeMethod(runtime, 'get', runtime.adapter.get)
    return get.call(runtime.adapter, ref, createContext(runtime, call))
  }
  if (!isScan(runtime, operation, ref.key)) throw noLookup(runtime, operation, ref.key)
  requireScan(runtime, operation, ref.key, call)
  return scan(runtime, ref, call)
}

/** Reads the listing to its end, or to a second match: there must be none. */
async function scan(runtime: Runtime, ref: ResolvedRef, call: LookupCall): Promise<Contact> {
  const { signal, timeoutMs, headers } = call
  const wanted = canonicalKey(runtime, ref.key, ref.value)
  const matches = (contact: Contact): boolean => {
    const value = contact[ref.key]
    return value !== undefined && canonicalKey(runtime, ref.key, value) === wanted
  }
  // Equal spellings can be filtered by the provider; a provider that knows several of one value cannot be asked for one.
  const query = {
    signal,
    timeoutMs,
    headers,
    ...(!runtime.adapter.canonicalKey && { where: { [ref.key]: ref.value } }),
  }
  const [found, second] = await scanContacts(runtime, query, call.operation, matches).toArray({ limit: 2 })
  if (!found) throw notFound(runtime, ref.key)
  if (second) throw ambiguous(runtime, ref.key)
  return found
}

/** Looks a contact's id up in an index that one reading of the listing makes for a whole batch. */
async function indexedId(runtime: Runtime, ref: ResolvedRef, call: LookupCall): Promise<string> {
  const index = await keyIndex(runtime, ref.key, call)
  const id = index.get(canonicalKey(runtime, ref.key, ref.value))
  if (id === undefined) throw notFound(runtime, ref.key)
  if (id === null) throw ambiguous(runtime, ref.key)
  return id
}

/** The ids of all contacts by one key in its canonical spelling, for the items of a batch; `null` where several contacts share the value. */
export function keyIndex(
  runtime: Runtime,
  key: RefKey,
  call: LookupCall,
): Promise<Map<string, string | null>> {
  const build = async (): Promise<Map<string, string | null>> => {
    const index = new Map<string, string | null>()
    const { signal, timeoutMs, headers } = call
    for await (const contact of listContacts(runtime, { signal, timeoutMs, headers }, call.operation)) {
      if (contact[key] === undefined) continue
      const value = canonicalKey(runtime, key, contact[key])
      index.set(value, index.has(value) ? null : contact.id)
    }
    return index
  }
  return call.batch ? call.batch.once(`index:${key}`, build) : build()
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

async function unlessAbsent(
  { signal }: LookupCall,
  read: () => Promise<Contact>,
): Promise<Contact | undefined> {
  try {
    return await read()
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found' && !signal?.aborted) return undefined
    throw error
  }
}

function isScan(runtime: Runtime, operation: LookupOperation, key: RefKey): boolean {
  return capability(runtime, operation).scan?.includes(key) ?? false
}

/** Refuses a scan that was not asked for, because it costs a full listing. */
export function requireScan(
  runtime: Runtime,
  operation: LookupOperation,
  key: RefKey,
  call: LookupCall,
): void {
  if (call.scan === true) return
  const { by } = capability(runtime, operation)
  const otherwise = by.length > 0 ? `, or name the contact by ${by.join(' or ')}` : ''
  throw new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} has no lookup by ${key}: it takes reading every contact. Pass { scan: true } to have that done${otherwise}.`,
  })
}

/** The error for a key that the operation cannot look up by at all. */
export function noLookup(runtime: Runtime, operation: LookupOperation, key: RefKey): ContactsError {
  const { by, scan: scanned = [] } = capability(runtime, operation)
  const words = [...by, ...scanned.map((scannedKey) => `${scannedKey} with { scan: true }`)]
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} cannot ${operation} by ${key}; it can by ${words.join(', ')}.`,
  })
}

function notFound(runtime: Runtime, key: RefKey): ContactsError {
  const { provider, capabilities } = runtime.adapter
  const doubt =
    capabilities.list?.complete === false ? ' in its listing, which does not reach every contact' : ''
  return new ContactsError({
    code: 'not_found',
    message: `${provider} has no contact with that ${key}${doubt}.`,
  })
}

/** The error for a key that several contacts share. */
export function ambiguous(runtime: Runtime, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several contacts of ${runtime.adapter.provider} have that ${key}. List them with where, and name one by its id.`,
  })
}
