import type { AdapterUpsertResult, UpsertResult } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactMethod } from '../model/contact-method.ts'
import type { ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactWrite } from '../model/input.ts'
import { isPlainObject, type JsonObject, sameJson } from '../model/json.ts'
import { REF_KEYS, type RefKey } from '../model/ref.ts'
import { invalidInput } from './invalid-input.ts'
import type { KeyIndex } from './key-index.ts'
import {
  checkAnswer,
  findExisting,
  hasNativeLookup,
  keyIndex,
  keysOf,
  normalKey,
  noteSpelling,
  sameKey,
} from './lookup.ts'
import { ambiguous, noLookup, requireScan, unstorableKey } from './lookup-errors.ts'
import { type Call, capability, createContext, nativeMethod, notingDoubts, type Runtime } from './runtime.ts'
import { confirmUpserted } from './stored.ts'
import { checkWrite, inTurn, isEmpty, sendCreate, sendUpdate } from './writes.ts'

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
    if (isPlainObject(input) && typeof input[call.by] === 'string') throw unstorableKey(runtime, call.by)
    const message = 'must be given, because it tells whether the contact is there'
    throw invalidInput([{ path: call.by, message }])
  }
  return { write, value, key: normalKey(runtime.adapter, call.by, value) }
}

/**
 * Upserts a contact: natively by the keys that the provider has, else by finding it and writing what differs. Creates and upserts
 * that share a key wait for each other, so that several at once on one client make one contact.
 */
export function upsertContact(
  runtime: Runtime,
  checked: CheckedUpsert,
  call: UpsertCall,
): Promise<AdapterUpsertResult> {
  const keys = keysOf(runtime.adapter, checked.write)
  return inTurn(runtime, keys, call.scope, () => upsertNow(runtime, checked, call))
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
  { write, value, key }: CheckedUpsert,
  call: UpsertCall,
): Promise<AdapterUpsertResult> {
  const { by } = call
  const declared = capability(runtime, 'upsert')
  if (declared.mode === 'native' && declared.by.includes(by)) {
    const upsert = nativeMethod(runtime, 'upsert', runtime.adapter.upsert)
    const upserting = upsert.call(runtime.adapter, write, by, createContext(runtime, call))
    const result = await notingDoubts(runtime, keysOf(runtime.adapter, write), call, upserting)
    return finishUpsert(runtime, { write, value }, result, call)
  }
  // The index gives an id, which must then lead to the contact without another scan.
  const usesIndex = call.batch && !hasNativeLookup(runtime, by) && hasNativeLookup(runtime, 'id')
  const index = usesIndex ? await keyIndex(runtime, by, call) : undefined
  const existing = index
    ? await findIndexed(runtime, index, value, call)
    : await findExisting(runtime, { key: by, value }, call)
  const result: UpsertResult = existing
    ? await change(runtime, existing, write, call)
    : { contact: await sendCreate(runtime, write, call, `${by}:${key}`), outcome: 'created' }
  if (!existing) index?.set(value, result.contact.id)
  noteSpelling(runtime, by, result.contact)
  return result
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

/** What of a write differs from the contact that is there. @throws ContactsError `conflict` for another id */
export function changesTo(
  runtime: Runtime,
  existing: Contact,
  write: ContactWrite,
  call: UpsertCall,
): ContactWrite {
  const same = (field: RefKey, present: string, wanted: string): boolean =>
    sameKey(runtime.adapter, field, present, wanted)
  const { id, ...changes } = diffContact(existing, write, same) ?? {}
  // A provider may make a name of its parts.
  const isUnnamed = write.name === null && ('givenName' in changes || 'familyName' in changes)
  if (id === undefined) return isUnnamed ? { ...changes, name: null } : changes
  throw new ContactsError({
    code: 'conflict',
    message: `The contact with that ${call.by} has another id than the one given, and an id cannot be changed. Leave id out.`,
  })
}

export async function findIndexed(
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

/**
 * The part of a write that would change a contact. Custom fields are compared key by key, tags in any order, times as moments,
 * contact methods in any order and by what the write says of them.
 *
 * @param contact - the contact as it is
 * @param write - what is to be written
 * @param same - tells whether two spellings of an email address, phone number or id are the same to the provider;
 * default: equal text
 * @returns `undefined` when nothing would change
 */
export function diffContact(
  contact: Contact,
  write: ContactWrite,
  same: (key: RefKey, present: string, wanted: string) => boolean = () => false,
): ContactWrite | undefined {
  const changed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(write)) {
    if (value === undefined) continue
    if (field === 'customFields') {
      const fields = diffCustomFields(contact.customFields, write.customFields ?? null)
      if (fields !== undefined) changed[field] = fields
    } else if (!sameField(contact, field, value) && !hasSameKey(contact, field, value, same)) {
      changed[field] = value
    }
  }
  return Object.keys(changed).length === 0 ? undefined : (changed as ContactWrite) // a part of the write it was given
}

/**
 * Tells whether two readings of a contact say the same, leaving aside when it was last updated and the vendor's record.
 *
 * @param before - one reading
 * @param after - another one
 */
export function sameContact(before: Contact, after: Contact): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  fields.delete('raw')
  fields.delete('updatedAt')
  return [...fields].every((field) => sameJson(Reflect.get(before, field), Reflect.get(after, field)))
}

function hasSameKey(
  contact: Contact,
  field: string,
  wanted: unknown,
  same: (key: RefKey, present: string, wanted: string) => boolean,
): boolean {
  const key = REF_KEYS.find((candidate) => candidate === field)
  const present = key && contact[key]
  return (
    key !== undefined && present !== undefined && typeof wanted === 'string' && same(key, present, wanted)
  )
}

function sameField(contact: Contact, field: string, value: unknown): boolean {
  const present: unknown = Reflect.get(contact, field)
  if (field === 'contactMethods')
    return sameMethods(contact.contactMethods, Array.isArray(value) ? value : [])
  if (field === 'tags') return sameTags(contact.tags ?? [], Array.isArray(value) ? value : [])
  return sameValue(field, present, value)
}

function sameValue(field: string, present: unknown, value: unknown): boolean {
  if (field === 'verifiedAt' && typeof present === 'string' && typeof value === 'string') {
    return Date.parse(present) === Date.parse(value)
  }
  return (present ?? null) === value
}

/** Tags are a set: a provider may give them back in another order. */
function sameTags(present: readonly string[], wanted: readonly unknown[]): boolean {
  const [left, right] = [new Set<unknown>(present), new Set(wanted)]
  return left.size === right.size && [...left].every((tag) => right.has(tag))
}

function diffCustomFields(present: JsonObject, write: JsonObject | null): JsonObject | null | undefined {
  if (write === null) return Object.keys(present).length === 0 ? undefined : null
  const changed: JsonObject = {}
  for (const [key, value] of Object.entries(write)) {
    const current = Object.hasOwn(present, key) ? present[key] : undefined
    const same =
      value === null
        ? current === undefined || current === null
        : current !== undefined && sameJson(current, value)
    if (!same) changed[key] = value
  }
  return Object.keys(changed).length === 0 ? undefined : changed
}

/** Every method that is there is asked for, and none that is asked for differs in what was said of it. */
function sameMethods(present: readonly ContactMethod[], wanted: readonly ContactMethodWrite[]): boolean {
  if (present.length !== wanted.length) return false
  const left = [...present]
  for (const method of wanted) {
    const index = left.findIndex((candidate) => sameMethod(candidate, method))
    if (index < 0) return false
    left.splice(index, 1)
  }
  return true
}

function sameMethod(present: ContactMethod, wanted: ContactMethodWrite): boolean {
  const { primary = false, customFields, ...rest } = wanted
  if (present.primary !== primary) return false
  if (customFields !== undefined) {
    if (diffCustomFields(present.customFields ?? {}, customFields) !== undefined) return false
  }
  return Object.entries(rest).every(
    ([field, value]) => value === undefined || sameValue(field, Reflect.get(present, field), value),
  )
}
