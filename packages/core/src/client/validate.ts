import * as v from 'valibot'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import {
  type ContactMethodChange,
  type ContactMethodInput,
  ContactMethodInputSchema,
  ContactMethodPatchSchema,
  type ContactMethodWrite,
} from '../model/contact-method.ts'
import {
  ContactInputSchema,
  ContactPatchSchema,
  type ContactWrite,
  type WritableField,
} from '../model/input.ts'
import { dropField, type Runtime } from './runtime.ts'

/**
 * Checks what a write was given and brings it into the form that adapters get.
 *
 * @throws ContactsError `invalid_input` with every issue; `unsupported_field` for fields outside `fields`
 */
export function checkWrite(
  runtime: Runtime,
  operation: string,
  kind: 'input' | 'patch',
  given: unknown,
  fields: readonly WritableField[],
): ContactWrite {
  const schema = kind === 'input' ? ContactInputSchema : ContactPatchSchema
  const parsed = v.safeParse(schema, given)
  if (!parsed.success) throw invalidInput(parsed.issues.map(toIssue))
  return keepStorable(runtime, operation, agree(withoutUndefined(parsed.output)), fields)
}

/** Checks one contact method. @throws ContactsError `invalid_input` */
export function checkMethod(given: unknown): ContactMethodWrite {
  const parsed = v.safeParse(ContactMethodInputSchema, given)
  if (parsed.success) return parsed.output
  throw invalidInput(parsed.issues.map(toIssue))
}

/** Checks a change of one contact method. @throws ContactsError `invalid_input` */
export function checkMethodPatch(given: unknown): ContactMethodChange {
  const parsed = v.safeParse(ContactMethodPatchSchema, given)
  if (parsed.success) return parsed.output
  throw invalidInput(parsed.issues.map(toIssue))
}

/** Checks all the methods that a contact is to have. @throws ContactsError `invalid_input` */
export function checkMethods(given: unknown): ContactMethodWrite[] {
  const parsed = v.safeParse(v.array(ContactMethodInputSchema, 'must be an array'), given)
  if (!parsed.success) throw invalidInput(parsed.issues.map(toIssue))
  const problem = findSecondPrimary(parsed.output)
  if (problem) throw invalidInput([{ ...problem, path: '' }])
  return parsed.output
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

function toIssue(issue: v.BaseIssue<unknown>): ContactsErrorIssue {
  const path = v.getDotPath(issue) ?? ''
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return { path, message: 'is not a field of a contact; put fields of your own into customFields' }
  }
  // valibot's stock messages quote the value that was received, which may be personal.
  return {
    path,
    message: issue.message.startsWith('Invalid ') ? `must be ${issue.expected ?? 'valid'}` : issue.message,
  }
}

function withoutUndefined(checked: v.InferOutput<typeof ContactInputSchema>): ContactWrite {
  const entries = Object.entries(checked).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as ContactWrite // the same members less the undefined ones
}

/** Makes `email` and `phone` and the primary methods of those types say the same. */
function agree(write: ContactWrite): ContactWrite {
  if (write.contactMethods === undefined) return write
  const methods = [...(write.contactMethods ?? [])]
  const issues: ContactsErrorIssue[] = []
  let result = write
  const second = findSecondPrimary(methods)
  if (second) issues.push(second)
  for (const field of ['email', 'phone'] as const) {
    const given = write[field]
    const primary = methods.find((method) => method.type === field && method.primary === true)
    if (given === undefined) {
      result = { ...result, [field]: primary?.value ?? null }
      continue
    }
    if (given === null ? primary !== undefined : primary !== undefined && primary.value !== given) {
      issues.push({ path: field, message: 'disagrees with the primary in contactMethods: give one of them' })
    } else if (given !== null && primary === undefined) {
      promote(methods, field, given)
    }
  }
  if (issues.length > 0) throw invalidInput(issues)
  return { ...result, contactMethods: write.contactMethods === null ? null : methods }
}

function findSecondPrimary(methods: readonly ContactMethodInput[]): ContactsErrorIssue | undefined {
  const primaries = methods.filter((method) => method.primary === true).map((method) => method.type)
  if (new Set(primaries).size === primaries.length) return undefined
  return { path: 'contactMethods', message: 'must have at most one primary a type' }
}

function promote(methods: ContactMethodInput[], type: 'email' | 'phone', value: string): void {
  const index = methods.findIndex((method) => method.type === type && method.value === value)
  const existing = methods[index]
  if (existing) methods[index] = { ...existing, primary: true }
  else methods.push({ type, value, primary: true })
}

function keepStorable(
  runtime: Runtime,
  operation: string,
  write: ContactWrite,
  fields: readonly WritableField[],
): ContactWrite {
  let kept = write
  for (const field of Object.keys(write) as WritableField[]) {
    if (fields.includes(field)) continue
    // Clearing what the provider does not have is done already.
    if (write[field] !== null) dropField(runtime, operation, field, 'it has no such field')
    const { [field]: _dropped, ...rest } = kept
    kept = rest
  }
  return kept
}
