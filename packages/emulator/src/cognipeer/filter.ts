import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { ApiError } from './errors.ts'
import type { CognipeerSwitches } from './options.ts'
import { compareValues } from './sort.ts'

/** Tells whether a record meets a filter. */
export type Matches = (record: JsonObject) => boolean

type Switches = Pick<CognipeerSwitches, 'operators' | 'idFilter'>

/** What a path leads to; `undefined` where it leads nowhere. */
type Found = JsonValue | undefined

const DOCUMENTED: ReadonlySet<string> = new Set(['$ne', '$in', '$exists'])

/**
 * Makes a test out of a filter, with the meaning that the likely database gives it: conditions are joined by "and"; a dotted
 * path walks into objects and arrays, whose places are numbers; a value also equals an array that holds it; `null` also
 * equals what is absent; `$ne` is whatever equality is not.
 *
 * @throws ApiError 400 for an operator that is not known, or one whose operand makes no sense
 */
export function compileFilter(filter: JsonObject, switches: Switches): Matches {
  const tests = Object.entries(filter).map(([key, condition]) => compileMember(key, condition, switches))
  return (record) => tests.every((test) => test(record))
}

function compileMember(key: string, condition: JsonValue, switches: Switches): Matches {
  if (key === '$and' || key === '$or') return compileJunction(key, condition, switches)
  if (key.startsWith('$')) throw unknownOperator(key)
  if (key === '_id' && switches.idFilter !== 'text') {
    if (switches.idFilter === 'refuse') throw new ApiError(400, 'Cannot filter by _id')
    return () => false
  }
  const path = key.split('.')
  if (!isOperators(condition)) return test(path, (found) => equals(found, condition))
  const tests = Object.entries(condition).map(([operator, operand]) => {
    if (switches.operators === 'documented' && !DOCUMENTED.has(operator)) throw unknownOperator(operator)
    return compileOperator(path, operator, operand)
  })
  return (record) => tests.every((each) => each(record))
}

function compileJunction(key: '$and' | '$or', parts: JsonValue, switches: Switches): Matches {
  if (switches.operators === 'documented') throw unknownOperator(key)
  if (!Array.isArray(parts) || parts.length === 0) throw new ApiError(400, `${key} must be a nonempty array`)
  const tests = parts.map((part: JsonValue) => {
    if (!isJsonObject(part)) throw new ApiError(400, `${key} must be an array of objects`)
    return compileFilter(part, switches)
  })
  return (record) =>
    key === '$and' ? tests.every((each) => each(record)) : tests.some((each) => each(record))
}

function compileOperator(path: readonly string[], operator: string, operand: JsonValue): Matches {
  switch (operator) {
    case '$eq':
      return test(path, (found) => equals(found, operand))
    case '$ne':
      return not(test(path, (found) => equals(found, operand)))
    case '$in':
    case '$nin': {
      if (!Array.isArray(operand)) throw new ApiError(400, `${operator} needs an array`)
      const any = test(path, (found) => operand.some((value: JsonValue) => equals(found, value)))
      return operator === '$in' ? any : not(any)
    }
    case '$exists': {
      const exists = test(path, (found) => found !== undefined)
      return operand ? exists : not(exists)
    }
    case '$gt':
      return ordered(path, operand, (order) => order > 0)
    case '$gte':
      return ordered(path, operand, (order) => order >= 0)
    case '$lt':
      return ordered(path, operand, (order) => order < 0)
    case '$lte':
      return ordered(path, operand, (order) => order <= 0)
    default:
      throw unknownOperator(operator)
  }
}

function test(path: readonly string[], holds: (found: Found) => boolean): Matches {
  return (record) => {
    const found = resolve(record, path)
    return found.length === 0 ? holds(undefined) : found.some(holds)
  }
}

/** A bound holds for values of the same type only, also for one inside an array. */
function ordered(path: readonly string[], bound: JsonValue, holds: (order: number) => boolean): Matches {
  return test(path, (found) =>
    (Array.isArray(found) ? found : [found]).some(
      (value: Found) =>
        value !== undefined && typeof value === typeof bound && holds(compareValues(value, bound)),
    ),
  )
}

function not(matches: Matches): Matches {
  return (record) => !matches(record)
}

/** Everything that a dotted path leads to. */
function resolve(value: Found, path: readonly string[]): Found[] {
  const [key, ...rest] = path
  if (key === undefined) return [value]
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value
    const place = /^\d+$/.test(key) && Number(key) < items.length ? resolve(items[Number(key)], rest) : []
    return [...place, ...items.filter(isJsonObject).flatMap((item) => resolve(item, path))]
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return [undefined]
  return resolve(value[key], rest)
}

function equals(found: Found, wanted: JsonValue): boolean {
  if (wanted === null && (found ?? null) === null) return true
  if (found === undefined) return false
  return same(found, wanted) || (Array.isArray(found) && found.some((item: JsonValue) => same(item, wanted)))
}

function same(a: JsonValue, b: JsonValue): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  )
}

function isOperators(condition: JsonValue): condition is JsonObject {
  return isJsonObject(condition) && Object.keys(condition).some((key) => key.startsWith('$'))
}

function unknownOperator(operator: string): ApiError {
  return new ApiError(400, `Unknown operator ${operator}`)
}
