import type { Condition, Contact } from '@anycontact/core'
import {
  type Adapter,
  type AdapterListQuery,
  type CallScope,
  cursorListing,
  type StreamPosition,
  unknownCursor,
  type VendorPage,
} from '@anycontact/core/adapter-kit'
import { isGone, type ListingQuery, positionOf, ROWS_PER_PAGE, walkListing } from './api/contacts/index.ts'
import type { Transport } from './api/transport.ts'
import { type ChatBotKitRecord, readPage } from './api/wire.ts'
import { toContact } from './mapping.ts'

const PREFIX = 'customFields.'

type Listing = Required<Pick<Adapter<never, ChatBotKitRecord>, 'list' | 'stream'>>

/** How contacts are listed: by pages, and as one streamed answer. */
export function createListing(transport: Transport): Listing {
  const contacts = cursorListing<Contact<ChatBotKitRecord>, AdapterListQuery>({
    maxPageSize: ROWS_PER_PAGE,
    read: ({ cursor, limit }, query, { call }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      return readAfter(transport, after, { ...queryOf(query), take: limit }, call)
    },
    map: toContact,
  })
  return {
    list: contacts.page,
    async *stream(query, context) {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
      const walk = { name: 'listContacts', query: queryOf(query), after, call: context.call } as const
      for await (const records of walkListing(transport, walk)) yield context.mapRecords(records, toContact)
    },
  }
}

/** Where a page begins: after a contact. */
interface PagePlace extends StreamPosition {
  /**
   * The id of the contact before that one, blank where it is the first; in listings with a filter. A contact that no longer meets
   * the filter is a bad cursor: the server passes over the one after it. So such a page is asked for with both.
   */
  readonly before?: string | undefined
}

/** One page. A full one has a cursor even when it is the last; a short one has none, because it proves the end. */
async function readAfter(
  transport: Transport,
  after: PagePlace | undefined,
  query: ListingQuery & { readonly take: number },
  call: CallScope,
): Promise<VendorPage> {
  const { before } = after ?? {}
  const take = before === undefined ? query.take : Math.min(query.take + 1, ROWS_PER_PAGE)
  const begin = { take, cursor: before === '' ? undefined : (before ?? after?.id) }
  const { items, cursor } = readPage(
    await transport.json('listContacts', { query: { ...query, ...begin } }, call),
  )
  const isLost = after !== undefined && (await isPlaceLost(transport, after, items, call))
  const known = before === undefined ? items : items.slice(1)
  const records = isLost ? await readLost(transport, after, query, call) : known
  if (isLost ? records.length < query.take : items.length < take) return { records }
  const last = positionOf(records.at(-1))
  if (last === undefined) return { records, nextCursor: cursor ?? undefined }
  const isFiltered = Object.keys(query.meta ?? {}).length > 0
  const penultimate = records.length > 1 ? positionOf(records.at(-2))?.id : (after?.id ?? '')
  return { records, nextCursor: encodeCursor({ ...last, before: isFiltered ? penultimate : undefined }) }
}

/** Whether the place must be found again by its time. The server also answers nothing after a contact that was deleted. */
async function isPlaceLost(
  transport: Transport,
  { id, before }: PagePlace,
  items: readonly unknown[],
  call: CallScope,
): Promise<boolean> {
  if (before !== undefined) return positionOf(items[0])?.id !== id
  return items.length === 0 && (await isGone(transport, id, call))
}

/** The page after a contact that was deleted. */
async function readLost(
  transport: Transport,
  after: StreamPosition,
  { take, ...query }: ListingQuery & { readonly take: number },
  call: CallScope,
): Promise<unknown[]> {
  const found: unknown[] = []
  const walk = { name: 'listContacts', query, after, isLost: true, call } as const
  for await (const records of walkListing(transport, walk)) {
    found.push(...records)
    if (found.length >= take) break
  }
  return found.slice(0, take)
}

function queryOf({ where, orderBy }: AdapterListQuery): ListingQuery {
  const meta = new Map<string, string>()
  for (const { field, value } of where) {
    const key = field.slice(PREFIX.length)
    // Of several values of one key the server reads the first alone. Core holds the contacts against all of them.
    if (!meta.has(key)) meta.set(key, String(value))
  }
  return { order: orderBy?.direction, meta: meta.size > 0 ? Object.fromEntries(meta) : undefined }
}

/**
 * ChatBotKit's `meta` filter is equality: of text with text, and of exactly `true` and `false` with booleans. What it would
 * not find is not sent. Source: the vendor's server source, listing by meta.
 */
export const planWhere: NonNullable<Adapter['planWhere']> = (conditions) => {
  const pushed = conditions.filter(isMatchedByMeta)
  return { pushed, exact: pushed.length === conditions.length }
}

/**
 * Numbers, blank text and the words "true" and "false" cannot be matched there. A key with a dot is a path there and may be a key
 * here; one that is no plain name can be a database error.
 */
function isMatchedByMeta({ field, operator, value }: Condition): boolean {
  const key = field.slice(PREFIX.length)
  if (operator !== 'eq' || !field.startsWith(PREFIX) || !/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) return false
  if (typeof value === 'boolean') return true
  return (
    typeof value === 'string' && value !== '' && value.trim() === value && !/^(?:true|false)$/.test(value)
  )
}

/** Writes a place as an opaque cursor. */
function encodeCursor({ id, createdAt, before }: PagePlace): string {
  // What is no time cannot find the place again, and would not be read back.
  const isTime = createdAt !== undefined && Number.isSafeInteger(createdAt) && createdAt >= 0
  const parts = isTime ? [id, createdAt.toString(36), before] : [id]
  return parts.filter((part) => part !== undefined).join('~')
}

/**
 * Reads a cursor; a bare id is taken as the vendor's own. What begins with ( or @ is none: where the cursor's contact is
 * looked up it would name another record.
 *
 * @throws ContactsError `invalid_input` when it is none
 */
function decodeCursor(cursor: string): PagePlace {
  const [, id, time, before] = /^([^~(@\s][^~]*)(?:~([0-9a-z]+)(?:~([^~]*))?)?$/.exec(cursor) ?? []
  if (id === undefined) throw unknownCursor()
  return time === undefined ? { id } : { id, createdAt: Number.parseInt(time, 36), before }
}
