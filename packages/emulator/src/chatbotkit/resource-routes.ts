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
import { readJsonObject } from './validate.ts'

const KINDS: readonly ResourceKind[] = ['conversation', 'memory', 'task', 'rating', 'space', 'secret']

/** The listings that read a meta filter, although none declares it. */
const META_FILTERED: readonly ResourceKind[] = ['conversation', 'secret']

const MAX_SEARCH_HITS = 10

/** Adds the routes of what hangs on a contact. */
export function addResourceRoutes(route: AddRoute, services: Services): void {
  for (const kind of KINDS)
    route('listing', `/contact/:contactId/${kind}/list`, listResources(services, kind))
  route('post', '/contact/:contactId/memory/search', searchMemories(services))

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

/** At most ten memories that share words with the search text, the most shared first. */
function searchMemories(services: Services): RouteHandler {
  return (incoming) => {
    const { search } = readJsonObject(incoming.bodyText)
    if (search === undefined) throw new ApiError('BAD_REQUEST', '"search" is required')
    if (typeof search !== 'string') throw new ApiError('BAD_REQUEST', '"search" must be a string')
    const contact = findContact(services.store, incoming.session, incoming.param('contactId'))
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const hits = [...services.resources.all('memory', contact.id)]
      .map(({ item }) => ({
        id: item.id,
        text: item.text,
        meta: item.meta ?? {},
      }))
      .map((hit) => ({ hit, score: words.filter((word) => hit.text.toLowerCase().includes(word)).length }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
    return jsonResponse({ items: hits.slice(0, MAX_SEARCH_HITS).map(({ hit }) => hit) })
  }
}
