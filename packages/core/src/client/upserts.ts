import type { AdapterUpsertResult, UpsertOutcome, UpsertResult } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { isPlainObject } from '../model/json.ts'
import { REF_KEYS, type RefKey } from '../model/ref.ts'
import { diffContact, sameContact } from './diff.ts'
import { invalidInput } from './invalid-input.ts'
import type { KeyIndex } from './key-index.ts'
import { checkAnswer, findExisting, hasNativeLookup, keyIndex, normalKey, sameKey } from './lookup.ts'
import { ambiguous, noLookup, requireScan } from './lookup-errors.ts'
import { type Call, capability, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { confirmUpserted } from './stored.ts'
import { checkWrite, isEmpty, sendCreate, sendUpdate } from './writes.ts'

/** A call of an upsert: which key tells whether the contact is there. */
export interface UpsertCall extends Call {
  readonly by: RefKey
}

/** An upsert's input when it has been checked, with the value of the key. */
export interface CheckedUpsert {
  readonly write: ContactWrite
  /** As it was given. */
  readonly value: string
  /** In the form that contacts are compared by. */
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
    if (!call.scan) throw requireScan(runtime, 'upsert', call.by)
  }
  const write = checkWrite(runtime, call, 'input', input, declared)
  const value = write[call.by]
  if (typeof value !== 'string') {
    // It was given, and the provider cannot store it: there is nothing left to go by, whatever may be left out.
    if (isPlainObject(input) && typeof input[call.by] === 'string') throw unstorableKey(runtime, call)
    const message = 'must be given, because it tells whether the contact is there'
    throw invalidInput([{ path: call.by, message }])
  }
  return { write, value, key: normalKey(runtime.adapter, call.by, value) }
}

function unstorableKey({ adapter: { provider } }: Runtime, { by, scope }: UpsertCall): ContactsError {
  const message = 'cannot be stored as it is, and tells which contact it is'
  return new ContactsError({
    code: 'unsupported_field',
    message: `${provider} cannot upsert by this ${by}: it ${message}. Upsert by another key, or change it. Nothing was sent.`,
    provider,
    operation: scope.operation,
    issues: [{ path: by, message }],
  })
}

/**
 * Upserts a contact: natively by the keys that the provider has, else by finding it and writing what differs. Upserts of one key
 * wait for each other, so that several at once on one client make one contact.
 */
export function upsertContact(
  runtime: Runtime,
  checked: CheckedUpsert,
  call: UpsertCall,
): Promise<AdapterUpsertResult> {
  return runtime.queue.run([queueKey(call.by, checked)], () => {
    // The caller may have given up while it waited.
    call.scope.signal.throwIfAborted()
    return upsertNow(runtime, checked, call)
  })
}

/** What upserts of one contact wait for each other by. */
export function queueKey(by: RefKey, { key }: CheckedUpsert): string {
  return `${by}:${key}`
}

/** Sees to it that a native upsert wrote to the contact that was meant, and that all of it was kept. */
export async function finishUpsert(
  runtime: Runtime,
  { write, value }: Pick<CheckedUpsert, 'write' | 'value'>,
  result: AdapterUpsertResult,
  call: UpsertCall,
): Promise<AdapterUpsertResult> {
  checkAnswer(runtime, { key: call.by, value }, result.contact, 'upsert')
  const contact = await confirmUpserted(runtime, write, result, call)
  warnOfDeleted(runtime, contact, call)
  return { ...result, contact }
}

async function upsertNow(
  runtime: Runtime,
  { write, value }: CheckedUpsert,
  call: UpsertCall,
): Promise<AdapterUpsertResult> {
  const { by } = call
  const declared = capability(runtime, 'upsert')
  if (declared.mode === 'native' && declared.by.includes(by)) {
    const upsert = nativeMethod(runtime, 'upsert', runtime.adapter.upsert)
    const result = await upsert.call(runtime.adapter, write, by, createContext(runtime, call))
    return finishUpsert(runtime, { write, value }, result, call)
  }
  // The index gives an id, which must then lead to the contact without another scan.
  const usesIndex = call.batch && !hasNativeLookup(runtime, by) && hasNativeLookup(runtime, 'id')
  const index = usesIndex ? await keyIndex(runtime, by, call) : undefined
  const existing = index
    ? await findIndexed(runtime, index, value, call)
    : await findExisting(runtime, { key: by, value }, call)
  if (!existing) {
    const contact = await sendCreate(runtime, write, call)
    index?.set(value, contact.id)
    return { contact, outcome: 'created' }
  }
  return change(runtime, existing, write, call)
}

async function change(
  runtime: Runtime,
  existing: Contact,
  write: ContactWrite,
  call: UpsertCall,
): Promise<UpsertResult> {
  const changes = changesTo(runtime, existing, write, call)
  const mayBeSame = call.vendor === undefined && existing.deleted !== true
  if (isEmpty(changes) && mayBeSame) return { contact: existing, outcome: 'unchanged' }
  const { id: _id, ...whole } = write
  // One that is kept as deleted is written to in any case: that nothing differs would hide that it is not there.
  const sent = isEmpty(changes) && existing.deleted === true ? whole : changes
  const contact = await sendUpdate(runtime, existing, sent, { ...call, current: existing })
  // A provider may rewrite what it is given to what is there already. What vendor-only fields do cannot be seen here.
  const unchanged = mayBeSame && sameContact(existing, contact)
  warnOfDeleted(runtime, contact, call)
  return { contact, outcome: unchanged ? 'unchanged' : 'updated' }
}

/** Warns of a contact that was upserted and is kept as deleted all the same: no listing shows it. */
function warnOfDeleted(
  { adapter: { provider }, policy }: Runtime,
  { id, deleted }: Contact,
  { scope }: Call,
): void {
  if (deleted !== true) return
  policy.onWarning?.({
    code: 'still_deleted',
    provider,
    operation: scope.operation,
    message: `${provider} keeps the contact with the id ${id} as deleted: it was written to, and listings leave it out. Restore it at the provider.`,
  })
}

/** What an upsert would do, as far as can be known without writing. */
export async function planUpsert(runtime: Runtime, input: unknown, call: UpsertCall): Promise<UpsertOutcome> {
  const { write, value } = checkUpsert(runtime, input, call)
  const existing = hasNativeLookup(runtime, call.by)
    ? await findExisting(runtime, { key: call.by, value }, call)
    : await findIndexed(runtime, await keyIndex(runtime, call.by, call), value, call)
  if (!existing) return 'created'
  const isSame = isEmpty(changesTo(runtime, existing, write, call)) && existing.deleted !== true
  return isSame ? 'unchanged' : 'updated'
}

/** What of a write differs from the contact that is there. @throws ContactsError `conflict` for another id */
function changesTo(runtime: Runtime, existing: Contact, write: ContactWrite, call: UpsertCall): ContactWrite {
  const same = (field: RefKey, present: string, wanted: string): boolean =>
    sameKey(runtime.adapter, field, present, wanted)
  const { id, ...changes } = diffContact(existing, write, same) ?? {}
  if (id === undefined) return changes
  throw new ContactsError({
    code: 'conflict',
    message: `The contact with that ${call.by} has another id than the one given, and an id cannot be changed. Leave id out.`,
  })
}

async function findIndexed(
  runtime: Runtime,
  index: KeyIndex,
  value: string,
  call: UpsertCall,
): Promise<Contact | undefined> {
  const { by } = call
  const id = index.idOf(value)
  if (id === undefined) return undefined
  if (id === null) throw ambiguous(runtime, by)
  // The index knows what was there when it was made; the contact may be another's by now.
  const found = await findExisting(runtime, { key: 'id', value: id }, call)
  const shown = found?.[by]
  const isMoved = shown !== undefined && !sameKey(runtime.adapter, by, shown, value)
  return isMoved ? findExisting(runtime, { key: by, value }, call) : found
}
