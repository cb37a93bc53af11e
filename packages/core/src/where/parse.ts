import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { isPlainObject, keyProblem, numberProblem, textProblem } from '../model/json.ts'
import type { Condition, FilterValue, Where } from '../model/query.ts'
import { REF_KEYS } from '../model/ref.ts'
import { readTime } from '../model/time.ts'
import {
  CUSTOM_FIELDS_PREFIX,
  type FilterTarget,
  filterableFields,
  filterTarget,
  isOperator,
  operatorsOf,
  takesOperator,
} from './target.ts'

/**
 * Takes a `where` apart into conditions that must all hold, so that each can be pushed to the provider or applied here.
 *
 * - A bare value is `eq`; `null` and `eq: null` are `exists: false`, `ne: null` is `exists: true`.
 * - `customFields: { 'a.b': 1 }` and `'customFields.a.b': 1` are the same condition.
 * - Times become ISO 8601 in UTC, to the millisecond.
 * - What is `undefined` is left out, an operator too; `{}` in place of a value is an error.
 *
 * @param where - what the caller gave; `undefined` means every contact
 * @returns the conditions in the order in which they were written; none means every contact
 * @throws ContactsError `invalid_input` with every issue, each with its dotted path: an unknown field or operator, a value
 * of the wrong type, a bound on something that is no time
 *
 * @example
 * ```ts
 * parseWhere({ email: { exists: true }, customFields: { plan: 'pro' } })
 * // [
 * //   { field: 'email', operator: 'exists', value: true },
 * //   { field: 'customFields.plan', operator: 'eq', value: 'pro' },
 * // ]
 * ```
 */
export function parseWhere(where: Where | undefined): readonly Condition[] {
  if (where === undefined) return []
  const parsed: Parsed = { conditions: [], issues: [] }
  parseRoot(where, parsed)
  if (parsed.issues.length > 0) throw badWhere(parsed.issues)
  return parsed.conditions
}

interface Parsed {
  readonly conditions: Condition[]
  readonly issues: ContactsErrorIssue[]
}

function parseRoot(where: unknown, parsed: Parsed): void {
  if (!isPlainObject(where)) {
    parsed.issues.push({ path: '', message: "must be a plain object, such as { email: 'ana@example.com' }" })
    return
  }
  for (const [field, value] of Object.entries(where)) {
    if (value === undefined) continue
    if (field === 'customFields') parseCustomFields(value, parsed)
    else parseField(field, value, parsed)
  }
}

function parseCustomFields(fields: unknown, parsed: Parsed): void {
  if (!isPlainObject(fields)) {
    parsed.issues.push({ path: 'customFields', message: "must be a plain object, such as { plan: 'pro' }" })
    return
  }
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) parseField(`${CUSTOM_FIELDS_PREFIX}${key}`, value, parsed)
  }
}

function parseField(field: string, value: unknown, parsed: Parsed): void {
  const target = filterTarget(field)
  if (!target) {
    const message = field.startsWith(CUSTOM_FIELDS_PREFIX)
      ? 'has an empty key: write customFields. and the key'
      : `cannot be filtered by: write one of ${filterableFields().join(', ')}`
    parsed.issues.push({ path: field, message })
  } else if (isPlainObject(value)) {
    parseOperators(field, target.kind, value, parsed)
  } else if (Array.isArray(value)) {
    parsed.issues.push({ path: field, message: 'must not be an array: write { in: [...] }' })
  } else if (target.kind === 'deleted' && typeof value !== 'boolean') {
    // Its null would read as "not deleted" and match nothing: a contact without the field counts as not deleted.
    parsed.issues.push({ path: field, message: 'must be true or false' })
  } else {
    parseOperator(field, target.kind, 'eq', value, field, parsed)
  }
}

function parseOperators(
  field: string,
  kind: FilterTarget['kind'],
  operators: Readonly<Record<string, unknown>>,
  parsed: Parsed,
): void {
  const entries = Object.entries(operators)
  if (entries.length === 0) {
    const message = `has no operator: write a value, or one of ${operatorsOf(kind).join(', ')}`
    parsed.issues.push({ path: field, message })
  }
  for (const [key, value] of entries) {
    if (value !== undefined) parseOperator(field, kind, key, value, `${field}.${key}`, parsed)
  }
}

function parseOperator(
  field: string,
  kind: FilterTarget['kind'],
  operator: string,
  value: unknown,
  path: string,
  { conditions, issues }: Parsed,
): void {
  if (!isOperator(operator)) {
    const nested = kind === 'custom' ? `; a nested value is written '${path}'` : ''
    issues.push({ path, message: `is no operator: write one of ${operatorsOf(kind).join(', ')}${nested}` })
  } else if (!takesOperator(kind, operator)) {
    issues.push({ path, message: `is for times only: write one of ${operatorsOf(kind).join(', ')}` })
  } else if (operator === 'exists') {
    if (typeof value === 'boolean') conditions.push({ field, operator, value })
    else issues.push({ path, message: 'must be true or false' })
  } else if (operator === 'in') {
    const values = parseValues(kind, value, path, issues)
    if (values) conditions.push({ field, operator, value: values })
  } else if (value === null && (operator === 'eq' || operator === 'ne')) {
    conditions.push({ field, operator: 'exists', value: operator === 'ne' })
  } else {
    const read = parseValue(kind, value, path, issues)
    if (read !== undefined) conditions.push({ field, operator, value: read })
  }
}

function parseValues(
  kind: FilterTarget['kind'],
  values: unknown,
  path: string,
  issues: ContactsErrorIssue[],
): readonly FilterValue[] | undefined {
  if (!Array.isArray(values)) {
    issues.push({ path, message: 'must be an array of values' })
    return undefined
  }
  // Array.from, because map() steps over the holes.
  const read = Array.from(values, (value: unknown, index) =>
    value === null ? null : parseValue(kind, value, `${path}.${index}`, issues),
  )
  return read.filter((value) => value !== undefined)
}

function parseValue(
  kind: FilterTarget['kind'],
  value: unknown,
  path: string,
  issues: ContactsErrorIssue[],
): FilterValue | undefined {
  const problem = valueProblem(kind, value, path)
  if (problem === undefined && isFilterValue(value)) {
    const time = kind === 'time' && typeof value === 'string' ? readTime(value) : undefined
    return time === undefined ? value : new Date(time).toISOString()
  }
  issues.push({ path, message: problem ?? 'must be a value to compare with' })
  return undefined
}

function valueProblem(kind: FilterTarget['kind'], value: unknown, path: string): string | undefined {
  if (typeof value === 'string') {
    const isKey = REF_KEYS.some((key) => path === key || path.startsWith(`${key}.`))
    const found = isKey ? keyProblem(value) : textProblem(value)
    if (found !== undefined) return found
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? undefined : 'must be a string'
    case 'tags':
      return typeof value === 'string' ? undefined : 'must be a string: one tag'
    case 'deleted':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'time':
      if (typeof value === 'string' && readTime(value) !== undefined) return undefined
      return value instanceof Date
        ? 'must be a string, not a Date: write date.toISOString()'
        : 'must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z'
    case 'custom':
      if (typeof value === 'number') return numberProblem(value)
      return isFilterValue(value) ? undefined : 'must be a string, a number, true, false or null'
  }
}

function isFilterValue(value: unknown): value is FilterValue {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  )
}

function badWhere(issues: readonly ContactsErrorIssue[]): ContactsError {
  const list = issues.map(({ path, message }) => `${path === '' ? 'where' : `where.${path}`} ${message}`)
  return new ContactsError({
    code: 'invalid_input',
    message: `Cannot filter by this where: ${list.join('; ')}.`,
    issues,
  })
}
