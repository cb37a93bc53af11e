import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { systemError } from './errors.ts'

/** Tells whether a record's meta passes the filter. */
export type MetaFilter = (meta: JsonObject | null) => boolean

/** A member name that a JSON path can hold without quotes. */
const PLAIN_NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u

interface Condition {
  readonly path: readonly (string | number)[]
  readonly value: string | boolean
}

/**
 * Reads the meta filter out of a query: `meta.a.b=x` and `meta[a.b]=x` are equality on the JSON path `$.a.b`, as
 * text except for `true` and `false`; an empty value is no filter; all must hold, and of a repeated name the first counts.
 *
 * @param strictPaths - whether a path that MySQL cannot read is the 500 that it ends in there
 */
export function readMetaFilter(query: URLSearchParams, strictPaths: boolean): MetaFilter | undefined {
  const conditions: Condition[] = []
  for (const name of new Set(query.keys())) {
    const path = metaPath(name)
    // Of a name that is repeated the first value counts.
    const value = query.get(name)
    if (path === undefined || !value) continue
    conditions.push({ path: parsePath(path, strictPaths), value: textOrBoolean(value) })
  }
  if (conditions.length === 0) return undefined
  return (meta) => conditions.every(({ path, value }) => valueAt(meta, path) === value)
}

function metaPath(name: string): string | undefined {
  if (name.startsWith('meta.')) return name.slice(5)
  return /^meta\[(.*)\]$/s.exec(name)?.[1]
}

function textOrBoolean(value: string): string | boolean {
  if (value === 'true') return true
  return value === 'false' ? false : value
}

/** Splits a path at its dots; a segment may end in array places, `a[0]`. */
function parsePath(path: string, strict: boolean): (string | number)[] {
  const steps: (string | number)[] = []
  for (const segment of path.split('.')) {
    const [, name = segment, places = ''] = /^(.*?)((?:\[\d+\])*)$/s.exec(segment) ?? []
    if (strict && !PLAIN_NAME.test(name)) throw systemError()
    steps.push(name)
    for (const [, place] of places.matchAll(/\[(\d+)\]/g)) steps.push(Number(place))
  }
  return steps
}

function valueAt(meta: JsonObject | null, path: readonly (string | number)[]): JsonValue | undefined {
  let value: JsonValue | undefined = meta
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}
