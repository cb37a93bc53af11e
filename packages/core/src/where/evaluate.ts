import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, FilterValue, WhereOperator } from '../model/query.ts'
import { toInstant } from './instant.ts'
import { customFieldReader } from './path.ts'
import { type FilterTarget, filterTarget } from './target.ts'

type Predicate = (contact: Contact) => boolean
type ConditionValue = Condition['value']

/**
 * Makes one test out of conditions: it tells whether a contact meets them all. The work is done once, here; the test
 * itself only compares.
 *
 * | | text, times | `customFields.x` | `tags` | `deleted` |
 * | --- | --- | --- | --- | --- |
 * | `eq` | the same text; the same instant | the same value of the same type | has the tag | absent counts as `false` |
 * | `ne` | not `eq`, so absent matches | likewise | lacks the tag | likewise |
 * | `in` | `eq` to one of them; `null` matches absent | likewise, and JSON `null` | has one of the tags; `null` matches none | `eq` to one of them |
 * | `exists` | is present | is present and not `null` | has tags | always: it is `true` or `false` |
 *
 * An object or an array in the custom fields equals nothing. A key that itself holds a dot is found by its whole name first; else a
 * path walks own properties of plain objects only. Instants are compared to the millisecond; a time of the contact without a zone
 * is taken as UTC, one that cannot be read meets no bound and equals nothing.
 *
 * @param conditions - from `parseWhere`; none make a test that every contact passes
 * @throws ContactsError `invalid_input` for a condition on something that cannot be filtered by, or an operator that
 * does not go with the field
 */
export function compileConditions(conditions: readonly Condition[]): (contact: Contact) => boolean {
  const predicates = conditions.map(compileCondition)
  const [first, second] = predicates
  if (!first) return () => true
  if (!second) return first
  return (contact) => {
    for (const predicate of predicates) {
      if (!predicate(contact)) return false
    }
    return true
  }
}

function compileCondition({ field, operator, value }: Condition): Predicate {
  const target = filterTarget(field)
  const predicate = target && compileTarget(target, operator, value)
  if (predicate) return predicate
  throw new ContactsError({
    code: 'invalid_input',
    message: `Cannot filter by ${field} with ${operator}: make conditions with parseWhere.`,
    issues: [{ path: field, message: `cannot be filtered by with ${operator}` }],
  })
}

function compileTarget(
  target: FilterTarget,
  operator: WhereOperator,
  value: ConditionValue,
): Predicate | undefined {
  switch (target.kind) {
    case 'text': {
      const { field } = target
      return compileComparison((contact) => contact[field], operator, value)
    }
    case 'time': {
      const { field } = target
      return compileTime(
        (contact) => {
          const time = contact[field]
          return time === undefined ? undefined : toInstant(time)
        },
        operator,
        value,
      )
    }
    case 'custom':
      return compileCustom(target.path, operator, value)
    case 'deleted':
      return compileComparison((contact) => contact.deleted === true, operator, value)
    case 'tags':
      return compileTags(operator, value)
  }
}

/** Compares by `===`; both `undefined` and `null` mean that there is no value. */
function compileComparison(
  read: (contact: Contact) => unknown,
  operator: WhereOperator,
  value: ConditionValue,
): Predicate | undefined {
  const isAbsent: Predicate = (contact) => (read(contact) ?? undefined) === undefined
  switch (operator) {
    case 'eq':
      return value === null ? isAbsent : (contact) => read(contact) === value
    case 'ne':
      return value === null ? not(isAbsent) : (contact) => read(contact) !== value
    case 'exists':
      return value === true ? not(isAbsent) : isAbsent
    case 'in': {
      const values = new Set<unknown>(listOf(value))
      if (values.has(null)) values.add(undefined)
      return (contact) => values.has(read(contact))
    }
    default:
      return undefined
  }
}

function compileCustom(
  path: readonly string[],
  operator: WhereOperator,
  value: ConditionValue,
): Predicate | undefined {
  const [key] = path
  if (operator === 'eq' && value !== null && key !== undefined && path.length === 1) {
    // The most common filter. Comparing before asking whose property it is spares nearly every contact the question.
    return ({ customFields }) => customFields[key] === value && Object.hasOwn(customFields, key)
  }
  const read = customFieldReader(path)
  return compileComparison(({ customFields }) => read(customFields), operator, value)
}

function compileTime(
  read: (contact: Contact) => number | undefined,
  operator: WhereOperator,
  value: ConditionValue,
): Predicate | undefined {
  // An absent time becomes NaN, which no comparison holds for.
  const instant = (contact: Contact): number => read(contact) ?? Number.NaN
  switch (operator) {
    case 'exists':
      return compileComparison(read, operator, value)
    case 'in':
      return compileComparison(read, operator, listOf(value).map(instantOrNull))
  }
  const bound = instantOrNull(isScalar(value) ? value : null)
  if (operator === 'eq' || operator === 'ne') return compileComparison(read, operator, bound)
  if (bound === null) return undefined
  switch (operator) {
    case 'gt':
      return (contact) => instant(contact) > bound
    case 'gte':
      return (contact) => instant(contact) >= bound
    case 'lt':
      return (contact) => instant(contact) < bound
    case 'lte':
      return (contact) => instant(contact) <= bound
  }
}

function compileTags(operator: WhereOperator, value: ConditionValue): Predicate | undefined {
  const isUntagged: Predicate = ({ tags }) => (tags?.length ?? 0) === 0
  const has = (tag: FilterValue): Predicate =>
    typeof tag === 'string' ? ({ tags }) => tags?.includes(tag) ?? false : isUntagged
  switch (operator) {
    case 'exists':
      return value === true ? not(isUntagged) : isUntagged
    case 'in': {
      const predicates = listOf(value).map(has)
      return (contact) => predicates.some((predicate) => predicate(contact))
    }
    case 'eq':
      return isScalar(value) ? has(value) : undefined
    case 'ne':
      return isScalar(value) ? not(has(value)) : undefined
    default:
      return undefined
  }
}

function not(predicate: Predicate): Predicate {
  return (contact) => !predicate(contact)
}

function isScalar(value: ConditionValue): value is FilterValue {
  return typeof value !== 'object' || value === null
}

function listOf(value: ConditionValue): readonly FilterValue[] {
  return isScalar(value) ? [value] : value
}

function instantOrNull(value: FilterValue): number | null {
  return value === null ? null : toInstant(String(value))
}
