import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { type Issue, invalid } from './errors.ts'
import type { ContactMethodsSwitches } from './options.ts'
import type { ContactMethodsRecord } from './record.ts'

const FIELDS = [
  'id',
  'clientId',
  'type',
  'value',
  'isPrimary',
  'externalId',
  'createdAt',
  'updatedAt',
] as const
type Field = (typeof FIELDS)[number]

const ID_FIELDS: readonly Field[] = ['id', 'clientId']
const TIME_FIELDS: readonly Field[] = ['createdAt', 'updatedAt']
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A filter that was read. */
export interface MethodFilter {
  readonly matches: (record: ContactMethodsRecord) => boolean
  /** The one client that the filter leaves, where it says so. */
  readonly clientId: string | undefined
  /** The one value that the filter leaves, where it says so. */
  readonly value: string | undefined
}

/** Reads the filter of a listing; names that are none are passed over, operators that are none refused. */
export function readFilter(
  given: unknown,
  switches: Pick<ContactMethodsSwitches, 'inFilter' | 'ids'>,
): MethodFilter {
  if (given === undefined) return { matches: () => true, clientId: undefined, value: undefined }
  if (!isJsonObject(given)) throw invalid([{ path: ['filter'], message: 'Invalid input: expected object' }])
  const tests: ((record: ContactMethodsRecord) => boolean)[] = []
  for (const field of FIELDS) {
    const value = given[field]
    if (value !== undefined) tests.push(fieldTest(field, value, switches))
  }
  tests.push(...metadataTests(given.metadataFilters))
  const { clientId, value } = given
  return {
    matches: (record) => tests.every((test) => test(record)),
    clientId: typeof clientId === 'string' ? clientId : undefined,
    value: typeof value === 'string' ? value : undefined,
  }
}

function fieldTest(
  field: Field,
  given: JsonValue,
  switches: Pick<ContactMethodsSwitches, 'inFilter' | 'ids'>,
): (record: ContactMethodsRecord) => boolean {
  const conditions: JsonObject = isJsonObject(given) ? given : { eq: given }
  const tests = Object.entries(conditions).map(([operator, value]) => {
    const path = ['filter', field, operator]
    if (operator === 'eq') {
      const wanted = comparable(field, value, path, switches)
      return (record: ContactMethodsRecord) => storedValue(record, field) === wanted
    }
    if (operator === 'in' || operator === 'nin') {
      if (switches.inFilter === 'refused') throw invalid([{ path, message: 'Unrecognized key' }])
      if (switches.inFilter === 'ignored') return () => true
      if (!Array.isArray(value)) throw invalid([{ path, message: 'Invalid input: expected array' }])
      const wanted = new Set(value.map((one: JsonValue) => comparable(field, one, path, switches)))
      return (record: ContactMethodsRecord) => wanted.has(storedValue(record, field)) === (operator === 'in')
    }
    if (operator === 'contains' && typeof value === 'string' && field === 'value') {
      return (record: ContactMethodsRecord) => record.value.includes(value)
    }
    throw invalid([{ path, message: 'Unrecognized key' }])
  })
  return (record) => tests.every((test) => test(record))
}

function comparable(
  field: Field,
  value: JsonValue,
  path: readonly string[],
  { ids }: Pick<ContactMethodsSwitches, 'ids'>,
): JsonValue {
  const issue = (message: string): Issue => ({ path, message })
  if (field === 'isPrimary') {
    if (typeof value !== 'boolean') throw invalid([issue('Invalid input: expected boolean')])
    return value
  }
  if (typeof value !== 'string') throw invalid([issue('Invalid input: expected string')])
  if (ids === 'uuid' && ID_FIELDS.includes(field) && !UUID.test(value)) throw invalid([issue('Invalid UUID')])
  if (!TIME_FIELDS.includes(field)) return value
  const time = Date.parse(value)
  if (Number.isNaN(time)) throw invalid([issue('Invalid ISO datetime')])
  return time
}

function storedValue(record: ContactMethodsRecord, field: Field): JsonValue {
  const value = record[field] ?? null
  return TIME_FIELDS.includes(field) && typeof value === 'string' ? Date.parse(value) : value
}

function metadataTests(given: JsonValue | undefined): ((record: ContactMethodsRecord) => boolean)[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) {
    throw invalid([{ path: ['filter', 'metadataFilters'], message: 'Invalid input: expected array' }])
  }
  return given.map((pair: JsonValue, index) => {
    const { key, value } = isJsonObject(pair) ? pair : {}
    if (typeof key === 'string' && typeof value === 'string') {
      return (record: ContactMethodsRecord) => hasMetadata(record, key, value)
    }
    throw invalid([{ path: ['filter', 'metadataFilters', index], message: 'Invalid input' }])
  })
}

/** Tells whether a method has a metadata value that reads as the text. */
export function hasMetadata({ metadata = {} }: ContactMethodsRecord, key: string, value: string): boolean {
  if (!Object.hasOwn(metadata, key)) return false
  const stored = metadata[key]
  return typeof stored !== 'object' && stored !== undefined && String(stored) === value
}
