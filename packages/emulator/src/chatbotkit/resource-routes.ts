import type { PageRequest } from '../ordered-index.ts'
import { csvText } from './csv.ts'
import { jsonResponse, LATE_FAILURE } from './errors.ts'
import { findContact } from './find-contact.ts'
import { type ListingItem, listingResponse } from './listing.ts'
import { readListingFormat } from './listing-format.ts'
import { readListingQuery } from './listing-query.ts'
import { asSent } from './meta.ts'
import type { ResourceRow } from './resource-store.ts'
import type { ResourceKind, ResourceTypes } from './resources.ts'
import type { AddRoute, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'

const KINDS: readonly ResourceKind[] = ['conversation', 'task', 'space', 'secret']

/** Adds the listings of what hangs on a contact. */
export function addResourceRoutes(route: AddRoute, services: Services): void {
  for (const kind of KINDS)
    route('listing', `/contact/:contactId/${kind}/list`, listResources(services, kind))
}

function listResources<K extends ResourceKind>(services: Services, kind: K): RouteHandler {
  type Row = ResourceRow<ResourceTypes[K]>
  const { store, resources, switches } = services
  return (incoming) => {
    const format = readListingFormat(incoming.headers.get('accept'))
    services.pollLimit.count(incoming.session.payer)
    const findOwner = (): string => findContact(store, incoming.session, incoming.param('contactId')).id
    findOwner()
    const query = readListingQuery(incoming.query, switches.database === 'mysql')
    const { order, pageSize: take, meta } = query
    const matches = meta && ((row: Row): boolean => meta(row.item.meta))
    const pagesBySecret = kind === 'secret' && switches.secretPaging === 'works'

    const page = (cursor: string | undefined): readonly ListingItem[] => {
      // The server looks the contact up for each page: one that is deleted meanwhile ends a stream in an error.
      const owner = findOwner()
      const find = (id: string): Pick<Row, 'id' | 'createdAt'> | undefined =>
        pagesBySecret ? resources.secretValue(owner, id) : resources.find(kind, owner, id)
      const from = cursor === undefined ? undefined : find(cursor)
      if (cursor !== undefined && from === undefined) return []
      const request: PageRequest<Row> = { order, take, cursor: from, cursorSkip: 'offset', matches }
      return resources.page(kind, owner, request).map((row) => asSent(row.item))
    }
    if (incoming.fault.errorObject) return jsonResponse(LATE_FAILURE)
    return listingResponse({ format, query, page, csvCell: csvText, fault: incoming.fault })
  }
}
