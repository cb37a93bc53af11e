import { type Condition, type Contact, ContactsError } from '@anycontact/core'
import {
  type AdapterContext,
  type AdapterListQuery,
  type AdapterPage,
  type FilterPlan,
  parseJson,
  readPlace,
  unknownCursor,
  writePlace,
} from '@anycontact/core/adapter-kit'
import { type ContactMethodRequests, MAX_LIMIT } from './api/contact-methods/index.ts'
import { badAnswer, OPEN_END } from './api/errors.ts'
import type { ContactMethodListRequest } from './api/types.ts'
import { type ContactMethodRecord, readRecord } from './api/wire.ts'
import { type ContactMethodsClientRecord, toContact } from './mapping.ts'
import type { ContactMethodsOptions } from './options.ts'
import { readOrNone } from './quirks/other-path.ts'

type Found = Contact<ContactMethodsClientRecord>
type Page = AdapterPage<Found>

/** What reading a page works with. */
interface Reading {
  readonly requests: ContactMethodRequests
  readonly context: AdapterContext
  /** How many methods, or named clients, are read. */
  readonly limit: number
}

/**
 * Plans a query. The server filters contact methods, not contacts, so only what names clients narrows a listing: ids, else a
 * primary address. The clients found are read whole, so a filter never cuts off a contact's other methods.
 */
export function planWhere(conditions: readonly Condition[]): FilterPlan {
  const narrowing =
    conditions.find(({ field, operator }) => field === 'id' && (operator === 'eq' || operator === 'in')) ??
    conditions.find(({ field, operator }) => (field === 'email' || field === 'phone') && operator === 'eq')
  const pushed = narrowing ? [narrowing] : []
  return { pushed, exact: pushed.length === conditions.length }
}

/**
 * One page of contacts. The vendor lists contact methods, so a page is read as one of methods: there are as many contacts as
 * clients on it, or fewer.
 *
 * @param where - as {@link planWhere} has planned it
 */
export async function listPage(
  requests: ContactMethodRequests,
  sortedByClient: NonNullable<ContactMethodsOptions['sortedByClient']>,
  { where: [condition], cursor, pageSize }: AdapterListQuery,
  context: AdapterContext,
): Promise<Page> {
  const reading: Reading = { requests, context, limit: Math.min(pageSize ?? MAX_LIMIT, MAX_LIMIT) }
  if (condition?.field === 'id') return namedPage(reading, idsOf(condition), cursor)
  if (condition) {
    const type = condition.field === 'email' ? 'email' : 'phone'
    const filter = { type, value: String(condition.value), isPrimary: true } as const
    return scatteredPage(reading, { filter, cursor })
  }
  if (sortedByClient === false) return scatteredPage(reading, { cursor })
  return sortedPage(reading, sortedByClient === true ? undefined : sortedByClient, cursor)
}

function idsOf({ value }: Condition): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(values.filter((id) => typeof id === 'string'))].filter((id) => id.trim() !== '')
}

/** Clients that are named by their ids, several at once. */
async function namedPage(
  reading: Reading,
  ids: readonly string[],
  cursor: string | undefined,
): Promise<Page> {
  const { skip } = readPlace(cursor)
  const end = skip + reading.limit
  const contacts = await readContacts(ids.slice(skip, end), (id) => noneIfRefused(reading, id))
  return {
    items: [...contacts.values()],
    nextCursor: end < ids.length ? writePlace({ skip: end }) : undefined,
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the server refuses as an id that cannot be one is no client. */
async function noneIfRefused(reading: Reading, id: string): Promise<readonly ContactMethodRecord[]> {
  try {
    return await readWhole(reading, id)
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'invalid_input' && !UUID.test(id)) return []
    throw error
  }
}

/**
 * A page of a listing in an order that is not known: the clients on it are read with all their methods, and each is given at the
 * place of its oldest one, so that it comes once, whatever pages its methods are on, and nothing must be remembered.
 *
 * @param filter - one that holds for one method a client at most; the client is then given at the place of that one
 */
async function scatteredPage(
  reading: Reading,
  { filter, cursor }: Pick<ContactMethodListRequest, 'filter' | 'cursor'>,
): Promise<Page> {
  const { records, nextCursor } = await readMethods(reading, { filter, cursor })
  const found = groupByClient(records)
  const isEverything = !filter && cursor === undefined && nextCursor === undefined
  const contacts = isEverything
    ? toContacts(found)
    : await readContacts([...found.keys()], (id) => readWhole(reading, id))
  const items = records.flatMap(({ id, clientId }): Found[] => {
    const contact = contacts.get(clientId)
    const isPlace = filter !== undefined || contact?.raw.contactMethods[0]?.id === id
    // A client that is not there any more was deleted in between; one that was given is not given again.
    return contact && isPlace && contacts.delete(clientId) ? [contact] : []
  })
  return { items, nextCursor }
}

/**
 * A page of a listing that is sorted by client: each client is complete when the next one begins, and the last one on the page,
 * which may go on beyond it, is read by itself.
 *
 * @throws ContactsError `bad_response` when it is not sorted
 */
async function sortedPage(
  reading: Reading,
  sort: ContactMethodListRequest['sort'],
  cursor: string | undefined,
): Promise<Page> {
  const [start, after] = cursor === undefined ? [] : readSortedCursor(cursor)
  const { records, nextCursor } = await readMethods(reading, { sort, cursor: start })
  if (!records.every(({ clientId }, at) => clientId >= (records[at - 1]?.clientId ?? after ?? ''))) {
    throw badAnswer(UNSORTED, reading.context.call.operation)
  }
  const groups = groupByClient(records)
  // It was given with the page before, with all its methods.
  if (after !== undefined) groups.delete(after)
  const last = records.at(-1)?.clientId ?? after ?? ''
  if (nextCursor !== undefined && groups.has(last)) groups.set(last, await readWhole(reading, last))
  return {
    items: [...toContacts(groups).values()],
    nextCursor: nextCursor === undefined ? undefined : JSON.stringify([nextCursor, last]),
  }
}

const UNSORTED =
  'the listing is not sorted by client id, so contacts that were given may lack methods. Make the client without `sortedByClient`, and list again.'

/** Where the vendor's listing goes on, and the client that was given last. */
function readSortedCursor(cursor: string): readonly [start: string, after: string] {
  const parsed = parseJson(cursor)
  const [start, after]: readonly unknown[] = parsed.ok && Array.isArray(parsed.value) ? parsed.value : []
  if (typeof start !== 'string' || typeof after !== 'string') throw unknownCursor()
  return [start, after]
}

async function readMethods(
  { requests, context, limit }: Reading,
  request: Pick<ContactMethodListRequest, 'filter' | 'sort' | 'cursor'>,
): Promise<{
  readonly records: readonly ContactMethodRecord[]
  readonly nextCursor: string | undefined
}> {
  const { records, nextCursor, isOpen } = await requests.list({ ...request, limit }, context.call)
  if (isOpen && records.length >= limit) context.noteIncomplete(OPEN_END)
  const read = (record: unknown, index: number): ContactMethodRecord => readRecord(record, `data.${index}`)
  return { records: context.mapRecords(records, read), nextCursor }
}

/** All the methods of a client; none for one that was deleted in between. */
function readWhole({ requests, context }: Reading, id: string): Promise<readonly ContactMethodRecord[]> {
  return readOrNone(requests, id, context, (records, map) => context.mapRecords(records, map))
}

/** The contacts of some clients, read as many at once as `concurrency` lets through. */
async function readContacts(
  ids: readonly string[],
  read: (id: string) => Promise<readonly ContactMethodRecord[]>,
): Promise<Map<string, Found>> {
  const groups = await Promise.all(ids.map(async (id) => [id, await read(id)] as const))
  return toContacts(new Map(groups))
}

/** The contacts of grouped records. */
function toContacts(groups: ReadonlyMap<string, readonly ContactMethodRecord[]>): Map<string, Found> {
  const contacts = new Map<string, Found>()
  for (const [id, records] of groups) if (records.length > 0) contacts.set(id, toContact(id, records))
  return contacts
}

/** Records by client, in the order in which the clients came. */
function groupByClient(records: readonly ContactMethodRecord[]): Map<string, readonly ContactMethodRecord[]> {
  const groups = new Map<string, ContactMethodRecord[]>()
  for (const record of records) {
    const group = groups.get(record.clientId)
    if (group) group.push(record)
    else groups.set(record.clientId, [record])
  }
  return groups
}
