import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import { type ContactRef, isContact, type RefKey, type ResolvedRef, resolveRef } from '../model/ref.ts'
import { listContacts } from './listing.ts'
import { type Call, capability, createContext, nativeMethod, type Runtime } from './runtime.ts'

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
  const resolved = pickNativeKey(runtime, operation, ref) ?? resolveRef(ref, runtime.adapter.provider)
  return lookUp(runtime, resolved, call, operation)
}

/** As {@link getContact}, but `undefined` when there is none. */
export async function findContact(runtime: Runtime, ref: ContactRef, call: LookupCall): Promise<Contact | undefined> {
  try {
    return await getContact(runtime, ref, call, 'find')
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return undefined
    throw error
  }
}

/** Brings a reference into a form that the operation takes, looking the contact up where that is needed. */
export async function targetOf(
  runtime: Runtime,
  operation: 'update' | 'delete',
  ref: ContactRef,
  call: LookupCall,
): Promise<ResolvedRef> {
  const native = pickNativeKey(runtime, operation, ref)
  if (native) return native
  const resolved = resolveRef(ref, runtime.adapter.provider)
  const keys = capability(runtime, operation).by
  if (call.batch && keys.includes('id') && isScan(runtime, operation, resolved.key)) {
    requireScan(runtime, operation, resolved.key, call)
    return { key: 'id', value: await indexedId(runtime, resolved, call) }
  }
  const contact = await lookUp(runtime, resolved, call, operation)
  const target = pickNativeKey(runtime, operation, contact)
  if (target) return target
  throw new ContactsError({
    code: 'unsupported',
    message: `This contact has none of the keys that ${runtime.adapter.provider} can ${operation} by: ${keys.join(', ')}.`,
  })
}

async function lookUp(
  runtime: Runtime,
  ref: ResolvedRef,
  call: LookupCall,
  operation: LookupOperation,
): Promise<Contact> {
  if (capability(runtime, 'get').by.includes(ref.key)) {
    const get = nativeMethod(runtime, 'get', runtime.adapter.get)
    return get.call(runtime.adapter, ref, createContext(runtime, call))
  }
  if (!isScan(runtime, operation, ref.key)) throw noLookup(runtime, operation, ref.key)
  requireScan(runtime, operation, ref.key, call)
  return scan(runtime, ref, call)
}

/** Reads the listing to its end, because a second match has to be known. */
async function scan(runtime: Runtime, ref: ResolvedRef, call: LookupCall): Promise<Contact> {
  const { signal, timeoutMs, headers } = call
  const query = { where: { [ref.key]: ref.value }, signal, timeoutMs, headers }
  const [found, second] = await listContacts(runtime, query, call.operation).toArray({ limit: 2 })
  if (!found) throw notFound(runtime, ref.key)
  if (second) throw ambiguous(runtime, ref.key)
  return found
}

/** Looks a contact's id up in an index that one reading of the listing makes for a whole batch. */
async function indexedId(runtime: Runtime, ref: ResolvedRef, call: LookupCall): Promise<string> {
  const index = await keyIndex(runtime, ref.key, call)
  const id = index.get(ref.value)
  if (id === undefined) throw notFound(runtime, ref.key)
  if (id === null) throw ambiguous(runtime, ref.key)
  return id
}

/** The ids of all contacts by one key, for the items of a batch; `null` where several contacts share the value. */
export function keyIndex(runtime: Runtime, key: RefKey, call: LookupCall): Promise<Map<string, string | null>> {
  const build = async (): Promise<Map<string, string | null>> => {
    const index = new Map<string, string | null>()
    const { signal, timeoutMs, headers } = call
    for await (const contact of listContacts(runtime, { signal, timeoutMs, headers }, call.operation)) {
      const value = contact[key]
      if (value !== undefined) index.set(value, index.has(value) ? null : contact.id)
    }
    return index
  }
  return call.batch ? call.batch.once(`index:${key}`, build) : build()
}

/** The key of a reference that the operation takes as it is; for a whole contact any key that it has will do. */
function pickNativeKey(runtime: Runtime, operation: LookupOperation, ref: ContactRef): ResolvedRef | undefined {
  const { by } = capability(runtime, operation)
  const resolved = resolveRef(ref, runtime.adapter.provider)
  if (by.includes(resolved.key)) return resolved
  if (!isContact(ref)) return undefined
  for (const key of by) {
    const value = ref[key]
    if (value !== undefined) return { key, value }
  }
  return undefined
}

function isScan(runtime: Runtime, operation: LookupOperation, key: RefKey): boolean {
  return capability(runtime, operation).scan?.includes(key) ?? false
}

/** Refuses a scan that was not asked for, because it costs a full listing. */
export function requireScan(runtime: Runtime, operation: LookupOperation, key: RefKey, call: LookupCall): void {
  if (call.scan === true) return
  throw new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} has no lookup by ${key}: it takes reading every contact. Pass { scan: true } to have that done, or name the contact by ${capability(runtime, operation).by.join(' or ')}.`,
  })
}

/** The error for a key that the operation cannot look up by at all. */
export function noLookup(runtime: Runtime, operation: LookupOperation, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} cannot ${operation} by ${key}; it can by ${capability(runtime, operation).by.join(', ')}.`,
  })
}

function notFound(runtime: Runtime, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'not_found',
    message: `${runtime.adapter.provider} has no contact with that ${key}.`,
  })
}

function ambiguous(runtime: Runtime, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several contacts of ${runtime.adapter.provider} have that ${key}. List them with where, and name one by its id.`,
  })
}
