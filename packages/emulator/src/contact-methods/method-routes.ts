import { ApiError, jsonResponse } from './errors.ts'
import type { ContactMethodsFault } from './faults.ts'
import { hasMetadata, readFilter } from './filter.ts'
import { type MethodPage, readOrder, readText } from './listing.ts'
import type { ContactMethodsSwitches } from './options.ts'
import { type AddRoute, malform } from './routing.ts'
import { upsert } from './upsert.ts'
import { checkId, checkType, readFields, readFlag, readNewMethod, readWhole } from './validate.ts'

const MAX_OFFSET = 9_007_199_254_740_991

/** Adds the routes of single contact methods and of the listings. */
export function addMethodRoutes(route: AddRoute, switches: ContactMethodsSwitches): void {
  const record = (value: object, fault: ContactMethodsFault, status = 200): Response =>
    jsonResponse(malform([value], fault)[0], status)
  const page = ({ data, pagination }: MethodPage, fault: ContactMethodsFault): Response =>
    jsonResponse({ data: malform(data, fault), pagination })

  route('POST', '/contact-methods', 'create', ({ store, body, fault }) =>
    record(store.create(readNewMethod(body(), switches)), fault, switches.createStatus),
  )

  route('POST', '/contact-methods/list', 'read', ({ listing, body, fault }) => {
    const request = body()
    return page(
      listing.page({
        filter: readFilter(request.filter, switches),
        order: readOrder(request.sort, switches),
        cursor: readText(request, 'cursor'),
        offset: readWhole(request.offset, 'offset', { min: 0, max: MAX_OFFSET, otherwise: 0 }),
        limit: readWhole(request.limit, 'limit', { min: 1, max: 200, otherwise: 20 }),
        includeTotalCount: readFlag(request, 'includeTotalCount', false),
      }),
      fault,
    )
  })

  route('GET', '/contact-methods/external/:externalId', 'read', ({ store, param, fault }) => {
    const found = store.findByExternalId(param('externalId'))
    if (found === undefined) throw new ApiError('NOT_FOUND', 'Contact method not found')
    return record(found, fault)
  })

  route('PUT', '/contact-methods/external/:externalId', 'update', ({ store, param, body, fault }) => {
    const externalId = param('externalId')
    const { data, action } = upsert(store, { ...readNewMethod(body(), switches), externalId })
    return jsonResponse({ data: malform([data], fault)[0], action })
  })

  route('GET', '/contact-methods/metadata/:key/:value', 'read', ({ store, param, fault }) => {
    for (const found of store.all()) {
      if (hasMetadata(found, param('key'), param('value'))) return record(found, fault)
    }
    throw new ApiError('NOT_FOUND', 'Contact method not found')
  })

  route('GET', '/contact-methods/:id', 'read', ({ store, param, fault }) =>
    record(store.get(checkId(param('id'), switches)), fault),
  )

  route('PATCH', '/contact-methods/:id', 'update', ({ store, param, body, fault }) => {
    const fields = readFields(body(), switches)
    return record(store.update(store.get(checkId(param('id'), switches)), fields), fault)
  })

  route('DELETE', '/contact-methods/:id', 'delete', ({ store, param }) => {
    store.delete(store.get(checkId(param('id'), switches)))
    if (switches.deleteAnswer === 'json') return jsonResponse({ success: true })
    return new Response(null, { status: switches.deleteAnswer === 'empty' ? 200 : 204 })
  })

  route('GET', '/clients/:clientId/contact-methods', 'read', ({ store, listing, param, query, fault }) => {
    const clientId = checkId(param('clientId'), switches, 'clientId')
    if (switches.unknownClient === 'not-found' && !store.isClient(clientId)) {
      throw new ApiError('NOT_FOUND', 'Client not found')
    }
    const limit = query.get('limit')
    return page(
      listing.page({
        filter: readFilter({ clientId }, switches),
        order: readOrder(undefined, switches),
        cursor: query.get('cursor') ?? undefined,
        offset: 0,
        limit: readWhole(limit === null ? undefined : Number(limit), 'limit', {
          min: 1,
          max: 200,
          otherwise: 20,
        }),
        includeTotalCount: false,
      }),
      fault,
    )
  })

  route('GET', '/clients/:clientId/contact-methods/primary/:type', 'read', ({ store, param, fault }) => {
    const clientId = checkId(param('clientId'), switches, 'clientId')
    const type = checkType(param('type'))
    if (switches.unknownClient === 'not-found' && !store.isClient(clientId)) {
      throw new ApiError('NOT_FOUND', 'Client not found')
    }
    const primary = store.ofClient(clientId).find((method) => method.type === type && method.isPrimary)
    return primary === undefined ? jsonResponse(null) : record(primary, fault)
  })
}
