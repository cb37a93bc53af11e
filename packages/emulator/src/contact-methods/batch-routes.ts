import { isJsonObject } from '../json.ts'
import { ApiError, atItem, invalid, jsonResponse } from './errors.ts'
import type { ContactMethodsSwitches } from './options.ts'
import { type AddRoute, type Incoming, malform } from './routing.ts'
import { syncClient } from './sync.ts'
import { upsert } from './upsert.ts'
import { checkId, readFields, readFlag, readItems, readNewMethod } from './validate.ts'

/** Adds the routes that write several contact methods at once. */
export function addBatchRoutes(route: AddRoute, switches: ContactMethodsSwitches): void {
  const batch = (incoming: Incoming, run: (item: unknown) => object): Response => {
    const body = incoming.body()
    const items = readItems(body, 1)
    const { store, fault } = incoming
    if (readFlag(body, 'atomic', true)) {
      const data = store.transaction(() =>
        items.map((item, index) => {
          try {
            return run(item)
          } catch (error) {
            throw error instanceof ApiError ? atItem(error, index) : error
          }
        }),
      )
      return jsonResponse({ atomic: true, data: malform(data, fault) })
    }
    const succeeded: { readonly index: number; readonly data: object }[] = []
    const failed: { readonly index: number; readonly error: object }[] = []
    for (const [index, item] of items.entries()) {
      try {
        succeeded.push({ index, data: store.transaction(() => run(item)) })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        failed.push({ index, error: itemError(error, switches) })
      }
    }
    const status = failed.length > 0 ? switches.partialStatus : 200
    const data = malform(
      succeeded.map((entry) => entry.data),
      fault,
    )
    const answer = succeeded.map(({ index }, position) => ({ index, data: data[position] }))
    return jsonResponse({ atomic: false, succeeded: answer, failed }, status)
  }

  route('POST', '/contact-methods/batch', 'create', (incoming) =>
    batch(incoming, (item) => incoming.store.create(readNewMethod(item, switches))),
  )

  route('PATCH', '/contact-methods/batch', 'update', (incoming) =>
    batch(incoming, (item) => {
      const { id, data } = isJsonObject(item) ? item : {}
      if (typeof id !== 'string') throw invalid([{ path: ['id'], message: 'Invalid input: expected string' }])
      const fields = readFields(data, switches)
      return incoming.store.update(incoming.store.get(checkId(id, switches)), fields)
    }),
  )

  route('PUT', '/contact-methods/batch/external', 'update', (incoming) =>
    batch(incoming, (item) => {
      const { externalId, ...fields } = readNewMethod(item, switches)
      if (externalId == null) {
        throw invalid([{ path: ['externalId'], message: 'Invalid input: expected string' }])
      }
      return upsert(incoming.store, { ...fields, externalId })
    }),
  )

  route('POST', '/clients/:clientId/contact-methods/sync', 'update', ({ store, body, param, fault }) => {
    const request = body()
    const { created, updated, deleted } = syncClient(
      store,
      checkId(param('clientId'), switches, 'clientId'),
      { items: readItems(request, 0), replaceMode: readFlag(request, 'replaceMode', false) },
      switches,
    )
    return jsonResponse({ created: malform(created, fault), updated, deleted })
  })
}

function itemError(
  { code, status, message, issues }: ApiError,
  switches: Pick<ContactMethodsSwitches, 'itemError'>,
): object {
  if (switches.itemError === 'message') return { message }
  return { code, status, message, ...(issues.length > 0 && { data: { issues } }) }
}
