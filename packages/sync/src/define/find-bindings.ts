import type { ContactsErrorIssue, RefKey } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import { type Binding, type Bindings, bind } from '../project/bindings.ts'
import { CUSTOM, PLAIN_FIELDS, type Place, parsePlace } from '../project/places.ts'
import { type CapableSide, changeableFields, heldFields, slotsOf } from './capable.ts'

/** What decides which fields are synced. */
export interface FieldsInit {
  readonly source: CapableSide
  readonly target: CapableSide
  readonly by: Readonly<Record<Side, RefKey>>
  readonly direction: 'one-way' | 'both'
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
    const message =
      field === by.source
        ? `names ${field}, which is the key`
        : isPlaced.has(field)
          ? `names ${field}, which is placed by fields`
          : field !== 'customFields' && !parsePlace(field)
            ? `names ${field}, which is no field of a contact`
            : undefined
    if (message !== undefined) issues.push({ path: 'lost', message })
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
  const { source, target, by } = init
  const seen = new Set([...placed.map(({ field }) => field), ...lost])
  const taken = new Map(placed.map((one) => [pathAtTarget(one), one.field]))
  const held = heldFields(source)
  const bound: Binding[] = []
  const isWhole = held.has('contactMethods') && !seen.has('contactMethods') && holdsMethods(init)
  for (const field of PLAIN_FIELDS) {
    if (!held.has(field) || field === by.source || seen.has(field)) continue
    // The primary address and number are among the contact methods.
    if (isWhole && (field === 'email' || field === 'phone')) continue
    const place: Place = { kind: 'plain', field }
    const other = taken.get(field)
    const why =
      other !== undefined
        ? `${other} is placed there`
        : field === by.target
          ? 'it is the key there'
          : field === 'contactMethods' && !isWhole
            ? cannot(target, heldFields(target).has(field) ? 'hold all of it' : 'hold it')
            : !canChange(target, place)
              ? cannot(target, heldFields(target).has(field) ? 'change it later' : 'hold it')
              : init.direction === 'both' && !canChange(source, place)
                ? cannot(source, 'change it, and the sync goes both ways')
                : undefined
    if (why === undefined) bound.push(bind(place, place))
    else issues.push({ path: 'lost', message: needsPlace(field, why) })
  }
  return bound
}

const cannot = ({ provider }: CapableSide, what: string): string => `${provider} cannot ${what}`

const needsPlace = (field: string, why: string): string =>
  `must name ${field}, or fields must place it, for example at customFields.${field}: ${why}`

const pathAtTarget = ({ target }: Binding): string =>
  target.kind === 'plain' ? target.field : CUSTOM + target.key

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
  // Fields that are declared are known by name; only those without a place have to be named.
  const missing =
    here &&
    Object.keys(here).filter((key) => !without.has(key) && !(isKept && (!there || Object.hasOwn(there, key))))
  if (missing) {
    for (const key of missing) {
      issues.push({ path: 'lost', message: needsPlace(CUSTOM + key, cannot(target, 'hold it')) })
    }
  } else if (!isKept || there) {
    const why = isKept ? cannot(target, 'hold others than it declares') : cannot(target, 'hold them')
    issues.push({
      path: 'lost',
      message: `must name customFields: ${why}; what fields place is kept all the same`,
    })
  }
  if (!isKept) return undefined
  const declared = here ?? there
  return {
    declared: declared && new Set(Object.keys(declared).filter((key) => !there || Object.hasOwn(there, key))),
    without,
  }
}
