import { type Contact, ContactsError } from '@anycontact/core'
import type { AdapterContext, CallScope, ContactWrite, ResolvedRef } from '@anycontact/core/adapter-kit'
import { badAnswer, PROVIDER, who } from '../api/errors.ts'
import { type CognipeerRecord, readRecord } from '../api/wire.ts'
import {
  ALWAYS_THERE,
  ambiguous,
  findForUpdate,
  findRecord,
  getContact,
  isAlone,
  type LookupKey,
  lookupKeyOf,
  type Workspace,
  wholeRecord,
} from '../lookup.ts'
import { type CognipeerVendorFields, type Data, toContact, toPlainFields } from '../mapping.ts'
import { emptiedKeys, type ObjectChange, objectChanges, refilledObjects } from '../quirks/merged-objects.ts'
import { emptyTexts } from '../quirks/uncleared-text.ts'
import { reportVendorFields } from './vendor-fields.ts'

/** A contact to change: how the vendor is to find it, and what is known of it. */
interface Target {
  readonly key: LookupKey
  readonly value: string
  /** Absent where nothing of it needs to be known. */
  readonly record?: CognipeerRecord | undefined
}

/**
 * Changes a contact. The vendor finds it by its email or integration id alone, so one of them must be the contact's own. A server
 * that did not do all of it at once is asked again in other words.
 */
export async function update(
  workspace: Workspace,
  ref: ResolvedRef,
  patch: ContactWrite,
  context: AdapterContext<CognipeerVendorFields>,
): Promise<Contact<CognipeerRecord>> {
  const { call, vendor } = context
  const plain = toPlainFields(patch, vendor)
  const hasObjects = needsRecord(patch, vendor)
  if (isEmpty(plain) && !hasObjects) return getContact(workspace, ref, context)
  const target = await targetOf(workspace, ref, patch, context)
  const changes = target.record && hasObjects ? objectChanges(target.record, patch, vendor) : []
  const objects = Object.fromEntries(changes.map(({ field, whole }) => [field, whole]))
  let record = await send(workspace, target, { ...plain, ...objects }, call)
  // Only what is cleared, and objects, may have to be said in other words.
  const repairs = hasObjects || Object.values(plain).includes(null) ? [clearMore, refillObjects] : []
  for (const repair of repairs) {
    const data = repair(plain, changes, record)
    const again = isEmpty(data) ? undefined : targetAfter(target, record)
    if (again) record = await send(workspace, again, data, call)
  }
  if (vendor) reportVendorFields(vendor, changes, record, context)
  return toContact(record)
}

/** What a second update sends, for a server that did not clear all that was to be cleared. */
function clearMore(plain: Data, changes: readonly ObjectChange[], record: CognipeerRecord): Data {
  return { ...emptyTexts(plain, record), ...emptiedKeys(changes, record) }
}

/** What a third update sends, for a server that had to let go of parts of an object first. */
function refillObjects(_plain: Data, changes: readonly ObjectChange[], record: CognipeerRecord): Data {
  return refilledObjects(changes, record)
}

/**
 * Finds the key by which the vendor is to find a contact: one that no other contact has.
 *
 * @throws ContactsError `not_found`; `ambiguous` when other contacts share each of its keys; `unsupported` when it has none
 */
async function targetOf(
  workspace: Workspace,
  ref: ResolvedRef,
  patch: ContactWrite,
  { current, vendor, call }: AdapterContext<CognipeerVendorFields>,
): Promise<Target> {
  const named = lookupKeyOf(ref.key)
  if (!current && named && workspace.uniqueKeys.has(named) && !needsRecord(patch, vendor)) {
    return { key: named, value: ref.value }
  }
  const known = current && readRecord(current.raw)
  const { record, aloneBy } = known
    ? { record: known, aloneBy: workspace.seenAlone.get(known) }
    : await findForUpdate(workspace, ref, call)
  const keys = keysInOrder(named, aloneBy, patch).filter((key) => Boolean(record[key]))
  for (const key of keys) {
    const value = record[key]
    if (value && (key === aloneBy || (await isAlone(workspace, record, key, call)))) {
      return { key, value, record }
    }
  }
  throw keys.length > 0
    ? ambiguous(keys[0] === 'email' ? 'email' : 'externalId', call.operation)
    : withoutKey(call.operation)
}

/** Whether an update can only be made with the record at hand: objects are sent whole. */
function needsRecord(patch: ContactWrite, vendor: CognipeerVendorFields | undefined): boolean {
  return patch.customFields !== undefined || vendor?.metadata !== undefined
}

/**
 * A key that stays as it is comes first: an update by it can be repeated. Then one that is known to be the contact's own, then the
 * one that the caller named.
 */
function keysInOrder(
  named: LookupKey | undefined,
  aloneBy: LookupKey | undefined,
  patch: ContactWrite,
): LookupKey[] {
  const changes = { integrationId: patch.externalId !== undefined, email: patch.email !== undefined }
  const rank = (key: LookupKey): number =>
    (changes[key] ? 4 : 0) + (key === aloneBy ? 0 : 2) + (key === named ? 0 : 1)
  return (['integrationId', 'email'] satisfies LookupKey[]).sort((a, b) => rank(a) - rank(b))
}

/** Sends one update and gives the whole record as it is then. */
async function send(
  workspace: Workspace,
  target: Target,
  data: Data,
  call: CallScope,
): Promise<CognipeerRecord> {
  const { key, value, record: before } = target
  let after: CognipeerRecord
  try {
    after = readRecord(await workspace.client.contacts.update({ [key]: value, data }, call))
  } catch (error) {
    const applied = await findApplied(workspace, target, data, call, error)
    if (!applied) throw error
    return applied
  }
  if (before && after._id !== before._id) {
    const shown = after[key] ?? value
    // One that has the key is there in between; of any other nobody asked.
    throw shown === value || shown === data[key]
      ? otherContact(key, call.operation)
      : otherRecord(call.operation)
  }
  return wholeRecord(workspace, after, { [key]: value, ...(before ?? ALWAYS_THERE), ...data }, call)
}

/** An update that changes what the contact is found by is not repeated; whether it arrived is seen at the contact. */
async function findApplied(
  workspace: Workspace,
  { key, record: before }: Target,
  data: Data,
  call: CallScope,
  failure: unknown,
): Promise<CognipeerRecord | undefined> {
  const isLost = ContactsError.is(failure) && failure.applied === 'unknown' && !call.signal.aborted
  if (!isLost || !before || !Object.hasOwn(data, key)) return undefined
  try {
    const { record } = await findRecord(workspace, { key: 'id', value: before._id }, call)
    if ((record[key] ?? null) !== data[key]) return undefined
    call.settleWrites('yes')
    return record
  } catch (error) {
    // Then nobody can tell, which is what the first failure says.
    if (ContactsError.is(error)) return undefined
    throw error
  }
}

/** The target of a further update of a contact that has just been changed. */
function targetAfter({ key: first }: Target, record: CognipeerRecord): Target | undefined {
  const keys: readonly LookupKey[] = [first, first === 'email' ? 'integrationId' : 'email']
  for (const key of keys) {
    const value = record[key]
    if (value) return { key, value, record }
  }
  return undefined
}

function isEmpty(data: Data): boolean {
  return Object.keys(data).length === 0
}

function otherRecord(operation: string): ContactsError {
  return badAnswer('the answer is about another contact than the one that was named.', operation)
}

function otherContact(key: LookupKey, operation: string): ContactsError {
  const name = key === 'email' ? 'email' : 'externalId'
  return new ContactsError({
    code: 'conflict',
    message: `${who(operation)} the server changed another contact with the same ${name}, which came to be in between. Look both up and correct them.`,
    provider: PROVIDER,
    operation,
  })
}

function withoutKey(operation: string): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${who(operation)} this contact has neither an externalId nor an email, and Cognipeer changes contacts by these alone.`,
    provider: PROVIDER,
    operation,
  })
}
