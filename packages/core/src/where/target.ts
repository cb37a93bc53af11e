import type { FilterableTextField, FilterableTimeField, WhereOperator } from '../model/query.ts'

/** What a condition looks at. The kind decides which values and operators it takes and how it compares. */
export type FilterTarget =
  | { readonly kind: 'text'; readonly field: FilterableTextField }
  | { readonly kind: 'time'; readonly field: FilterableTimeField }
  | { readonly kind: 'tags' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'custom'; readonly path: readonly string[] }

/** How the conditions on custom fields begin. */
export const CUSTOM_FIELDS_PREFIX = 'customFields.'

// Records, not lists: the compiler then sees to it that no field is missing.
const TEXT_FIELDS: Readonly<Record<FilterableTextField, true>> = {
  id: true,
  externalId: true,
  name: true,
  givenName: true,
  familyName: true,
  nickname: true,
  email: true,
  phone: true,
  avatarUrl: true,
  note: true,
  locale: true,
  timezone: true,
  status: true,
}

const TIME_FIELDS: Readonly<Record<FilterableTimeField, true>> = {
  createdAt: true,
  updatedAt: true,
  verifiedAt: true,
}

const OPERATORS: Readonly<Record<WhereOperator, 'any' | 'time'>> = {
  eq: 'any',
  ne: 'any',
  in: 'any',
  exists: 'any',
  gt: 'time',
  gte: 'time',
  lt: 'time',
  lte: 'time',
}

/**
 * Finds what a field name of a condition stands for.
 *
 * @param field - a contact field, or `customFields.` and a dotted path
 * @returns `undefined` for what cannot be filtered by
 */
export function filterTarget(field: string): FilterTarget | undefined {
  if (isTextField(field)) return { kind: 'text', field }
  if (isTimeField(field)) return { kind: 'time', field }
  if (field === 'tags' || field === 'deleted') return { kind: field }
  const path = customFieldPath(field)
  return path && { kind: 'custom', path }
}

/**
 * Takes `customFields.address.city` apart.
 *
 * @param field - any text
 * @returns the parts between its dots, outermost first, of which a key such as `Tel.` makes empty ones; `undefined` when it is no such
 * path, or one without a key
 */
export function customFieldPath(field: string): readonly string[] | undefined {
  if (!field.startsWith(CUSTOM_FIELDS_PREFIX)) return undefined
  const path = field.slice(CUSTOM_FIELDS_PREFIX.length)
  return path === '' ? undefined : path.split('.')
}

/** The names of everything that can be filtered by, for messages. */
export function filterableFields(): string[] {
  return [...Object.keys(TEXT_FIELDS), 'tags', ...Object.keys(TIME_FIELDS), 'deleted', 'customFields']
}

/** The operators that a kind of target takes, for messages. */
export function operatorsOf(kind: FilterTarget['kind']): string[] {
  return Object.entries(OPERATORS)
    .filter(([, use]) => use === 'any' || kind === 'time')
    .map(([operator]) => operator)
}

/**
 * Tells whether a key is an operator.
 *
 * @param key - any text
 */
export function isOperator(key: string): key is WhereOperator {
  return Object.hasOwn(OPERATORS, key)
}

/**
 * Tells whether a kind of target takes an operator.
 *
 * @param kind - the target's kind
 * @param operator - the operator
 */
export function takesOperator(kind: FilterTarget['kind'], operator: WhereOperator): boolean {
  return OPERATORS[operator] === 'any' || kind === 'time'
}

function isTextField(field: string): field is FilterableTextField {
  return Object.hasOwn(TEXT_FIELDS, field)
}

function isTimeField(field: string): field is FilterableTimeField {
  return Object.hasOwn(TIME_FIELDS, field)
}
