import type { Condition, FilterValue, JsonValue } from '@anycontact/core'

/** The vendor's names of the fields that it filters by. */
const FIELDS: Readonly<Record<string, string>> = {
  id: '_id',
  externalId: 'integrationId',
  name: 'name',
  email: 'email',
  phone: 'phone',
  status: 'status',
}

const CUSTOM_FIELDS = 'customFields.'

/** Deleted or not: said, because a server may leave deleted contacts out where a filter does not speak of `deleted`. */
export const DELETED_OR_NOT: readonly (boolean | null)[] = [true, false, null]

/**
 * Tells whether Cognipeer's filter gives the same answer as a condition. Its language is MongoDB's by every sign, where
 *
 * - empty text is a value, and here none: only where a condition does not tell the two apart, or can name both, does it fit;
 * - a value also equals an array that holds it: an equality is therefore joined by "there is no first item", which leaves the
 *   arrays out, for `in` and `exists: false` too; "is not" and "is there" cannot be said so of custom fields;
 * - a dotted path walks into arrays, which ours do not: only top-level custom fields fit.
 *
 * Only the operators that the vendor documents are used: equality, `$ne`, `$in` and `$exists` (`$eq` too, where tags are asked both
 * for one and for one of several). Times stay here, because it is not known how text is compared with a stored time.
 *
 * @param condition - one of a declared field and operator
 */
export function canFilter({ field, operator, value }: Condition): boolean {
  if (field.startsWith(CUSTOM_FIELDS)) {
    const key = field.slice(CUSTOM_FIELDS.length)
    if (key.includes('.') || key.startsWith('$')) return false
    return operator === 'eq' || operator === 'in' || (operator === 'exists' && value === false)
  }
  switch (field) {
    case 'tags':
      return operator !== 'in' || !listOf(value).includes(null)
    case 'deleted':
      return operator === 'eq' || operator === 'ne' || operator === 'in'
    case 'id':
      return operator === 'eq' || operator === 'in'
    default:
      if (!Object.hasOwn(FIELDS, field)) return false
      if (operator === 'exists') return value === false
      return operator === 'in' || value !== ''
  }
}

/** What is asked of one path. */
interface Asked {
  /** Of tags alone: there two values can both be "equal" to the array, so "is" and "is one of" do not narrow each other. */
  eq?: FilterValue
  in?: readonly FilterValue[]
  readonly ne: Set<FilterValue>
  exists?: boolean
}

/**
 * The `filter` of a listing. Where nothing is asked of `deleted` it says so, because a server may leave deleted contacts out of
 * a listing whose filter does not speak of them.
 *
 * @param conditions - such as {@link canFilter} takes; all must hold
 */
export function toFilter(conditions: readonly Condition[]): Record<string, JsonValue> {
  const asked = new Map<string, Asked>()
  const at = (path: string): Asked => {
    const known = asked.get(path) ?? { ne: new Set() }
    asked.set(path, known)
    return known
  }
  const oneOf = (path: string, values: readonly FilterValue[]): void => {
    const entry = at(path)
    entry.in =
      entry.in === undefined ? [...new Set(values)] : entry.in.filter((value) => values.includes(value))
  }
  for (const { field, operator, value } of conditions) {
    const values = listOf(value)
    if (field.startsWith(CUSTOM_FIELDS)) {
      const path = `properties.${field.slice(CUSTOM_FIELDS.length)}`
      oneOf(path, operator === 'exists' ? [null] : values)
      at(`${path}.0`).exists = false
    } else if (field === 'deleted') {
      askDeleted(operator, values, oneOf, at)
    } else if (field === 'tags' && operator === 'exists') {
      at('tags.0').exists = value === true
    } else {
      const path = FIELDS[field] ?? field
      if (operator === 'ne') for (const each of values) at(path).ne.add(each)
      else if (operator === 'exists') oneOf(path, [null, ''])
      else if (field === 'tags' && operator === 'eq') at(path).eq = values[0] ?? null
      else if (field === 'tags') oneOf(path, values)
      else oneOf(path, field === 'id' ? values.filter(isText) : textsOf(values))
    }
  }
  if (!asked.has('deleted')) oneOf('deleted', DELETED_OR_NOT)
  return Object.fromEntries([...asked].map(([path, entry]) => [path, toCondition(entry)]))
}

/** "Not deleted" is whatever is not `true`: `false`, null, or absent. */
function askDeleted(
  operator: Condition['operator'],
  values: readonly FilterValue[],
  oneOf: (path: string, values: readonly FilterValue[]) => void,
  at: (path: string) => Asked,
): void {
  const [yes, no] =
    operator === 'ne'
      ? [!values.includes(true), !values.includes(false)]
      : [values.includes(true), values.includes(false)]
  if (!yes) at('deleted').ne.add(true)
  if (!no) oneOf('deleted', [true])
}

/** Values of a text, where null stands for all that counts as none, and empty text, which is no value here, for nothing. */
function textsOf(values: readonly FilterValue[]): readonly FilterValue[] {
  const given = values.filter((value) => value !== '')
  return given.includes(null) ? [...given, ''] : given
}

function isText(value: FilterValue): boolean {
  return typeof value === 'string' && value !== ''
}

function toCondition({ eq, in: given, ne, exists }: Asked): JsonValue {
  const values = given ?? (eq === undefined ? undefined : [eq])
  const [value, second] = values ?? []
  const isBoth = given !== undefined && eq !== undefined
  const alone = ne.size === 0 && exists === undefined && !isBoth
  if (alone && value !== undefined && second === undefined) return value
  const [other, ...others] = ne
  return {
    ...(values && { $in: [...values] }),
    ...(isBoth && { $eq: eq }),
    ...(other !== undefined && others.length === 0 && { $ne: other }),
    ...(others.length > 0 && { $nin: [...ne] }),
    ...(exists !== undefined && { $exists: exists }),
  }
}

function listOf(value: Condition['value']): readonly FilterValue[] {
  return typeof value === 'object' && value !== null ? value : [value]
}
