import type { ContactMethodType, JsonObject } from '@anycontact/core'
import type { ContactMethodChange, ContactMethodWrite } from '@anycontact/core/adapter-kit'
import { invalidInput } from './problems.ts'
import { copyJson, copyMethod, type MemoryMethod } from './record.ts'

/** What a change of contact methods needs from outside. */
export interface MethodTools {
  /** The time of the change: ISO 8601, UTC. */
  readonly now: string
  /** Gives the id of a new method. */
  nextMethodId(): string
}

/** Makes a contact method out of what was written. */
export function newMethod(input: ContactMethodWrite, tools: MethodTools): MemoryMethod {
  const { id = tools.nextMethodId(), ...fields } = input
  const blank: MemoryMethod = {
    id,
    type: input.type,
    value: input.value,
    primary: input.primary ?? false,
    createdAt: tools.now,
    updatedAt: tools.now,
  }
  apply(blank, fields)
  return blank
}

/**
 * Changes a contact method: absent leaves, `null` clears, custom fields merge by key. A new value is not verified, unless
 * the same change says so.
 *
 * @returns the same object when nothing differs
 */
export function changeMethod(
  method: MemoryMethod,
  patch: ContactMethodChange,
  tools: MethodTools,
): MemoryMethod {
  const next = copyMethod(method)
  apply(next, patch)
  if (JSON.stringify(next) === JSON.stringify(method)) return method
  return { ...next, updatedAt: tools.now }
}

function apply(method: MemoryMethod, patch: ContactMethodChange): void {
  if (patch.type !== undefined) method.type = patch.type
  if (patch.primary !== undefined) method.primary = patch.primary
  if (patch.value !== undefined && patch.value !== method.value) {
    method.value = patch.value
    delete method.verified
    delete method.verifiedAt
  }
  if (patch.verified !== undefined) method.verified = patch.verified
  for (const field of ['label', 'externalId', 'verifiedAt'] as const) {
    const value = patch[field]
    if (value === null) delete method[field]
    else if (value !== undefined) method[field] = value
  }
  if (patch.customFields === null) delete method.customFields
  else if (patch.customFields !== undefined) {
    method.customFields = mergeCustomFields(method.customFields ?? {}, patch.customFields)
  }
}

/**
 * Makes the methods be those that were written. One that is there already, told by its id or else by its type and value,
 * keeps what was not said of it.
 *
 * @throws ContactsError `invalid_input` for an id that no method has, and for two primaries of a type
 */
export function replaceMethods(
  present: readonly MemoryMethod[],
  wanted: readonly ContactMethodWrite[],
  tools: MethodTools,
): MemoryMethod[] {
  const primaries = wanted.filter(({ primary }) => primary === true).map(({ type }) => type)
  if (new Set(primaries).size < primaries.length) {
    throw invalidInput([{ path: 'contactMethods', message: 'must have at most one primary a type' }])
  }
  const left = new Set(present)
  return wanted.map((input, index) => {
    const match = [...left].find((method) =>
      input.id === undefined
        ? method.type === input.type && method.value === input.value
        : method.id === input.id,
    )
    if (match) {
      left.delete(match)
      return changeMethod(match, { ...input, primary: input.primary ?? false }, tools)
    }
    if (input.id === undefined) return newMethod(input, tools)
    throw invalidInput([
      { path: `contactMethods.${index}.id`, message: 'names no contact method of this contact' },
    ])
  })
}

/**
 * Writes the value of the primary method of a type: another method that has this value becomes the primary, else the
 * primary's value changes, else one is added. `null` removes the primary.
 */
export function setPrimaryValue(
  methods: readonly MemoryMethod[],
  type: ContactMethodType,
  value: string | null,
  tools: MethodTools,
): MemoryMethod[] {
  const primary = primaryOf(methods, type)
  if (value === null) return methods.filter((method) => method !== primary)
  if (primary?.value === value) return [...methods]
  const holder = methods.find((method) => method.type === type && method.value === value)
  if (holder) return makePrimary(methods, holder.id, tools)
  if (!primary) return [...methods, newMethod({ type, value, primary: true }, tools)]
  return methods.map((method) => (method === primary ? changeMethod(method, { value }, tools) : method))
}

/** Makes a method the primary one of its type; the one that was is no longer. */
export function makePrimary(
  methods: readonly MemoryMethod[],
  id: string,
  tools: MethodTools,
): MemoryMethod[] {
  const type = methods.find((method) => method.id === id)?.type
  return methods.map((method) =>
    method.type === type ? changeMethod(method, { primary: method.id === id }, tools) : method,
  )
}

/** The primary method of a type. */
export function primaryOf(
  methods: readonly MemoryMethod[],
  type: ContactMethodType,
): MemoryMethod | undefined {
  return methods.find((method) => method.type === type && method.primary)
}

/** Merges custom fields by key into a copy; a key that is `null` is removed. */
export function mergeCustomFields(present: JsonObject, written: JsonObject): JsonObject {
  const merged = { ...present }
  for (const [key, value] of Object.entries(written)) {
    if (value === null) delete merged[key]
    else merged[key] = copyJson(value)
  }
  return merged
}
