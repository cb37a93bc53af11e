import type { Contact, ContactInput, ContactPatch, JsonObject, JsonValue } from '@anycontact/core'
import { sameJson } from '@anycontact/core/adapter-kit'
import type { FieldValues, Side } from '../ledger/pair.ts'
import { type Binding, type Bindings, isOpen } from './bindings.ts'
import { formOf, methodValue, type ValueKind } from './forms.ts'
import { comparedKey, type KeyRule, spelledKey } from './keys.ts'
import { CUSTOM, isCustomKey, type Place, parsePlace } from './places.ts'
import type { Projection } from './plan.ts'
import { ALL_CUSTOM, inputOf, saidAt } from './said.ts'

/** What a projection is made from. */
export interface ProjectionInit extends Bindings {
  readonly keys: Readonly<Record<Side, KeyRule>>
  /** What becomes of fields that the source does not have. @default 'clear' */
  readonly absent?: 'clear' | 'leave' | undefined
  /** Whether the contacts of the source are inputs, each with what it was made of as its `raw`. @default false */
  readonly isOfInputs?: boolean | undefined
}

/** Makes the projection of a sync: how contacts of its two sides are compared and written. */
export function createProjection(init: ProjectionInit): Projection {
  const { keys, bound, open, lost } = init
  const readsRaw = init.absent === 'leave' && init.isOfInputs === true
  const hasMethods = bound.some(({ target }) => target.kind === 'plain' && target.field === 'contactMethods')
  const byField = new Map(bound.map((binding) => [binding.field, binding]))
  const kindOf = (field: string): ValueKind => byField.get(field)?.kind ?? 'json'

  const form: Projection['form'] = (field, value) => formOf(kindOf(field), value)

  const patch: Projection['patch'] = (side, values, fields) => {
    const written: Record<string, unknown> = {}
    const custom: JsonObject = {}
    for (const field of fields) {
      const place = placeOf(side, field, byField)
      if (place === undefined) continue
      const value = values[field] ?? null
      if (place.kind === 'custom') custom[place.key] = value
      else written[place.field] = value
    }
    if (Object.keys(custom).length > 0) written.customFields = custom
    return written as ContactPatch // fields of a contact alone; what a value must be the client checks
  }

  return {
    keyOf(side, contact) {
      const key = spelledKey(keys[side], contact)
      return key === undefined ? undefined : comparedKey(keys[side], key)
    },
    writtenKey: (to, contact) => spelledKey(keys[to === 'source' ? 'target' : 'source'], contact),
    readsRaw,

    values(side, contact) {
      const values: FieldValues = {}
      const input = readsRaw && side === 'source' ? inputOf(contact) : undefined
      for (const { field, kind, [side]: place } of bound) {
        const there = readPlace(contact, place, kind)
        const value = input ? saidAt(input, place, there, hasMethods) : there
        if (value !== undefined) values[field] = value
      }
      if (input?.customFields === null && open) values[ALL_CUSTOM] = null
      for (const [key, value] of Object.entries(input?.customFields ?? {})) {
        if (value === null && isCustomKey(key) && isOpen(open, key)) values[CUSTOM + key] = null
      }
      for (const key of Object.keys(contact.customFields)) {
        const value = contact.customFields[key] ?? null
        if (value !== null && isCustomKey(key) && isOpen(open, key)) values[CUSTOM + key] = value
      }
      return values
    },
    form,
    same(field, one, other) {
      if (one === undefined || other === undefined) return one === other
      return sameJson(form(field, one), form(field, other))
    },
    patch,
    remade(side, fields) {
      const isPart = (field: string): boolean => {
        const place = placeOf(side, field, byField)
        return place?.kind === 'plain' && (place.field === 'givenName' || place.field === 'familyName')
      }
      if (!fields.some(isPart)) return []
      return bound.flatMap(({ field, [side]: place }) =>
        place.kind === 'plain' && place.field === 'name' && !fields.includes(field) ? [field] : [],
      )
    },
    input(side, values, key) {
      const input: ContactInput = patch(side, values, Object.keys(values))
      const { field } = keys[side]
      // The address that a contact goes by is among its contact methods, and may be given only once.
      if (!hasPrimary(input, field)) input[field] = key
      return input
    },
    lost(contact) {
      const plain = lost.filter((field) => {
        const place = parsePlace(field)
        return place?.kind === 'plain' && readPlace(contact, place, 'tags') !== undefined
      })
      const isSynced = (key: string): boolean =>
        byField.has(CUSTOM + key) || (isCustomKey(key) && isOpen(open, key))
      const custom = Object.keys(contact.customFields).filter((key) => !isSynced(key))
      return [...plain, ...custom.map((key) => CUSTOM + key)]
    },
  }
}

function placeOf(side: Side, field: string, byField: ReadonlyMap<string, Binding>): Place | undefined {
  const binding = byField.get(field)
  if (binding) return binding[side]
  return field.startsWith(CUSTOM) ? { kind: 'custom', key: field.slice(CUSTOM.length) } : undefined
}

/** What a contact has in a place: nothing is nothing, however the provider says so. */
function readPlace(contact: Contact, place: Place, kind: ValueKind): JsonValue | undefined {
  if (place.kind === 'custom') {
    const own = Object.hasOwn(contact.customFields, place.key) ? contact.customFields[place.key] : undefined
    return kind === 'json' ? (own ?? undefined) : asKind(kind, own ?? undefined)
  }
  if (place.field !== 'contactMethods') return asKind(kind, contact[place.field])
  return asKind(kind, contact.contactMethods.map(methodValue))
}

function asKind(kind: ValueKind, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === '') return undefined
  if (Array.isArray(value)) return value.length === 0 && kind !== 'json' ? undefined : value
  // A provider may keep a text that looks like a number as one; it comes back as the text it was.
  const isTextKind = kind !== 'json' && kind !== 'tags' && kind !== 'methods'
  return isTextKind && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value
}

function hasPrimary({ contactMethods }: ContactInput, field: KeyRule['field']): boolean {
  return contactMethods?.some(({ type, primary }) => type === field && primary) ?? false
}
