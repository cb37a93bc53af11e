import {
  type AdapterContext,
  type Contact,
  ContactsError,
  type ContactWrite,
  type JsonValue,
  type ResolvedRef,
} from '@anycontact/core'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import { callOf, type NextCall, wasLost } from './calls.ts'
import { PROVIDER, who } from './errors.ts'
import { ambiguous, findForUpdate, findRecord, isUnique, lookupKeyOf, readAgain } from './lookup.ts'
import { type CognipeerRecord, type CognipeerVendorFields, toContact } from './mapping.ts'
import { leftoversOf, needsRecord, planChanges, secondData, thirdData, toData } from './plan.ts'
import type { CognipeerRuntime, FoundRecord, LookupKey } from './runtime.ts'

/** A contact to change: how the vendor is to find it, and what is known of it. */
interface Target {
  readonly key: LookupKey
  readonly value: string
  /** Absent where nothing of it needs to be known. */
  readonly record?: ContactRecord | undefined
}

/**
 * Changes a contact. The vendor finds it by its email or integration id alone, so one of them must be the contact's own.
 *
 * What comes out is compared with what was written: a server that merges objects, or does not take null for "nothing", is asked
 * again in other words, and what still is not as written is reported as a field that cannot be stored.
 */
export async function update(
  runtime: CognipeerRuntime,
  ref: ResolvedRef,
  patch: ContactWrite,
  context: AdapterContext<CognipeerVendorFields>,
): Promise<Contact<CognipeerRecord>> {
  const next = callOf(runtime, context)
  const target = await targetOf(runtime, ref, patch, context, next)
  const plan = planChanges(target.record, patch, context.vendor)
  const data = toData(plan)
  if (Object.keys(data).length === 0) {
    return toContact(target.record ?? (await findRecord(runtime, ref, next)).record)
  }
  let record = await send(runtime, target, data, next)
  let leftovers = leftoversOf(plan, record)
  for (const dataOf of [secondData, thirdData]) {
    const more = dataOf(plan, leftovers)
    const again = more && targetAfter(record)
    if (!more || !again) continue
    record = await send(runtime, again, more, next)
    leftovers = leftoversOf(plan, record)
  }
  for (const { path, reason } of leftovers) context.dropField(path, reason)
  return toContact(record)
}

/** Sends one update and gives the whole record as it is then. */
async function send(
  runtime: CognipeerRuntime,
  { key, value, record: before }: Target,
  data: Record<string, JsonValue>,
  next: NextCall,
): Promise<ContactRecord> {
  const call = next()
  let after: ContactRecord
  try {
    after = parseContactRecord(await runtime.client.contacts.update({ [key]: value, data }, call))
  } catch (error) {
    const applied = wasLost(error) ? await findApplied(runtime, key, data, before, next) : undefined
    if (!applied) throw error
    return applied
  }
  if (before && after._id !== before._id) throw otherContact(key, call.operation)
  if (!isPart(before, data, after)) return after
  return readAgain(runtime, { ...before, ...pickKeys(data), ...pickKeys(after), _id: after._id }, next)
}

/** An update that changes what the contact is found by is not repeated; whether it arrived is seen at the contact. */
async function findApplied(
  runtime: CognipeerRuntime,
  key: LookupKey,
  data: Record<string, JsonValue>,
  before: ContactRecord | undefined,
  next: NextCall,
): Promise<ContactRecord | undefined> {
  if (!before || !Object.hasOwn(data, key)) return undefined
  try {
    const { record } = await findRecord(runtime, { key: 'id', value: before._id }, next)
    return (record[key] ?? null) === data[key] ? record : undefined
  } catch (error) {
    // Then nobody can tell, which is what the first failure says.
    if (ContactsError.is(error)) return undefined
    throw error
  }
}

/** Whether an answer leaves out what the contact has: what it had and nobody changed, or what was written. */
function isPart(
  before: ContactRecord | undefined,
  data: Record<string, JsonValue>,
  after: ContactRecord,
): boolean {
  const had = Object.entries(before ?? { createdDate: 'always there' }).filter(
    ([field]) => !Object.hasOwn(data, field),
  )
  return [...had, ...Object.entries(data)].some(
    ([field, value]) => value !== null && value !== undefined && !Object.hasOwn(after, field),
  )
}

/** The keys of an object that a contact can be looked up by, where they are there. */
function pickKeys(from: Readonly<Record<string, unknown>>): Partial<Record<LookupKey, string>> {
  const keys: Partial<Record<LookupKey, string>> = {}
  for (const key of ['integrationId', 'email'] as const) {
    const value = from[key]
    if (typeof value === 'string') keys[key] = value
    else if (value === null) keys[key] = ''
  }
  return keys
}

/** The target of a further update of a contact that has just been changed. */
function targetAfter(record: ContactRecord): Target | undefined {
  const { integrationId, email } = record
  if (integrationId) return { key: 'integrationId', value: integrationId, record }
  return email ? { key: 'email', value: email, record } : undefined
}

async function targetOf(
  runtime: CognipeerRuntime,
  ref: ResolvedRef,
  patch: ContactWrite,
  context: AdapterContext<CognipeerVendorFields>,
  next: NextCall,
): Promise<Target> {
  const key = lookupKeyOf(ref.key)
  const { current, vendor } = context
  if (!current && key !== undefined && runtime.uniqueKeys.has(key) && !needsRecord(patch, vendor)) {
    return { key, value: ref.value }
  }
  const { record, unique } = current ? knownRecord(runtime, current) : await findForUpdate(runtime, ref, next)
  const keys = keysInOrder(key, unique, patch).filter((candidate) => Boolean(record[candidate]))
  for (const candidate of keys) {
    const value = record[candidate]
    if (value && (unique.has(candidate) || (await isUnique(runtime, record, candidate, next)))) {
      return { key: candidate, value, record }
    }
  }
  if (keys.length > 0) throw ambiguous(keys[0] === 'email' ? 'email' : 'externalId', next().operation)
  throw new ContactsError({
    code: 'unsupported',
    message: `${who(next().operation)} this contact has neither an externalId nor an email, and Cognipeer changes contacts by these alone.`,
    provider: PROVIDER,
    operation: next().operation,
  })
}

function knownRecord(runtime: CognipeerRuntime, { raw }: Contact): FoundRecord {
  const record = parseContactRecord(raw)
  return { record, unique: runtime.seenUnique.get(record) ?? new Set() }
}

/**
 * A key that stays as it is comes first: an update by it can be repeated. Then one that is known to be the contact's own, then the
 * one that the caller named.
 */
function keysInOrder(
  named: LookupKey | undefined,
  unique: ReadonlySet<LookupKey>,
  patch: ContactWrite,
): LookupKey[] {
  const changes: Readonly<Record<LookupKey, boolean>> = {
    integrationId: patch.externalId !== undefined,
    email: patch.email !== undefined,
  }
  const rank = (key: LookupKey): number =>
    (changes[key] ? 4 : 0) + (unique.has(key) ? 0 : 2) + (key === named ? 0 : 1)
  return (['integrationId', 'email'] as LookupKey[]).sort((a, b) => rank(a) - rank(b))
}

function otherContact(key: LookupKey, operation: string | undefined): ContactsError {
  const name = key === 'email' ? 'email' : 'externalId'
  return new ContactsError({
    code: 'conflict',
    message: `${who(operation)} the server changed another contact with the same ${name}, which came to be in between. Look both up and correct them.`,
    provider: PROVIDER,
    operation,
  })
}
