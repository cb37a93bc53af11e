import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { ApiError } from './errors.ts'
import type { CognipeerSwitches } from './options.ts'

const FIXED: ReadonlySet<string> = new Set(['_id', 'workspaceId', 'peerId', 'createdDate', 'modifiedDate'])
const NESTED: ReadonlySet<string> = new Set(['properties', 'metadata'])
const KNOWN: ReadonlySet<string> = new Set([
  'email',
  'integrationId',
  'name',
  'phone',
  'metadata',
  'properties',
  'tags',
  'status',
  'deleted',
])

/** The fields that a create stores. */
export function createdFields(body: JsonObject, switches: CognipeerSwitches): JsonObject {
  const kept = Object.entries(body).filter(
    ([key]) => !FIXED.has(key) && (switches.customKeys === 'keep' || KNOWN.has(key)),
  )
  return Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'email' ? foldEmail(value, switches) : value]),
  )
}

/**
 * What an update makes of a record: each key of `data` is set, the others stay.
 *
 * @throws ApiError 400 for what the switches refuse
 */
export function changedRecord(record: JsonObject, data: JsonObject, switches: CognipeerSwitches): JsonObject {
  let changed: JsonObject = record
  for (const [key, value] of Object.entries(data)) {
    if (!isWritable(key, switches)) continue
    if (key.includes('.') && switches.dottedKeys === 'path') changed = setPath(changed, key.split('.'), value)
    else changed = setKey(changed, key, key === 'email' ? foldEmail(value, switches) : value, switches)
  }
  return changed
}

/** An email as it is kept and looked up. */
export function foldEmail(email: JsonValue, { emailCase }: Pick<CognipeerSwitches, 'emailCase'>): JsonValue {
  return typeof email === 'string' && emailCase === 'folded' ? email.trim().toLowerCase() : email
}

function isWritable(key: string, switches: CognipeerSwitches): boolean {
  if (FIXED.has(key)) {
    if (switches.fixedFields === 'refuse') throw new ApiError(400, `${key} cannot be changed`)
    return false
  }
  if (key === 'integrationId') {
    if (switches.integrationIdUpdate === 'refuse') throw new ApiError(400, `${key} cannot be changed`)
    return switches.integrationIdUpdate === 'write'
  }
  if (key === 'deleted') return switches.deletedUpdate === 'write'
  return switches.customKeys === 'keep' || KNOWN.has(key)
}

function setKey(record: JsonObject, key: string, value: JsonValue, switches: CognipeerSwitches): JsonObject {
  if (value === null) return setNull(record, key, switches)
  if (value === '' && switches.emptyText === 'ignore') return record
  const present = Object.hasOwn(record, key) ? record[key] : undefined
  const merges =
    switches.nested === 'merge' && NESTED.has(key) && isJsonObject(value) && isJsonObject(present)
  return { ...record, [key]: merges ? merged(present, value, switches) : value }
}

function setNull(record: JsonObject, key: string, switches: CognipeerSwitches): JsonObject {
  switch (switches.nulls) {
    case 'refuse':
      throw new ApiError(400, 'Validation failed', { [key]: 'must not be null' })
    case 'ignore':
      return record
    case 'store':
      return { ...record, [key]: null }
    case 'unset': {
      const { [key]: _gone, ...rest } = record
      return rest
    }
  }
}

/** Objects are merged at every depth, arrays are replaced. */
function merged(present: JsonObject, given: JsonObject, switches: CognipeerSwitches): JsonObject {
  let result = present
  for (const [key, value] of Object.entries(given)) {
    const old = Object.hasOwn(result, key) ? result[key] : undefined
    if (value === null) result = setNull(result, key, switches)
    else if (isJsonObject(value) && isJsonObject(old))
      result = { ...result, [key]: merged(old, value, switches) }
    else result = { ...result, [key]: value }
  }
  return result
}

function setPath(record: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [key = '', ...rest] = path
  if (rest.length === 0) return { ...record, [key]: value }
  const present = Object.hasOwn(record, key) ? record[key] : undefined
  return { ...record, [key]: setPath(isJsonObject(present) ? present : {}, rest, value) }
}
