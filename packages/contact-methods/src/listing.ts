import { type Condition, type Contact, ContactsError } from '@anycontact/core'
import {
  type AdapterContext,
  type AdapterListQuery,
  type AdapterPage,
  type FilterPlan,
  groupedPage,
  type RowsPage,
} from '@anycontact/core/adapter-kit'
import { type ContactMethodRequests, MAX_LIMIT } from './api/contact-methods/index.ts'
import { badAnswer, OPEN_END } from './api/errors.ts'
import type { ContactMethodListRequest } from './api/types.ts'
import { type ContactMethodRecord, readRecord } from './api/wire.ts'
import { type ContactMethodsClientRecord, toContact } from './mapping.ts'
import type { ContactMethodsOptions } from './options.ts'
import { readOrNone } from './quirks/other-path.ts'

type Found = Contact<ContactMethodsClientRecord>

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
 * One page of contacts. The vendor lists contact methods: they are read, as many at a time as it gives, until the page is full.
 *
 * @param where - as {@link planWhere} has planned it
 */
export async function listPage(
  requests: ContactMethodRequests,
  sortedByClient: NonNullable<ContactMethodsOptions['sortedByClient']>,
  query: AdapterListQuery,
  context: AdapterContext,
): Promise<AdapterPage<Found>> {
  const [condition] = query.where
  const whole = (id: string): Promise<Found | undefined> => readWhole(requests, id, context)
  if (condition?.field === 'id') {
    const { pageSize = MAX_LIMIT } = query
    const itself = (id: string): string => id
    const rows = idsOf(condition)
    return groupedPage<string, Found>(
      { ...query, pageSize },
      {
        name: 'id',
        read: async () => ({ rows }),
        keyOf: itself,
        idOf: itself,
        whole: (id) => noneIfRefused(id, whole),
        isPlace: () => true,
      },
    )
  }
  const type = condition?.field === 'email' ? 'email' : 'phone'
  const filter = condition && ({ type, value: String(condition.value), isPrimary: true } as const)
  const isSorted = !filter && sortedByClient !== false
  const sort = isSorted && sortedByClient !== true ? sortedByClient : undefined
  const listing = {
    name: filter?.type ?? (isSorted ? 'sorted' : 'all'),
    read: (cursor: string | undefined) => readMethods(requests, { filter, sort, cursor }, context),
    keyOf: ({ clientId }: ContactMethodRecord) => clientId,
    whole,
    made: filter ? undefined : toContact,
  }
  if (isSorted) {
    const unsorted = (): ContactsError => badAnswer(UNSORTED, context.call.operation)
    return groupedPage(query, { ...listing, made: toContact, unsorted })
  }
  return groupedPage<ContactMethodRecord, Found>(query, {
    ...listing,
    idOf: ({ id }) => id,
    // A filter holds for one method of a client; else its oldest one is where it is given.
    isPlace: ({ raw }, { id }) => filter !== undefined || raw.contactMethods[0]?.id === id,
  })
}

function idsOf({ value }: Condition): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(values.filter((id) => typeof id === 'string'))].filter((id) => id.trim() !== '')
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the server refuses as an id that cannot be one is no client. */
async function noneIfRefused(
  id: string,
  whole: (id: string) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  try {
    return await whole(id)
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'invalid_input' && !UUID.test(id)) return undefined
    throw error
  }
}

const UNSORTED =
  'the listing is not sorted by client id, so contacts that were given may lack methods. Make the client without `sortedByClient`, and list again.'

async function readMethods(
  requests: ContactMethodRequests,
  request: Pick<ContactMethodListRequest, 'filter' | 'sort' | 'cursor'>,
  context: AdapterContext,
): Promise<RowsPage<ContactMethodRecord>> {
  const { records, nextCursor, isOpen } = await requests.list({ ...request, limit: MAX_LIMIT }, context.call)
  if (isOpen && records.length >= MAX_LIMIT) context.noteIncomplete(OPEN_END)
  const read = (record: unknown, index: number): ContactMethodRecord => readRecord(record, `data.${index}`)
  return { rows: context.mapRecords(records, read), records: records.length, nextCursor }
}

/** A client with all its methods; nothing for one that was deleted in between. */
async function readWhole(
  requests: ContactMethodRequests,
  id: string,
  context: AdapterContext,
): Promise<Found | undefined> {
  const records = await readOrNone(requests, id, context, (all, map) => context.mapRecords(all, map))
  return records.length > 0 ? toContact(id, records) : undefined
}
