import type { ContactInput, ContactsErrorIssue, RefKey } from '@anycontact/core'
import { ContactInputSchema, isPlainObject, parsedProblem, withDigits } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { METHODS_OWN, writableMethod } from '../writable.ts'

/** The member in which `refusedNdjson` says why a line was refused. */
export const ERROR_MEMBER = 'importError'

/** What an exported contact has and nobody can write. */
const PROVIDERS_OWN: readonly string[] = ['provider', 'createdAt', 'updatedAt', 'deleted', 'raw']

/** What was read of a line. */
export interface LineReading {
  readonly contact: ContactInput
  readonly notes: readonly string[]
  readonly issues: ContactsErrorIssue[]
}

/** Whether a line has only what `refusedNdjson` says of the one below it. */
export function isRemark(value: unknown): boolean {
  return isPlainObject(value) && ERROR_MEMBER in value && Object.keys(value).length === 1
}

/**
 * Reads the contact of a line.
 *
 * @param value - as it was parsed
 * @param by - the key that tells contacts apart
 * @returns a text, which says what is wrong, for what is no contact at all
 */
export function readContact(value: unknown, by: RefKey | undefined): LineReading | string {
  if (!isPlainObject(value)) return 'must be a JSON object'
  if (Object.hasOwn(value, '__proto__')) return 'has a key named __proto__'
  const isExport = Object.hasOwn(value, 'provider')
  const notes: string[] = []
  const fields: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    if (key === ERROR_MEMBER) continue
    if (PROVIDERS_OWN.includes(key)) {
      if (!isExport) notes.push(`${key} was left out: no provider lets it be written`)
    } else if (key === 'id' && by !== 'id') {
      if (!isExport)
        notes.push("id was left out: it is the provider's own, by which nothing is looked up here")
    } else if (!isExport || !isEmpty(member)) fields[key] = member
  }
  if (Object.keys(fields).length === 0) return 'has nothing that is a field of a contact'
  if (isExport && value.deleted === true) notes.push('the contact is deleted where it comes from')
  const damaged = parsedProblem(withDigits(value, fields))
  const issues = damaged ? [{ path: damaged.path.join('.'), message: damaged.message }] : []
  setMethods(fields, isExport, notes)
  // What is in it is for the schema to check.
  const contact = fields as ContactInput
  for (const issue of v.safeParse(ContactInputSchema, contact).issues ?? []) {
    const path = v.getDotPath(issue) ?? ''
    if (issues.every((known) => known.path !== path)) issues.push({ path, message: issue.message })
  }
  return { contact, notes, issues }
}

/** What says that there is nothing, of a contact as its provider gives it. */
function isEmpty(member: unknown): boolean {
  return Array.isArray(member)
    ? member.length === 0
    : isPlainObject(member) && Object.keys(member).length === 0
}

/** Takes away of contact methods what only their provider can set; the methods too where `email` and `phone` say as much. */
function setMethods(fields: Record<string, unknown>, isExport: boolean, notes: string[]): void {
  const { contactMethods: given, email, phone } = fields
  if (!Array.isArray(given)) return
  const methods = given.map((method: unknown) => (isPlainObject(method) ? writableMethod(method) : method))
  const left = isExport
    ? []
    : METHODS_OWN.filter((name) => given.some((one) => isPlainObject(one) && name in one))
  for (const name of left) {
    notes.push(`contactMethods.${name} was left out: it is the provider's own`)
  }
  const saysNoMore = (method: unknown): boolean => {
    if (!isPlainObject(method)) return false
    const { type, value, primary, ...others } = method
    const shorthand = type === 'email' ? email : type === 'phone' ? phone : undefined
    return primary === true && value === shorthand && Object.keys(others).length === 0
  }
  if (isExport && methods.every(saysNoMore)) delete fields.contactMethods
  else fields.contactMethods = methods
}
