import type { FetchFunction } from '@anycontact/core'
import { type AdapterContext, type AnyAdapter, OPERATIONS } from '@anycontact/core/adapter-kit'

/** Makes each method of an adapter wait for an answer first, as if its provider were reached over HTTP. */
export function overHttp(adapter: AnyAdapter, fetch: FetchFunction): AnyAdapter {
  const reached = (holder: object, names: readonly string[]): object =>
    Object.fromEntries(
      names.flatMap((name) => {
        const method: unknown = Reflect.get(holder, name)
        return typeof method === 'function' ? [[name, overFetch(holder, name, method, fetch)]] : []
      }),
    )
  const members = Object.entries(OPERATIONS).map(([operation, methods]) => {
    const group: unknown = Reflect.get(adapter, operation)
    if (methods.length === 0 || typeof group !== 'object' || group === null) return {}
    return { [operation]: { ...group, ...reached(group, methods) } }
  })
  // A request by hand has an answer already.
  const methods = Object.keys(OPERATIONS).filter((name) => name !== 'request')
  return Object.assign({}, adapter, reached(adapter, methods), ...members)
}

const READS = ['list', 'get', 'search', 'count']

function overFetch(holder: object, name: string, method: CallableFunction, fetch: FetchFunction) {
  return async (...given: readonly unknown[]): Promise<unknown> => {
    const { call } = given.at(-1) as AdapterContext // what every method is given last
    const write = READS.includes(name) ? undefined : call.beginWrite(false)
    await fetch('https://tiny.example', { signal: call.signal })
    const result: unknown = await Reflect.apply(method, holder, given)
    write?.settle('yes')
    return result
  }
}
