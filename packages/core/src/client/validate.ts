import * as v from 'valibot'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import {
  type ContactMethodChange,
  ContactMethodInputSchema,
  ContactMethodPatchSchema,
  type ContactMethodWrite,
} from '../model/contact-method-input.ts'
import {
  ContactInputSchema,
  ContactPatchSchema,
  type ContactWrite,
  type WritableField,
} from '../model/input.ts'
import { writtenArray } from '../model/written-object.ts'
import { dropFields, type Runtime } from './runtime.ts'

/**
 * Checks what a write was given and brings it into the form that adapters get.
 *
 * @throws ContactsError `invalid_input`, and `unsupported_field` for fields outside `fields`; each tells of all that is wrong
 */
export function checkWrite(
  runtime: Runtime,
  operation: string,
  kind: 'input' | 'patch',
  given: unknown,
  fields: readonly WritableField[],
): ContactWrite {
  const write: ContactWrite = check(kind === 'input' ? ContactInputSchema : ContactPatchSchema, given)
  const agreed = agree(write, fields.includes('contactMethods'))
  const kept = pick(agreed, fields)
  const unstorable = (Object.keys(write) as WritableField[]).filter(
    // Clearing what the provider does not have is done already.
    (field) => write[field] !== null && !fields.includes(field),
  )
  dropFields(
    runtime,
    operation,
    unstorable.map((path) => ({ path, reason: 'it has no such field' })),
  )
  return kept
}

/** Checks one contact method. @throws ContactsError `invalid_input` */
export function checkMethod(given: unknown): ContactMethodWrite {
  return check(ContactMethodInputSchema, given)
}

/** Checks a change of one contact method. @throws ContactsError `invalid_input` */
export function checkMethodPatch(given: unknown): ContactMethodChange {
  return check(ContactMethodPatchSchema, given)
}

/** Checks all the methods that a contact is to have. @throws ContactsError `invalid_input` */
export function checkMethods(given: unknown): ContactMethodWrite[] {
  const methods = check(writtenArray(ContactMethodInputSchema), given)
  if (hasSecondPrimary(methods)) throw invalidInput([{ path: '', message: ONE_PRIMARY }])
  return methods
}

/** The error for input that cannot be sent. */
export function invalidInput(issues: readonly ContactsErrorIssue[]): ContactsError {
  const words = issues.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `The input cannot be sent: ${words.join('; ')}. Nothing was written.`,
    issues,
  })
}

const ONE_PRIMARY = 'must have at most one primary a type'

function check<Input, Output>(schema: v.GenericSchema<Input, Output>, given: unknown): Output {
  const parsed = v.safeParse(schema, given)
  if (parsed.success) return parsed.output
  throw invalidInput(
    parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
  )
}

/**
 * Makes `email` and `phone` and the primary methods of those types say the same. That a list of methods has no primary clears
 * the field only where the list itself is stored; where it is left out, its primaries are all there is to write.
 */
function agree(write: ContactWrite, storesMethods: boolean): ContactWrite {
  if (write.contactMethods === undefined) return write
  const methods: ContactMethodWrite[] = [...(write.contactMethods ?? [])]
  const issues: ContactsErrorIssue[] = []
  let result = write
  if (hasSecondPrimary(methods)) issues.push({ path: 'contactMethods', message: ONE_PRIMARY })
  for (const field of ['email', 'phone'] as const) {
    const given = write[field]
    const primary = methods.find((method) => method.type === field && method.primary === true)
    if (given === undefined) {
      if (primary || storesMethods) result = { ...result, [field]: primary?.value ?? null }
    } else if (primary === undefined) {
      if (given !== null) promote(methods, field, given)
    } else if (primary.value !== given) {
      issues.push({ path: field, message: 'disagrees with the primary in contactMethods: give one of them' })
    }
  }
  if (issues.length > 0) throw invalidInput(issues)
  return { ...result, contactMethods: write.contactMethods === null && methods.length === 0 ? null : methods }
}

function hasSecondPrimary(methods: readonly ContactMethodWrite[]): boolean {
  const primaries = methods.filter((method) => method.primary === true).map((method) => method.type)
  return new Set(primaries).size < primaries.length
}

function promote(methods: ContactMethodWrite[], type: 'email' | 'phone', value: string): void {
  const index = methods.findIndex((method) => method.type === type && method.value === value)
  const existing = methods[index]
  if (existing) methods[index] = { ...existing, primary: true }
  else methods.push({ type, value, primary: true })
}

function pick(write: ContactWrite, fields: readonly WritableField[]): ContactWrite {
  return Object.fromEntries(
    Object.entries(write).filter(([field]) => fields.some((known) => known === field)),
  )
}
