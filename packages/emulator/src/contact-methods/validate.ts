import { isJsonObject, type JsonObject } from '../json.ts'
import { ApiError, type Issue, invalid } from './errors.ts'
import { type ContactMethodsEnvironment, type ContactMethodsSwitches, ENVIRONMENTS } from './options.ts'
import { METHOD_TYPES, type MethodFields, type MethodType, type NewMethod } from './record.ts'

/** What the validation of a body depends on. */
export type ValidationRules = Pick<ContactMethodsSwitches, 'ids' | 'nullExternalId'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Parses a body that must be a JSON object. */
export function readObject(bodyText: string): JsonObject {
  let body: unknown
  try {
    body = JSON.parse(bodyText === '' ? '{}' : bodyText)
  } catch {
    throw new ApiError('BAD_REQUEST', 'Malformed request. Ensure the request body is properly formatted.')
  }
  if (!isJsonObject(body)) throw invalid([{ path: [], message: 'Invalid input: expected object' }])
  return body
}

/** Checks an id in a path or a body. */
export function checkId(id: string, rules: ValidationRules, name = 'id'): string {
  if (rules.ids === 'uuid' && !UUID.test(id)) throw invalid([{ path: [name], message: 'Invalid UUID' }])
  return id
}

/** Checks a type of contact method. */
export function checkType(type: string): MethodType {
  const known = METHOD_TYPES.find((candidate) => candidate === type)
  if (known !== undefined) return known
  throw invalid([{ path: ['type'], message: 'Invalid option' }])
}

/** Finds the environment that a header names. */
export function findEnvironment(header: string | null): ContactMethodsEnvironment | undefined {
  return ENVIRONMENTS.find((candidate) => candidate === header)
}

/** Reads the fields of a create; `isPrimary` is false unless it is said. */
export function readNewMethod(given: unknown, rules: ValidationRules): NewMethod {
  const fields = readFields(given, { ...rules, nullExternalId: 'refuse' }, ['clientId', 'type', 'value'])
  const { clientId = '', type = 'other', value = '' } = fields
  return { isPrimary: false, ...fields, clientId, type, value }
}

/** Reads the fields of an update, a sync's item or an upsert; members that are no field are passed over. */
export function readFields(
  given: unknown,
  rules: ValidationRules,
  required: readonly (keyof MethodFields)[] = [],
): MethodFields {
  if (!isJsonObject(given)) throw invalid([{ path: [], message: 'Invalid input: expected object' }])
  const issues: Issue[] = []
  for (const name of required) {
    if (given[name] === undefined) issues.push({ path: [name], message: 'Invalid input: expected a value' })
  }
  const { clientId, type, value, isPrimary, label, externalId, metadata } = given
  const fail = (name: keyof MethodFields, expected: string): void => {
    issues.push({ path: [name], message: `Invalid input: expected ${expected}` })
  }
  if (clientId !== undefined && (typeof clientId !== 'string' || !isIdShaped(clientId, rules))) {
    fail('clientId', 'a UUID')
  }
  if (type !== undefined && !METHOD_TYPES.some((known) => known === type)) fail('type', 'one of the types')
  if (value !== undefined && (typeof value !== 'string' || value === '')) fail('value', 'text of length 1')
  if (isPrimary !== undefined && typeof isPrimary !== 'boolean') fail('isPrimary', 'boolean')
  if (label !== undefined && typeof label !== 'string') fail('label', 'string')
  if (externalId !== undefined && !isExternalId(externalId, rules)) fail('externalId', 'string')
  if (metadata !== undefined && !isJsonObject(metadata)) fail('metadata', 'object')
  if (issues.length > 0) throw invalid(issues)
  const named = { clientId, type, value, isPrimary, label, externalId, metadata }
  // Each was checked above to be of its type or absent.
  return Object.fromEntries(
    Object.entries(named).filter(([, member]) => member !== undefined),
  ) as MethodFields
}

/** Reads the items of a batch or a sync. */
export function readItems(body: JsonObject, min: number): readonly unknown[] {
  const { items } = body
  if (!Array.isArray(items)) throw invalid([{ path: ['items'], message: 'Invalid input: expected array' }])
  if (items.length < min || items.length > 250) {
    throw invalid([{ path: ['items'], message: `Expected array to have ${min} to 250 items` }])
  }
  return items
}

/** Reads an optional flag. */
export function readFlag(body: JsonObject, name: string, otherwise: boolean): boolean {
  const flag = body[name]
  if (flag === undefined) return otherwise
  if (typeof flag === 'boolean') return flag
  throw invalid([{ path: [name], message: 'Invalid input: expected boolean' }])
}

/** Reads an optional whole number in a range. */
export function readWhole(
  given: unknown,
  name: string,
  { min, max, otherwise }: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  if (given === undefined) return otherwise
  if (typeof given === 'number' && Number.isInteger(given) && given >= min && given <= max) return given
  throw invalid([{ path: [name], message: `Expected a whole number from ${min} to ${max}` }])
}

function isIdShaped(id: string, { ids }: ValidationRules): boolean {
  return ids === 'uuid' ? UUID.test(id) : id !== ''
}

function isExternalId(value: unknown, { nullExternalId }: ValidationRules): boolean {
  return (typeof value === 'string' && value !== '') || (value === null && nullExternalId === 'accept')
}
