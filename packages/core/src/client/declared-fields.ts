import type { Capabilities, CustomFieldType } from '../adapter/capabilities.ts'
import type { ContactsErrorIssue } from '../errors.ts'
import type { ContactMethodType } from '../model/contact-method.ts'
import type { ContactWrite, WritableField } from '../model/input.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import { invalidInput } from './invalid-input.ts'
import type { UnstorablePart } from './policy.ts'

/** A write without what the provider's declarations leave no place for, and what that was. */
export interface DeclaredPart {
  readonly write: ContactWrite
  readonly unstorable: readonly UnstorablePart[]
}

/**
 * Checks a write against what the provider's capabilities declare of its custom fields and of its places for contact methods.
 *
 * @param customFields - absent where any name and value will do
 * @param slots - absent where methods are a list
 * @throws ContactsError `invalid_input` for a value of another type than the declared one
 */
export function withinDeclared(
  write: ContactWrite,
  customFields: Readonly<Record<string, CustomFieldType>> | undefined,
  slots: readonly ContactMethodType[] | undefined,
): DeclaredPart {
  const named = withinNames(write, customFields)
  if (named.issues.length > 0) throw invalidInput(named.issues)
  const slotted = withinSlots(named.write, slots)
  return { write: slotted.write, unstorable: [...named.unstorable, ...slotted.unstorable] }
}

/**
 * Makes the first method of each type that has a fixed place the primary of its type, where the caller names none: alone in its
 * place, it is what the contact is reached by.
 */
export function withPrimaries(write: ContactWrite, slots: readonly ContactMethodType[]): ContactWrite {
  if (!write.contactMethods) return write
  const named = new Set(
    write.contactMethods.filter(({ primary }) => primary === true).map(({ type }) => type),
  )
  const contactMethods = write.contactMethods.map((method) => {
    if (!slots.includes(method.type) || named.has(method.type)) return method
    named.add(method.type)
    return { ...method, primary: true }
  })
  return { ...write, contactMethods }
}

/**
 * Checks the contact methods of a write against the fixed places that a provider has for them: one method a type, its primary.
 *
 * @param slots - the types that it has a place for
 */
function withinSlots(write: ContactWrite, slots: readonly ContactMethodType[] | undefined): DeclaredPart {
  if (!slots || !write.contactMethods) return { write, unstorable: [] }
  const unstorable: UnstorablePart[] = []
  const kept = write.contactMethods.filter(({ type, primary }, index) => {
    const isKept = slots.includes(type) && primary === true
    if (!isKept) {
      const reason = slots.includes(type)
        ? `it has one place for a method of the type ${type}`
        : `it has no place for a method of the type ${type}`
      unstorable.push({ path: `contactMethods.${index}`, reason })
    }
    return isKept
  })
  return { write: { ...write, contactMethods: kept }, unstorable }
}

/** The custom fields of a write that are declared, and what is wrong with the others. */
interface DeclaredCustomFields extends DeclaredPart {
  readonly issues: readonly ContactsErrorIssue[]
}

const EXPECTED: Readonly<Record<CustomFieldType, string>> = {
  text: 'must be text',
  number: 'must be a number',
  boolean: 'must be true or false',
  date: 'must be an ISO 8601 time',
}

/**
 * Checks the custom fields of a write against those that are declared by name and type.
 *
 * @param declared - absent where any name and value will do
 */
function withinNames(
  write: ContactWrite,
  declared: Readonly<Record<string, CustomFieldType>> | undefined,
): DeclaredCustomFields {
  if (!declared || !write.customFields) return { write, unstorable: [], issues: [] }
  const unstorable: UnstorablePart[] = []
  const issues: ContactsErrorIssue[] = []
  const customFields: JsonObject = {}
  for (const [name, value] of Object.entries(write.customFields)) {
    const path = `customFields.${name}`
    const type = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (type === undefined) {
      // Clearing what is not there is done already.
      if (value !== null) unstorable.push({ path, reason: 'no custom field of this name is declared' })
    } else if (value !== null && !fits(type, value)) issues.push({ path, message: EXPECTED[type] })
    else customFields[name] = value
  }
  return { write: { ...write, customFields }, unstorable, issues }
}

function fits(type: CustomFieldType, value: JsonValue): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
  }
}

/** Whether a create or an update stores a field, whatever the write at hand does. */
export function isStored(capabilities: Capabilities, field: WritableField): boolean {
  return storers(capabilities, field).length > 0
}

/** Why a write cannot store a field that is not among its own. */
export function whyNotStored(capabilities: Capabilities, field: WritableField): string {
  const others = storers(capabilities, field)
  return others.length > 0 ? `it is stored by ${others.join(' and ')} alone` : 'it has no such field'
}

function storers({ create, update }: Capabilities, field: WritableField): string[] {
  return Object.entries({ create, update }).flatMap(([name, it]) => (it?.fields.includes(field) ? name : []))
}
