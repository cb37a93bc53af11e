import type { UpsertOutcome, UpsertResult } from '../adapter/adapter.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type ContactRef, REF_KEYS, type RefKey, resolveRef } from '../model/ref.ts'
import { diffContact, sameContact } from './diff.ts'
import {
  ambiguous,
  findExisting,
  hasNativeLookup,
  keyIndex,
  type LookupCall,
  lookUp,
  noLookup,
  requireScan,
  targetOf,
} from './lookup.ts'
import { canonicalKey, capability, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { checkWrite, invalidInput } from './validate.ts'

/** Creates a contact. */
export async function createContact(runtime: Runtime, input: unknown, call: LookupCall): Promise<Contact> {
  const declared = capability(runtime, 'create')
  return sendCreate(runtime, checkWrite(runtime, call.operation, 'input', input, declared.fields), call)
}

/** Changes a contact; an empty patch writes nothing and reads the contact, where there is a way to read it. */
export async function updateContact(
  runtime: Runtime,
  ref: ContactRef,
  patch: unknown,
  call: LookupCall,
): Promise<Contact> {
  const declared = capability(runtime, 'update')
  const resolved = resolveRef(ref, runtime.adapter.provider)
  const write = checkWrite(runtime, call.operation, 'patch', patch, declared.fields)
  const isReadable = hasNativeLookup(runtime, resolved.key) || !declared.by.includes(resolved.key)
  if (isEmpty(write) && call.vendor === undefined && isReadable) {
    return lookUp(runtime, resolved, call, 'update')
  }
  return sendUpdate(runtime, ref, write, call)
}

/** Deletes a contact. */
export async function deleteContact(runtime: Runtime, ref: ContactRef, call: LookupCall): Promise<void> {
  const target = await targetOf(runtime, 'delete', ref, call)
  const remove = nativeMethod(runtime, 'delete', runtime.adapter.delete)
  await remove.call(runtime.adapter, target, createContext(runtime, call))
}

/** A call of an upsert: which key tells whether the contact is there. */
export interface UpsertCall extends LookupCall {
  readonly by: RefKey
}

/** An upsert's input when it has been checked, with the value of the key. */
export interface CheckedUpsert {
  readonly write: ContactWrite
  /** As it was given. */
  readonly value: string
  /** In the spelling that contacts are compared by. */
  readonly key: string
}

/** Checks an upsert's input and key. */
export function checkUpsert(runtime: Runtime, input: unknown, call: UpsertCall): CheckedUpsert {
  const declared = capability(runtime, 'upsert')
  if (!REF_KEYS.includes(call.by)) {
    const known = [...declared.by, ...(declared.scan ?? [])]
    throw invalidInput([{ path: 'by', message: `must be one of ${known.join(', ')}` }])
  }
  if (!declared.by.includes(call.by)) {
    if (!declared.scan?.includes(call.by)) throw noLookup(runtime, 'upsert', call.by)
    requireScan(runtime, 'upsert', call.by, call)
  }
  const write = checkWrite(runtime, call.operation, 'input', input, declared.fields)
  const value = write[call.by]
  if (typeof value !== 'string') {
    const message = 'must be given, because it tells whether the contact is there'
    throw invalidInput([{ path: call.by, message }])
  }
  return { write, value, key: canonicalKey(runtime, call.by, value) }
}

/** Upserts a contact: natively by the keys that the provider has, else by finding it and writing what differs. */
export async function upsertContact(
  runtime: Runtime,
  { write, value, key }: CheckedUpsert,
  call: UpsertCall,
): Promise<UpsertResult> {
  const declared = capability(runtime, 'upsert')
  if (declared.mode === 'native' && declared.by.includes(call.by)) {
    const upsert = nativeMethod(runtime, 'upsert', runtime.adapter.upsert)
    return upsert.call(runtime.adapter, write, call.by, createContext(runtime, call))
  }
  // The index gives an id, which must then lead to the contact without another scan.
  const usesIndex = call.batch && !hasNativeLookup(runtime, call.by) && hasNativeLookup(runtime, 'id')
  const index = usesIndex ? await keyIndex(runtime, call.by, call) : undefined
  const existing = index
    ? await findIndexed(runtime, index, key, call)
    : await findExisting(runtime, { key: call.by, value }, call)
  if (!existing) {
    const contact = await sendCreate(runtime, write, call)
    index?.set(key, contact.id)
    return { contact, outcome: 'created' }
  }
  const changes = changesTo(runtime, existing, write, call)
  if (isEmpty(changes) && call.vendor === undefined) return { contact: existing, outcome: 'unchanged' }
  const contact = await sendUpdate(runtime, existing, changes, { ...call, current: existing })
  // A provider may rewrite what it is given to what is there already. What vendor-only fields do cannot be seen here.
  const unchanged = call.vendor === undefined && sameContact(existing, contact)
  return { contact, outcome: unchanged ? 'unchanged' : 'updated' }
}

/** What an upsert would do, as far as can be known without writing. */
export async function planUpsert(runtime: Runtime, input: unknown, call: UpsertCall): Promise<UpsertOutcome> {
  const { write, value, key } = checkUpsert(runtime, input, call)
  const existing = hasNativeLookup(runtime, call.by)
    ? await findExisting(runtime, { key: call.by, value }, call)
    : await findIndexed(runtime, await keyIndex(runtime, call.by, call), key, call)
  if (!existing) return 'created'
  return isEmpty(changesTo(runtime, existing, write, call)) ? 'unchanged' : 'updated'
}

/** What of a write differs from the contact that is there. @throws ContactsError `conflict` for another id */
function changesTo(runtime: Runtime, existing: Contact, write: ContactWrite, call: UpsertCall): ContactWrite {
  const same = (field: RefKey, present: string, wanted: string): boolean =>
    canonicalKey(runtime, field, present) === canonicalKey(runtime, field, wanted)
  const { id, ...changes } = diffContact(existing, write, same) ?? {}
  if (id === undefined) return changes
  throw new ContactsError({
    code: 'conflict',
    message: `The contact with that ${call.by} has another id than the one given, and an id cannot be changed. Leave id out.`,
  })
}

async function findIndexed(
  runtime: Runtime,
  index: ReadonlyMap<string, string | null>,
  key: string,
  call: UpsertCall,
): Promise<Contact | undefined> {
  const id = index.get(key)
  if (id === undefined) return undefined
  if (id === null) throw ambiguous(runtime, call.by)
  // The index knows what was there when the batch began; an earlier item may have changed the contact.
  return findExisting(runtime, { key: 'id', value: id }, call)
}

function sendCreate(runtime: Runtime, write: ContactWrite, call: LookupCall): Promise<Contact> {
  const create = nativeMethod(runtime, 'create', runtime.adapter.create)
  return create.call(runtime.adapter, write, createContext(runtime, call))
}

async function sendUpdate(
  runtime: Runtime,
  ref: ContactRef,
  changes: ContactWrite,
  call: LookupCall,
): Promise<Contact> {
  const target = await targetOf(runtime, 'update', ref, call)
  const update = nativeMethod(runtime, 'update', runtime.adapter.update)
  return update.call(runtime.adapter, target, changes, createContext(runtime, call))
}

function isEmpty(write: ContactWrite): boolean {
  return Object.keys(write).length === 0
}
