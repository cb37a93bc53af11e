import type { UpsertResult } from '../adapter/adapter.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type ContactRef, REF_KEYS, type RefKey } from '../model/ref.ts'
import { diffContact } from './diff.ts'
import { findContact, getContact, keyIndex, type LookupCall, noLookup, requireScan, targetOf } from './lookup.ts'
import { capability, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { checkWrite, invalidInput } from './validate.ts'

/** Creates a contact. */
export async function createContact(runtime: Runtime, input: unknown, call: LookupCall): Promise<Contact> {
  const declared = capability(runtime, 'create')
  return sendCreate(runtime, checkWrite(runtime, call.operation, 'input', input, declared.fields), call)
}

/** Changes a contact; an empty patch writes nothing and reads the contact. */
export async function updateContact(
  runtime: Runtime,
  ref: ContactRef,
  patch: unknown,
  call: LookupCall,
): Promise<Contact> {
  const declared = capability(runtime, 'update')
  const write = checkWrite(runtime, call.operation, 'patch', patch, declared.fields)
  if (Object.keys(write).length === 0 && call.vendor === undefined) return getContact(runtime, ref, call)
  const target = await targetOf(runtime, 'update', ref, call)
  const update = nativeMethod(runtime, 'update', runtime.adapter.update)
  return update.call(runtime.adapter, target, write, createContext(runtime, call))
}

/** Deletes a contact. */
export async function deleteContact(runtime: Runtime, ref: ContactRef, call: LookupCall): Promise<void> {
  const target = await targetOf(runtime, 'delete', ref, call)
  const remove = nativeMethod(runtime, 'delete', runtime.adapter.delete)
  return remove.call(runtime.adapter, target, createContext(runtime, call))
}

/** A call of an upsert: which key tells whether the contact is there. */
export interface UpsertCall extends LookupCall {
  readonly by: RefKey
}

/** Upserts a contact: natively by the keys that the provider has, else by finding it and writing what differs. */
export async function upsertContact(runtime: Runtime, input: unknown, call: UpsertCall): Promise<UpsertResult> {
  const { write, value } = checkUpsert(runtime, input, call)
  const declared = capability(runtime, 'upsert')
  if (declared.mode === 'native' && declared.by.includes(call.by)) {
    const upsert = nativeMethod(runtime, 'upsert', runtime.adapter.upsert)
    return upsert.call(runtime.adapter, write, call.by, createContext(runtime, call))
  }
  const index = call.batch && needsScan(runtime, call.by) ? await keyIndex(runtime, call.by, call) : undefined
  const existing = index
    ? await indexed(runtime, index, call, value)
    : await findContact(runtime, toRef(call.by, value), call)
  if (!existing) {
    const contact = await sendCreate(runtime, write, call)
    index?.set(value, contact.id)
    return { contact, outcome: 'created' }
  }
  const { id: _id, ...changes } = diffContact(existing, write) ?? {}
  if (Object.keys(changes).length === 0 && call.vendor === undefined) return { contact: existing, outcome: 'unchanged' }
  const target = await targetOf(runtime, 'update', existing, call)
  const update = nativeMethod(runtime, 'update', runtime.adapter.update)
  const contact = await update.call(runtime.adapter, target, changes, createContext(runtime, call))
  return { contact, outcome: 'updated' }
}

/** Checks an upsert's input and key. */
export function checkUpsert(
  runtime: Runtime,
  input: unknown,
  call: UpsertCall,
): { readonly write: ContactWrite; readonly value: string } {
  const declared = capability(runtime, 'upsert')
  if (!REF_KEYS.includes(call.by)) {
    throw invalidInput([{ path: 'by', message: `must be one of ${[...declared.by, ...(declared.scan ?? [])].join(', ')}` }])
  }
  if (!declared.by.includes(call.by)) {
    if (!declared.scan?.includes(call.by)) throw noLookup(runtime, 'upsert', call.by)
    requireScan(runtime, 'upsert', call.by, call)
  }
  const write = checkWrite(runtime, call.operation, 'input', input, declared.fields)
  const value = write[call.by]
  if (typeof value !== 'string') {
    throw invalidInput([{ path: call.by, message: 'must be given, because it tells whether the contact is there' }])
  }
  return { write, value }
}

function needsScan(runtime: Runtime, key: RefKey): boolean {
  return !capability(runtime, 'get').by.includes(key)
}

async function indexed(
  runtime: Runtime,
  index: Map<string, string | null>,
  call: UpsertCall,
  value: string,
): Promise<Contact | undefined> {
  const id = index.get(value)
  if (id === undefined) return undefined
  if (id !== null) return findContact(runtime, { id }, call)
  throw new ContactsError({
    code: 'ambiguous',
    message: `Several contacts of ${runtime.adapter.provider} have that ${call.by}. Update the one that is meant by its id.`,
  })
}

function sendCreate(runtime: Runtime, write: ContactWrite, call: LookupCall): Promise<Contact> {
  const create = nativeMethod(runtime, 'create', runtime.adapter.create)
  return create.call(runtime.adapter, write, createContext(runtime, call))
}

function toRef(key: RefKey, value: string): ContactRef {
  switch (key) {
    case 'id':
      return { id: value }
    case 'externalId':
      return { externalId: value }
    case 'email':
      return { email: value }
    case 'phone':
      return { phone: value }
  }
}
