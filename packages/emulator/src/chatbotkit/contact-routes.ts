import { isJsonObject } from '../json.ts'
import type { PageRequest } from '../ordered-index.ts'
import type { ChatBotKitContact } from './contact.ts'
import { csvText } from './csv.ts'
import { ensureContact } from './ensure.ts'
import { ApiError, jsonResponse, LATE_FAILURE } from './errors.ts'
import type { ChatBotKitFault } from './faults.ts'
import { findContact } from './find-contact.ts'
import { type ListingItem, listingResponse, malform } from './listing.ts'
import { readListingFormat } from './listing-format.ts'
import { readListingQuery } from './listing-query.ts'
import type { AddRoute, Incoming, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'
import type { ContactRow } from './store.ts'
import { readContactFields } from './validate.ts'
import { toYaml } from './yaml.ts'

/** Adds the routes of the contacts themselves. */
export function addContactRoutes(route: AddRoute, services: Services): void {
  const { store, resources, switches, now } = services
  const readFields = ({ bodyText, session }: Incoming): ReturnType<typeof readContactFields> =>
    readContactFields(bodyText, { ...switches, trusted: session.trusted })

  route('listing', '/contact/list', listContacts(services))
  route('listing', '/contact/export', exportContacts(services))

  route('post', '/contact/create', (incoming) => {
    const row = store.create(incoming.session.account, readFields(incoming))
    return jsonResponse({ id: row.id })
  })

  route('post', '/contact/ensure', async (incoming) => {
    const row = await ensureContact(store, incoming.session.account, readFields(incoming), now())
    return jsonResponse({ id: row.id })
  })

  route('get', '/contact/:contactId/fetch', ({ session, param, fault }) => {
    const row = findContact(store, session, param('contactId'))
    return fetchResponse(row, fault)
  })

  route('post', '/contact/:contactId/update', (incoming) => {
    const fields = readFields(incoming)
    const row = findContact(store, incoming.session, incoming.param('contactId'))
    store.update(row, fields)
    return jsonResponse({ id: row.id })
  })

  route('post', '/contact/:contactId/delete', ({ session, param }) => {
    const row = findContact(store, session, param('contactId'))
    store.delete(row)
    resources.contactDeleted(row.id)
    return jsonResponse({ id: row.id })
  })
}

function fetchResponse(row: ContactRow, fault: ChatBotKitFault): Response {
  if (fault.errorObject) return jsonResponse(LATE_FAILURE)
  const record = fault.stale ? row.previous : row.wire
  if (record === undefined) throw new ApiError('NOT_FOUND')
  const [sent] = malform([record], 0, fault)
  return jsonResponse(sent)
}

function listContacts(services: Services): RouteHandler {
  return (incoming) => {
    const format = readListingFormat(incoming.headers.get('accept'))
    services.pollLimit.count(incoming.session.payer)
    return contactListing(services, incoming, { format, item: (record) => record, csvCell: csvText })
  }
}

/** The export counts against no limit, sends `meta` last and never as null, and as YAML in CSV. */
function exportContacts(services: Services): RouteHandler {
  return (incoming) =>
    contactListing(services, incoming, {
      format: readListingFormat(incoming.headers.get('accept')),
      item: ({ meta, ...record }) => ({ ...record, meta: meta ?? {} }),
      csvCell: (value) => (isJsonObject(value) ? toYaml(value) : csvText(value)),
    })
}

interface ContactListing {
  readonly format: ReturnType<typeof readListingFormat>
  readonly item: (record: ChatBotKitContact) => ListingItem
  readonly csvCell: (value: unknown) => string
}

function contactListing(services: Services, incoming: Incoming, listing: ContactListing): Response {
  const { store, switches } = services
  const { session, fault } = incoming
  const query = readListingQuery(incoming.query, switches.database === 'mysql')
  const { order, pageSize: take, meta } = query
  const matches = meta && ((row: ContactRow): boolean => meta(row.record.meta))
  const cursorSkip = switches.cursorOutsideListing === 'exact' ? 'exact' : 'offset'

  const page = (cursor: string | undefined): readonly ListingItem[] => {
    const from = cursor === undefined ? undefined : store.get(cursor)
    if (cursor !== undefined && from === undefined) return []
    const request: PageRequest<ContactRow> = { order, take, cursor: from, cursorSkip, matches }
    return store.page(session.account, request).map((row) => listing.item(row.wire))
  }
  if (fault.errorObject) return jsonResponse(LATE_FAILURE)
  return listingResponse({ format: listing.format, query, page, csvCell: listing.csvCell, fault })
}
