import {
  type AdapterContext,
  type Contact,
  ContactsError,
  type ContactWrite,
  diffContact,
} from '@anycontact/core'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import { callOf, isCode, type NextCall, wasLost } from './calls.ts'
import { PROVIDER, who } from './errors.ts'
import { listTwins, readAgain } from './lookup.ts'
import { type CognipeerRecord, type CognipeerVendorFields, toContact, toCreateBody } from './mapping.ts'
import { leftoversOf, planChanges } from './plan.ts'
import type { CognipeerRuntime, LookupKey } from './runtime.ts'

/** So far apart may the server's clock and ours be. */
const CLOCK_SKEW_MS = 5 * 60_000

type Found = Contact<CognipeerRecord>
type Body = ReturnType<typeof toCreateBody>

/**
 * Creates a contact. When the answer is lost and there is an external id or an email, the contact is looked up by it: it is taken
 * for the one that was made, or, when it is surely not there, the create is sent once more.
 */
export async function create(
  runtime: CognipeerRuntime,
  write: ContactWrite,
  context: AdapterContext<CognipeerVendorFields>,
): Promise<Found> {
  const next = callOf(runtime, context)
  const body = toCreateBody(write, context.vendor)
  const startedAt = runtime.now()
  const answer = await sendOnce(runtime, body, write, startedAt, next)
  const record = await wholeRecord(runtime, body, answer, next)
  checkIsOurs(body, record, context.operation)
  const empty: ContactRecord = { _id: record._id }
  const { plain, objects } = planChanges(empty, write, context.vendor)
  for (const { path, reason } of leftoversOf({ plain, objects }, record)) context.dropField(path, reason)
  return toContact(record)
}

async function sendOnce(
  runtime: CognipeerRuntime,
  body: Body,
  write: ContactWrite,
  startedAt: number,
  next: NextCall,
): Promise<ContactRecord> {
  const attempt = async (): Promise<ContactRecord> =>
    parseContactRecord(await runtime.client.contacts.create(body, next()))
  try {
    return await attempt()
  } catch (error) {
    if (!wasLost(error)) throw error
    const fate = await fateOf(runtime, write, startedAt, error, next)
    if (typeof fate === 'object') return fate
    if (fate === 'unknown' || !runtime.resends) throw error
  }
  try {
    return await attempt()
  } catch (error) {
    // A server that keeps keys unique says so when the first one arrived late.
    if (!wasLost(error) && !isCode(error, 'conflict')) throw error
    const fate = await fateOf(runtime, write, startedAt, error, next)
    if (typeof fate === 'object') return fate
    throw error
  }
}

type Fate = ContactRecord | 'absent' | 'unknown'

/**
 * What became of a create whose answer was lost: the record that it made, or that there is none, or that nobody can tell.
 *
 * @param lost - the failure of the create; thrown when the lookup fails too, because it says that the fate is not known
 */
async function fateOf(
  runtime: CognipeerRuntime,
  write: ContactWrite,
  startedAt: number,
  lost: unknown,
  next: NextCall,
): Promise<Fate> {
  try {
    return await lookUpFate(runtime, write, startedAt, next)
  } catch (error) {
    // An abort by the caller is no error of ours.
    throw ContactsError.is(error) ? lost : error
  }
}

async function lookUpFate(
  runtime: CognipeerRuntime,
  write: ContactWrite,
  startedAt: number,
  next: NextCall,
): Promise<Fate> {
  const key: LookupKey | undefined = write.externalId ? 'integrationId' : write.email ? 'email' : undefined
  const value = key === 'email' ? write.email : write.externalId
  if (key === undefined || !value) return 'unknown'
  const { records } = await listTwins(runtime, key, value, next)
  const ours = records.filter((record) => isOurs(toContact(record), write, startedAt))
  const newest = ours.at(-1)
  if (newest) return newest
  try {
    await runtime.client.contacts.get({ [key]: value }, next())
    return 'unknown'
  } catch (error) {
    if (isCode(error, 'not_found')) return 'absent'
    throw error
  }
}

/** Whether a contact is what a create that began at a time would have made. */
function isOurs(contact: Found, write: ContactWrite, startedAt: number): boolean {
  const { createdAt } = contact
  const isNew = createdAt === undefined || Date.parse(createdAt) >= startedAt - CLOCK_SKEW_MS
  return isNew && diffContact(contact, write) === undefined
}

/** Reads the record where the answer does not hold all that was sent. */
async function wholeRecord(
  runtime: CognipeerRuntime,
  body: Body,
  answer: ContactRecord,
  next: NextCall,
): Promise<ContactRecord> {
  const isWhole = ['createdDate', ...Object.keys(body)].every((field) => Object.hasOwn(answer, field))
  if (isWhole) return answer
  try {
    return await readAgain(runtime, { ...body, ...answer }, next)
  } catch (error) {
    // It was made, and is not found yet, or not by what there is to look it up by.
    if (isCode(error, 'not_found')) return { ...body, ...answer }
    throw ContactsError.is(error) ? madeButUnread(error, answer) : error
  }
}

/** The read failed, not the create: who makes the call again would make a second contact. */
function madeButUnread(error: ContactsError, { _id }: ContactRecord): ContactsError {
  return new ContactsError({
    ...error.toJSON(),
    message: `${error.message} The contact was made and could not be read back: get it by its id, ${_id}, and do not create it again.`,
    retryable: false,
    cause: error.cause,
  })
}

/** A server may answer a create with a contact that was there: then what was written is not what came back. */
function checkIsOurs(body: Body, record: ContactRecord, operation: string): void {
  const otherText = (['integrationId', 'email', 'name', 'status'] as const).find((field) => {
    const sent = body[field]
    return typeof sent === 'string' && !sameLoosely(sent, record[field] ?? '')
  })
  const other =
    otherText ?? (hasOtherTags(body, record) ? 'tags' : hasOtherPhone(body, record) ? 'phone' : undefined)
  if (other === undefined) return
  throw new ContactsError({
    code: 'conflict',
    message: `${who(operation)} the server answered a contact with another ${other} than the one to create: it has one with the same externalId or email, and made none. Use upsert to change that one.`,
    provider: PROVIDER,
    operation,
  })
}

/** Whether a record has a tag that nobody sent. */
function hasOtherTags({ tags: sent }: Body, { tags }: ContactRecord): boolean {
  if (!Array.isArray(sent)) return false
  return (tags ?? []).some((tag) => !sent.some((each) => typeof each === 'string' && sameLoosely(each, tag)))
}

/** Whether a record has another phone number; a server may add or take away the prefix. */
function hasOtherPhone({ phone: sent }: Body, { phone }: ContactRecord): boolean {
  if (typeof sent !== 'string' || !phone) return false
  const [a, b] = [sent, phone].map((text) => text.replace(/\D+/g, '').replace(/^0+/, ''))
  return a !== undefined && b !== undefined && !a.endsWith(b) && !b.endsWith(a)
}

/** Whether two texts are the same but for case, blanks and signs, which a server may change. */
function sameLoosely(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')
  return plain(a) === plain(b)
}
