import type { PageRequest } from '../ordered-index.ts'
import { csvText } from './csv.ts'
import { ApiError, jsonResponse, LATE_FAILURE } from './errors.ts'
import { findContact } from './find-contact.ts'
import { type ListingItem, listingResponse } from './listing.ts'
import { readListingFormat } from './listing-format.ts'
import { readListingQuery } from './listing-query.ts'
import type { ResourceRow } from './resource-store.ts'
import type { ChatBotKitSecret, ResourceKind, ResourceTypes } from './resources.ts'
import type { AddRoute, Incoming, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'

const KINDS: readonly ResourceKind[] = ['conversation', 'task', 'space', 'secret']

/** The listings that read a meta filter, although none declares it. */
const META_FILTERED: readonly ResourceKind[] = ['conversation', 'secret']

/** Adds the routes of what hangs on a contact. */
export function addResourceRoutes(route: AddRoute, services: Services): void {
  for (const kind of KINDS)
    route('listing', `/contact/:contactId/${kind}/list`, listResources(services, kind))

  const secret = (incoming: Incoming): ResourceRow<ChatBotKitSecret> => {
    const contact = findContact(services.store, incoming.session, incoming.param('contactId'))
    const row = services.resources.findSecret(contact.id, incoming.param('secretId').trim())
    if (row === undefined) throw new ApiError('NOT_FOUND')
    return row
  }
  route('post', '/contact/:contactId/secret/:secretId/verify', (incoming) => {
    const { item, authenticated } = secret(incoming)
    if (authenticated) return jsonResponse({ id: item.id, status: 'authenticated' })
    const action = { type: 'authenticate', url: authenticationUrl(item.id) }
    return jsonResponse({ id: item.id, status: 'unauthenticated', action })
  })
  route('post', '/contact/:contactId/secret/:secretId/authenticate', (incoming) => {
    const { id } = secret(incoming).item
    return jsonResponse({ id, url: authenticationUrl(id) })
  })
  route('post', '/contact/:contactId/secret/:secretId/revoke', (incoming) => {
    const row = secret(incoming)
    row.authenticated = false
    return jsonResponse({ id: row.item.id })
  })
}

function authenticationUrl(secretId: string): string {
  return `https://auth.chatbotkit.invalid/secret/${secretId}`
}

function listResources<K extends ResourceKind>(services: Services, kind: K): RouteHandler {
  type Row = ResourceRow<ResourceTypes[K]>
  const { store, resources, switches } = services
  return (incoming) => {
    const format = readListingFormat(incoming.headers.get('accept'))
    services.pollLimit.count(incoming.session.payer)
    const contact = findContact(store, incoming.session, incoming.param('contactId'))
    const query = readListingQuery(incoming.query, {
      meta: META_FILTERED.includes(kind),
      strictMetaPaths: switches.database === 'mysql',
    })
    const { order, pageSize: take, meta } = query
    const matches = meta && ((row: Row): boolean => meta(row.item.meta))
    const pagesBySecret = kind === 'secret' && switches.secretPaging === 'works'

    const page = (cursor: string | undefined): readonly ListingItem[] => {
      const find = (id: string): Pick<Row, 'id' | 'createdAt'> | undefined =>
        pagesBySecret ? resources.findSecret(contact.id, id) : resources.find(kind, contact.id, id)
      const from = cursor === undefined ? undefined : find(cursor)
      if (cursor !== undefined && from === undefined) return []
      const request: PageRequest<Row> = { order, take, cursor: from, cursorSkip: 'offset', matches }
      return resources.page(kind, contact.id, request).map((row) => row.item)
    }
    if (incoming.fault.errorObject) return jsonResponse(LATE_FAILURE)
    return listingResponse({ format, query, page, csvCell: csvText, fault: incoming.fault })
  }
}
