import type { ContactsErrorIssue, RefKey } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import { type Binding, type Bindings, bind } from '../project/bindings.ts'
import { CUSTOM, PLAIN_FIELDS, type Place, type PlainField, parsePlace, pathOf } from '../project/places.ts'
import { type CapableSide, changeableFields, heldFields, isOfInputs, slotsOf } from './capable.ts'

/** What decides which fields are synced. */
export interface FieldsInit {
  readonly source: CapableSide
  readonly target: CapableSide
  readonly by: Readonly<Record<Side, RefKey>>
  readonly direction: 'one-way' | 'both'
  readonly absent: 'clear' | 'leave'
  /** Places of the target by fields of the source. */
  readonly fields: Readonly<Record<string, string>>
  readonly lost: readonly string[]
}

/** What is synced, or what is wrong with the definition. */
export interface FoundBindings extends Bindings {
  readonly issues: readonly ContactsErrorIssue[]
}

/**
 * Finds where each field of the source stands at the target: where it is placed, else under its own name. What is neither there, nor
 * placed, nor named in `lost` is an issue.
 */
export function findBindings(init: FieldsInit): FoundBindings {
  const issues: ContactsErrorIssue[] = []
  const placed = readPlaced(init, issues)
  const lost = readLost(init, placed, issues)
  const bound = [...placed, ...ownPlaces(init, placed, lost, issues)]
  return { bound, open: openCustomFields(init, placed, lost, issues), lost, issues }
}

function readPlaced(init: FieldsInit, issues: ContactsErrorIssue[]): Binding[] {
  const placed: Binding[] = []
  const taken = new Map<string, string>()
  for (const [field, path] of Object.entries(init.fields)) {
    const message = placingProblem(init, field, path) ?? takenProblem(taken.get(path))
    taken.set(path, field)
    const [source, target] = [parsePlace(field), parsePlace(path)]
    if (message !== undefined) issues.push({ path: `fields.${field}`, message })
    else if (source && target) placed.push(bind(source, target))
  }
  return placed
}

const takenProblem = (other: string | undefined): string | undefined =>
  other === undefined ? undefined : `is placed where ${other} is placed already`

/** Why a field cannot be placed there. */
function placingProblem(init: FieldsInit, field: string, path: string): string | undefined {
  const [source, target] = [parsePlace(field), parsePlace(path)]
  if (!source) return 'is no field of a contact; a custom field is written customFields.<key>'
  if (!target) return `cannot be placed at ${path}: a place is a field of a contact, or customFields.<key>`
  if (field === init.by.source) return 'is the key, which has its place by `by`'
  if (path === init.by.target) return `cannot be placed at ${path}: it is the key of the target`
  const isList = source.kind === 'plain' && (field === 'tags' || field === 'contactMethods')
  if (target.kind === 'plain' && path !== field) {
    if (isList || path === 'tags' || path === 'contactMethods') {
      return `cannot be placed at ${path}: one of them is a list; place it at a custom field`
    }
  }
  if (!canChange(init.target, target)) return `cannot be placed at ${path}: the target cannot change that`
  if (init.direction === 'both' && !canChange(init.source, source)) {
    return 'cannot be kept in step in both directions: the source cannot change it'
  }
  return undefined
}

/** Whether a side can change what stands in a place. */
function canChange(side: CapableSide, place: Place): boolean {
  if (place.kind === 'plain') return changeableFields(side).has(place.field)
  const { customFields: declared } = side.capabilities
  return (
    changeableFields(side).has('customFields') &&
    (declared === undefined || Object.hasOwn(declared, place.key))
  )
}

function readLost(
  { lost, by }: FieldsInit,
  placed: readonly Binding[],
  issues: ContactsErrorIssue[],
): string[] {
  const isPlaced = new Set(placed.map(({ field }) => field))
  for (const field of lost) {
    if (field === by.source) issues.push({ path: 'lost', message: `names ${field}, which is the key` })
    else if (isPlaced.has(field))
      issues.push({ path: 'lost', message: `names ${field}, which fields places` })
    else if (field !== 'customFields' && !parsePlace(field)) {
      issues.push({ path: 'lost', message: `names ${field}, which is no field of a contact` })
    }
  }
  return [...new Set(lost)].sort()
}

/** The fields that stand at the target under their own names. */
function ownPlaces(
  init: FieldsInit,
  placed: readonly Binding[],
  lost: readonly string[],
  issues: ContactsErrorIssue[],
): Binding[] {
  const held = heldFields(init.source)
  const seen = new Set<string>([...placed.map(({ field }) => field), ...lost, init.by.source])
  const isWhole = held.has('contactMethods') && !seen.has('contactMethods') && holdsMethods(init)
  // The primary address and number are among the contact methods. An input that has only these says nothing of other methods.
  const isAllSaid = isWhole && !(init.absent === 'leave' && isOfInputs(init.source))
  if (isAllSaid) for (const field of ['email', 'phone']) seen.add(field)
  const bound: Binding[] = isAllSaid ? [] : addressKey(init)
  const missing = new Map<string, string[]>()
  for (const field of PLAIN_FIELDS) {
    if (!held.has(field) || seen.has(field)) continue
    const place: Place = { kind: 'plain', field }
    const other = placed.find(({ target }) => pathOf(target) === field)
    const why = other ? `whose place ${other.field} takes` : unkept(init, field, isWhole)
    if (why === undefined) bound.push(bind(place, place))
    else missing.set(why, [...(missing.get(why) ?? []), field])
  }
  for (const [why, fields] of missing) issues.push({ path: 'lost', message: needsPlace(init, fields, why) })
  return bound
}

/** An address by which contacts find each other is a field like others once they have: an edit of it is carried over. */
function addressKey({ source, target, by, direction }: FieldsInit): Binding[] {
  const field = by.source
  if (field !== by.target || (field !== 'email' && field !== 'phone')) return []
  const place: Place = { kind: 'plain', field }
  const isChanged = canChange(target, place) && (direction === 'one-way' || canChange(source, place))
  return isChanged ? [bind(place, place)] : []
}

/** Why a field cannot be kept in step under its own name. */
function unkept(
  { source, target, by, direction }: FieldsInit,
  field: PlainField,
  isWhole: boolean,
): string | undefined {
  const place: Place = { kind: 'plain', field }
  if (field === by.target) return 'which is the key of the target'
  if (!heldFields(target).has(field)) return `which ${target.provider} cannot hold`
  if (!canChange(target, place)) return `which ${target.provider} cannot change later`
  if (direction === 'both' && !canChange(source, place)) return `which ${source.provider} cannot change`
  return field === 'contactMethods' && !isWhole ? `of which ${target.provider} cannot hold all` : undefined
}

/** What is said of fields of the source that nobody has seen to. */
function needsPlace({ target }: FieldsInit, fields: readonly string[], why: string): string {
  const [first = ''] = fields
  const isOpen = canChange(target, { kind: 'custom', key: first })
  const key = first.includes('.') ? `'${first}'` : first
  const example = isOpen ? `, for example { ${key}: 'customFields.${first}' }` : ''
  const them = fields.length === 1 ? 'it' : 'them'
  return `must name ${fields.join(', ')}, ${why}, or fields must place ${them}${example}`
}

/** Whether the target can hold every contact method of the source, and the source those of the target where both are written. */
function holdsMethods({ source, target, direction }: FieldsInit): boolean {
  const place: Place = { kind: 'plain', field: 'contactMethods' }
  if (!canChange(target, place)) return false
  const fits = (from: CapableSide, to: CapableSide): boolean => {
    const slots = slotsOf(to)
    return slots === undefined || (slotsOf(from)?.every((type) => slots.includes(type)) ?? false)
  }
  if (direction === 'one-way') return fits(source, target)
  return canChange(source, place) && fits(source, target) && fits(target, source)
}

/** Which custom fields go under their own names. */
function openCustomFields(
  init: FieldsInit,
  placed: readonly Binding[],
  lost: readonly string[],
  issues: ContactsErrorIssue[],
): Bindings['open'] {
  const { source, target, direction } = init
  if (!heldFields(source).has('customFields') || lost.includes('customFields')) return undefined
  const [here, there] = [source.capabilities.customFields, target.capabilities.customFields]
  const without = new Set<string>()
  for (const { source: from, target: to } of placed) {
    for (const place of [from, to]) if (place.kind === 'custom') without.add(place.key)
  }
  for (const field of lost) if (field.startsWith(CUSTOM)) without.add(field.slice(CUSTOM.length))
  const isKept =
    changeableFields(target).has('customFields') &&
    (direction === 'one-way' || changeableFields(source).has('customFields'))
  const isHeld = (key: string): boolean => isKept && (!there || Object.hasOwn(there, key))
  // Fields that are declared are known by name; only those without a place have to be named.
  const missing = here && Object.keys(here).filter((key) => !without.has(key) && !isHeld(key))
  if (missing && missing.length > 0) {
    const paths = missing.map((key) => CUSTOM + key)
    issues.push({ path: 'lost', message: needsPlace(init, paths, `which ${target.provider} cannot hold`) })
  } else if (!missing && (!isKept || there)) {
    const message = `must name customFields, because ${target.provider} cannot hold ${isKept ? 'all of them' : 'them'}; those that fields places are kept all the same`
    issues.push({ path: 'lost', message })
  }
  if (!isKept) return undefined
  const declared = here ?? there
  return { declared: declared && new Set(Object.keys(declared).filter(isHeld)), without }
}
