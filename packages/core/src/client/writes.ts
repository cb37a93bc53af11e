import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type ContactRef, isContact, type ResolvedRef, resolveRef } from '../model/ref.ts'
import { checkAnswer, hasNativeLookup, lookUp, targetOf } from './lookup.ts'
import { type Call, capability, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { confirmCreated, confirmStored } from './stored.ts'
import { checkWrite } from './validate.ts'

/** Creates a contact. */
export async function createContact(runtime: Runtime, input: unknown, call: Call): Promise<Contact> {
  const declared = capability(runtime, 'create')
  return sendCreate(runtime, checkWrite(runtime, call, 'input', input, declared), call)
}

/** Changes a contact; an empty patch writes nothing and reads the contact, where there is a way to read it. */
export async function updateContact(
  runtime: Runtime,
  ref: ContactRef,
  patch: unknown,
  call: Call,
): Promise<Contact> {
  const declared = capability(runtime, 'update')
  const resolved = resolveRef(ref, runtime.adapter.provider)
  const write = checkWrite(runtime, call, 'patch', patch, declared)
  const isReadable = hasNativeLookup(runtime, resolved.key) || !declared.by.includes(resolved.key)
  if (isEmpty(write) && call.vendor === undefined && isReadable) {
    return lookUp(runtime, resolved, call, 'update')
  }
  return sendUpdate(runtime, ref, write, call)
}

/**
 * Deletes a contact. That it is gone already is a failure, unless an earlier attempt of this very call, whose answer was lost, may
 * have deleted it.
 */
export async function deleteContact(runtime: Runtime, ref: ContactRef, call: Call): Promise<void> {
  const target = await targetOf(runtime, 'delete', ref, call)
  const remove = nativeMethod(runtime, 'delete', runtime.adapter.delete)
  await unlessGoneByUs(() => remove.call(runtime.adapter, target, createContext(runtime, call)))
}

/** Does a deletion, and takes what an earlier attempt may have deleted for deleted. */
export async function unlessGoneByUs(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    const isGone = ContactsError.is(error) && error.code === 'not_found' && error.applied === 'unknown'
    if (!isGone) throw error
  }
}

/** Creates a contact from a write that has been checked, and sees to it that all of it was kept. */
export async function sendCreate(runtime: Runtime, write: ContactWrite, call: Call): Promise<Contact> {
  const create = nativeMethod(runtime, 'create', runtime.adapter.create)
  const context = createContext(runtime, call)
  const contact = await create.call(runtime.adapter, write, context)
  return confirmCreated(runtime, write, contact, call)
}

/** Changes a contact by a write that has been checked, and sees to it that all of it was kept. */
export async function sendUpdate(
  runtime: Runtime,
  ref: ContactRef,
  changes: ContactWrite,
  call: Call,
): Promise<Contact> {
  const target = await targetOf(runtime, 'update', ref, call)
  const update = nativeMethod(runtime, 'update', runtime.adapter.update)
  const contact = await update.call(runtime.adapter, target, changes, createContext(runtime, call))
  checkUpdated(runtime, target, changes, contact)
  const before = call.current ?? (isContact(ref) ? ref : undefined)
  return confirmStored(runtime, changes, contact, call, before)
}

/** Checks that the answer to an update is about the contact that was to be changed. */
export function checkUpdated(
  runtime: Runtime,
  target: ResolvedRef,
  changes: ContactWrite,
  contact: Contact,
): void {
  // What the contact was named by may be what was changed.
  const { key } = target
  if (key === 'id' || changes[key] === undefined) checkAnswer(runtime, target, contact, 'get')
}

/** Whether a write says nothing. */
export function isEmpty(write: ContactWrite): boolean {
  return Object.keys(write).length === 0
}
