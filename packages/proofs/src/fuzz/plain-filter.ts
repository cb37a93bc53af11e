import { member } from './lane.ts'

type Where = Readonly<Record<string, unknown>>

const KEYS = ['id', 'externalId', 'email', 'phone']
const TEXTS = new Set([
  ...KEYS,
  'name',
  'givenName',
  'familyName',
  'nickname',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'status',
  'tags',
])
const TIMES = new Set(['createdAt', 'updatedAt', 'verifiedAt'])
const ORDER = new Set(['gt', 'gte', 'lt', 'lte'])

/** The operators of a condition; a value alone is `eq`. */
function operatorsIn(condition: unknown): readonly (readonly [operator: string, value: unknown])[] {
  const isAlone = typeof condition !== 'object' || condition === null
  return (isAlone ? [['eq', condition] as const] : Object.entries(condition)).filter(
    ([, value]) => value !== undefined,
  )
}

/** Why a `where` cannot be asked for, worked out from the documentation; `undefined` for nothing. */
export function whyNot(where: Where): string | undefined {
  for (const [field, condition] of Object.entries(where)) {
    if (condition === undefined) continue
    const path = field.startsWith('customFields.') ? field.slice(13).split('.') : undefined
    if (field === 'customFields.') return 'it names no custom field'
    const isKnown = path !== undefined || TEXTS.has(field) || TIMES.has(field) || field === 'deleted'
    if (!isKnown) return `${field} is no field`
    for (const [operator, value] of operatorsIn(condition)) {
      const found = whyNotValue(field, operator, value, typeof condition !== 'object' || condition === null)
      if (found !== undefined) return `${field}.${operator} ${found}`
    }
  }
  return undefined
}

function whyNotValue(field: string, operator: string, value: unknown, isAlone: boolean): string | undefined {
  if (operator === 'exists') return typeof value === 'boolean' ? undefined : 'is no boolean'
  if (ORDER.has(operator) && !TIMES.has(field)) return 'is for times'
  if (operator === 'in') {
    if (!Array.isArray(value)) return 'is no list'
    return value
      .map((one) => (one === null ? undefined : whyNotScalar(field, one)))
      .find((one) => one !== undefined)
  }
  if (value === null) {
    const isAbsent = operator === 'eq' || operator === 'ne'
    return isAbsent && !(field === 'deleted' && isAlone) ? undefined : 'is nothing to compare with'
  }
  return whyNotScalar(field, value)
}

function whyNotScalar(field: string, value: unknown): string | undefined {
  if (typeof value === 'string' && value.includes('\0')) return 'holds a NUL'
  if (TEXTS.has(field)) return typeof value === 'string' ? undefined : 'is no text'
  if (field === 'deleted') return typeof value === 'boolean' ? undefined : 'is no boolean'
  if (TIMES.has(field))
    return typeof value === 'string' && /T.*(?:Z|\+\d\d:\d\d)$/.test(value) ? undefined : 'is no time'
  if (typeof value === 'number') {
    return Number.isFinite(value) && Math.abs(value) < 2 ** 53 ? undefined : 'loses digits'
  }
  return ['string', 'boolean'].includes(typeof value) ? undefined : 'is nothing to compare with'
}

/** Tells whether a contact meets all conditions, as the guide says it. */
export function meets(contact: unknown, where: Where): boolean {
  return Object.entries(where).every(([field, condition]) =>
    operatorsIn(condition).every(([operator, value]) => holds(contact, field, operator, value)),
  )
}

function holds(contact: unknown, field: string, operator: string, value: unknown): boolean {
  const has = (one: unknown): boolean => isEqual(contact, field, one)
  switch (operator) {
    case 'eq':
      return has(value)
    case 'ne':
      return !has(value)
    case 'in':
      return Array.isArray(value) && value.some(has)
    case 'exists':
      return value !== has(null)
  }
  const [time, bound] = [Date.parse(String(readField(contact, field))), Date.parse(String(value))]
  if (operator === 'gt') return time > bound
  if (operator === 'gte') return time >= bound
  return operator === 'lt' ? time < bound : time <= bound
}

function isEqual(contact: unknown, field: string, wanted: unknown): boolean {
  const value = readField(contact, field)
  if (field === 'tags') {
    const tags = Array.isArray(value) ? value : []
    return wanted === null ? tags.length === 0 : tags.includes(wanted)
  }
  if (field === 'deleted') return (value === true) === wanted
  if (wanted === null) return value === undefined || value === null
  if (TIMES.has(field)) return typeof value === 'string' && Date.parse(value) === Date.parse(String(wanted))
  return value === wanted
}

function readField(contact: unknown, field: string): unknown {
  if (!field.startsWith('customFields.')) return member(contact, field)
  return dotted(member(contact, 'customFields'), field.slice(13).split('.'))
}

/** The whole name first, then every shorter beginning of it. */
function dotted(object: unknown, path: readonly string[]): unknown {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join('.')
    if (!Object.hasOwn(object, key)) continue
    const value = member(object, key)
    const found = length === path.length ? value : dotted(value, path.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}
