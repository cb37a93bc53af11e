import * as v from 'valibot'
import type { CallScope } from '../call/scope.ts'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { type CommentInput, CommentInputSchema } from '../model/comment-input.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactMethodType } from '../model/contact-method.ts'
import {
  type ContactMethodChange,
  ContactMethodInputSchema,
  ContactMethodPatchSchema,
  type ContactMethodWrite,
} from '../model/contact-method-input.ts'
import {
  ContactInputSchema,
  ContactPatchSchema,
  type ContactWrite,
  type WritableField,
} from '../model/input.ts'
import { isPlainObject, readGiven } from '../model/json.ts'
import { type ContactRef, isContact, type ResolvedRef, resolveRef } from '../model/ref.ts'
import { phoneExtension, writtenArray } from '../model/written.ts'
import { isStored, whyNotStored, withinDeclared, withPrimaries } from './declared-fields.ts'
import { invalidInput } from './invalid-input.ts'
import { checkAnswer, hasNativeLookup, keyName, keysOf, lookUp, targetOf } from './lookup.ts'
import { dropFields, type UnstorablePart, withoutIndex } from './policy.ts'
import { type Call, capability, createContext, nativeMethod, notingDoubts, type Runtime } from './runtime.ts'
import { confirmCreated, confirmStored } from './stored.ts'

/** What a provider can store of a write. */
export interface WriteCapability {
  readonly fields: readonly WritableField[]
  readonly slots?: readonly ContactMethodType[]
}

/**
 * Checks what a write was given and brings it into the form that adapters get.
 *
 * @throws ContactsError `invalid_input`, and `unsupported_field` for fields outside `fields`; each tells of all that is wrong
 */
export function checkWrite(
  runtime: Runtime,
  call: Call,
  kind: 'input' | 'patch',
  given: unknown,
  { fields, slots }: WriteCapability,
): ContactWrite {
  const checked: ContactWrite = check(kind === 'input' ? ContactInputSchema : ContactPatchSchema, given)
  const write = slots ? withPrimaries(checked, slots) : checked
  const agreed = agree(write, fields.includes('contactMethods'))
  const { capabilities } = runtime.adapter
  const { customFields } = capabilities
  const isNew = call.scope.operation.startsWith('create')
  const foreign = (Object.keys(write) as WritableField[]).filter(
    // Clearing what the provider does not have, or what is not there yet, is done already.
    (field) =>
      !fields.includes(field) && (write[field] !== null || (!isNew && isStored(capabilities, field))),
  )
  const picked = pick(agreed, fields)
  const storable =
    customFields || slots ? withinDeclared(picked, customFields, slots) : { write: picked, unstorable: [] }
  const extended = runtime.adapter.keepsExtensions === false ? extendedNumbers(storable.write) : []
  const unstorable = [
    ...foreign.map((path) => ({ path, reason: whyNotStored(capabilities, path) })),
    ...storable.unstorable,
    ...extended.map((path) => ({ path, reason: 'it stores phone numbers without their extension' })),
  ]
  if (unstorable.length > 0) dropFields(runtime, call.scope.operation, unstorable)
  return withoutNotKept(runtime, without(storable.write, extended), call)
}

/** The paths of the numbers that have an extension. */
function extendedNumbers({ phone, contactMethods }: ContactWrite): string[] {
  const hasOne = (value: string | null | undefined): boolean =>
    typeof value === 'string' && phoneExtension(value) !== undefined
  const methods = (contactMethods ?? []).flatMap(({ type, value }, index) =>
    type !== 'email' && type !== 'other' && hasOne(value) ? [`contactMethods.${index}`] : [],
  )
  return hasOne(phone) ? ['phone', ...methods] : methods
}

/** A write without some of its numbers. */
function without(write: ContactWrite, paths: readonly string[]): ContactWrite {
  if (paths.length === 0) return write
  const { phone: _phone, ...others } = write
  const left = paths.includes('phone') ? others : write
  if (!left.contactMethods) return left
  const isLeft = (_: unknown, index: number): boolean => !paths.includes(`contactMethods.${index}`)
  return { ...left, contactMethods: left.contactMethods.filter(isLeft) }
}

/** Leaves out what an earlier item of the batch showed that the provider does not keep, as the policy says: before it is sent. */
export function withoutNotKept<Write extends object>(
  runtime: Runtime,
  write: Write,
  { batch, scope }: Call,
): Write {
  if (!batch || batch.notKept.size === 0) return write
  const parts: UnstorablePart[] = []
  const isKept = (path: string, value: unknown): boolean => {
    const reason = value === null ? undefined : batch.notKept.get(withoutIndex(path))
    if (reason !== undefined) parts.push({ path, reason })
    return reason === undefined
  }
  /** The members that are kept, at any depth at which a part can be named. */
  const kept = <Value extends object>(value: Value, path: string): Value => {
    const members = Object.entries(value).filter(([key, member]) => isKept(path + key, member))
    const inner = members.map(([key, member]: [string, unknown]): [string, unknown] => {
      if (key === 'customFields' && isPlainObject(member)) return [key, kept(member, `${path}customFields.`)]
      if (key !== 'contactMethods' || !Array.isArray(member)) return [key, member]
      return [key, member.map((method, index) => kept(method, `contactMethods.${index}.`))]
    })
    return Object.fromEntries(inner) as Value // a part of what it was given
  }
  const left = kept(write, '')
  dropFields(runtime, scope.operation, parts)
  return left
}

/** Checks one contact method. @throws ContactsError `invalid_input` */
export function checkMethod(given: unknown): ContactMethodWrite {
  return check(ContactMethodInputSchema, given)
}

/** Checks a change of one contact method. @throws ContactsError `invalid_input` */
export function checkMethodPatch(given: unknown): ContactMethodChange {
  return check(ContactMethodPatchSchema, given)
}

/** Checks a comment. @throws ContactsError `invalid_input` */
export function checkComment(given: unknown): CommentInput {
  return check(CommentInputSchema, given)
}

/** Checks all the methods that a contact is to have. @throws ContactsError `invalid_input` */
export function checkMethods(given: unknown): ContactMethodWrite[] {
  const methods = check(writtenArray(ContactMethodInputSchema), given)
  if (hasSecondPrimary(methods)) throw invalidInput([{ path: '', message: ONE_PRIMARY }])
  return methods
}

const ONE_PRIMARY = 'must have at most one primary a type'

function check<Input, Output>(schema: v.GenericSchema<Input, Output>, given: unknown): Output {
  const { value, problem } = readGiven(given)
  if (problem) throw invalidInput([{ path: problem.path.join('.'), message: problem.message }])
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  throw invalidInput(
    parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
  )
}

/**
 * Makes `email` and `phone` and the primary methods of those types say the same. That a list of methods has no primary clears
 * the field only where the list itself is stored; where it is left out, its primaries are all there is to write.
 */
function agree(write: ContactWrite, storesMethods: boolean): ContactWrite {
  if (write.contactMethods === undefined) return write
  const methods: ContactMethodWrite[] = [...(write.contactMethods ?? [])]
  const issues: ContactsErrorIssue[] = []
  let result = write
  if (hasSecondPrimary(methods)) issues.push({ path: 'contactMethods', message: ONE_PRIMARY })
  for (const field of ['email', 'phone'] as const) {
    const given = write[field]
    const primary = methods.find((method) => method.type === field && method.primary === true)
    if (given === undefined) {
      if (primary || storesMethods) result = { ...result, [field]: primary?.value ?? null }
    } else if (primary === undefined) {
      if (given !== null) promote(methods, field, given)
    } else if (primary.value !== given) {
      issues.push({ path: field, message: 'disagrees with the primary in contactMethods: give one of them' })
    }
  }
  if (issues.length > 0) throw invalidInput(issues)
  return { ...result, contactMethods: write.contactMethods === null && methods.length === 0 ? null : methods }
}

function hasSecondPrimary(methods: readonly ContactMethodWrite[]): boolean {
  const primaries = methods.filter((method) => method.primary === true).map((method) => method.type)
  return new Set(primaries).size < primaries.length
}

function promote(methods: ContactMethodWrite[], type: 'email' | 'phone', value: string): void {
  const index = methods.findIndex((method) => method.type === type && method.value === value)
  const existing = methods[index]
  if (existing) methods[index] = { ...existing, primary: true }
  else methods.push({ type, value, primary: true })
}

function pick(write: ContactWrite, fields: readonly WritableField[]): ContactWrite {
  return Object.fromEntries(
    Object.entries(write).filter(([field]) => fields.some((known) => known === field)),
  )
}

/** Does what touches a contact when all that was begun before with one of its keys is over. */
export function inTurn<Result>(
  { queue }: Runtime,
  keys: readonly string[],
  { signal }: CallScope,
  work: () => Promise<Result>,
): Promise<Result> {
  return queue.run(keys, () => {
    // The caller may have given up while it waited.
    signal.throwIfAborted()
    return work()
  })
}

/** Creates a contact. */
export async function createContact(runtime: Runtime, input: unknown, call: Call): Promise<Contact> {
  const declared = capability(runtime, 'create')
  const write = checkWrite(runtime, call, 'input', input, declared)
  const keys = keysOf(runtime.adapter, write)
  return inTurn(runtime, keys, call.scope, () => sendCreate(runtime, write, call))
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
  return inTurn(runtime, [keyName(runtime.adapter, resolved.key, resolved.value)], call.scope, () =>
    isEmpty(write) && call.vendor === undefined && isReadable
      ? lookUp(runtime, resolved, call, 'update')
      : sendUpdate(runtime, ref, write, call),
  )
}

/**
 * Creates a contact from a write that has been checked, and sees to it that all of it was kept.
 *
 * @param key - what an upsert goes by: it is not sent where an earlier create may still be on its way
 * @throws ContactsError `unavailable`, unsent, where one may be
 */
export async function sendCreate(
  runtime: Runtime,
  write: ContactWrite,
  call: Call,
  key?: string,
): Promise<Contact> {
  if (key !== undefined && (runtime.queue.doubts.has(key) || call.batch?.doubts.has(key)))
    throw mayBeOnItsWay()
  const create = nativeMethod(runtime, 'create', runtime.adapter.create)
  const context = createContext(runtime, call)
  call.scope.forbidRepeating()
  const creating = create.call(runtime.adapter, write, context)
  const contact = await notingDoubts(runtime, keysOf(runtime.adapter, write), call, creating)
  return confirmCreated(runtime, write, contact, call)
}

function mayBeOnItsWay(): ContactsError {
  return new ContactsError({
    code: 'unavailable',
    message:
      'This was not sent: the answer to an earlier create with that key was lost, and it may still be on its way. Look the contact up before you write it again.',
  })
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
