import { type Contact, ContactSchema } from '@anycontact/core'
import { assert, assertSame, fail, print } from './assert.ts'

const TIMES = ['createdAt', 'updatedAt', 'verifiedAt'] as const

/**
 * Checks what holds for every contact that any operation gives.
 *
 * @param value - what was given
 * @param provider - whose it must be
 * @param source - which operation gave it, for messages
 */
export function checkContact(value: unknown, provider: string, source: string): Contact {
  const what = `the contact from ${source}`
  assertSchema(value, what)
  const contact = value
  assert(
    contact.provider === provider,
    `${what}: provider is ${print(contact.provider)}, not ${print(provider)}`,
  )
  assert(contact.id.trim() !== '', `${what}: id is blank`)
  checkMethods(contact, what)
  for (const field of TIMES) checkTime(contact[field], `${what}: ${field}`)
  const { raw, ...fields } = contact
  assertSame(fromJson(fields), fields, `${what} does not survive JSON`)
  assert(raw !== undefined && raw !== null, `${what} has no raw: the vendor's record is missing`)
  return contact
}

/** Checks that text is an ISO 8601 time in UTC; absent passes. */
export function checkTime(time: unknown, what: string): void {
  if (time === undefined) return
  const valid =
    typeof time === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time) && !Number.isNaN(Date.parse(time))
  if (!valid) fail(`${what} is ${print(time)}, not an ISO 8601 time in UTC`)
}

/** A value as it comes out of JSON. */
export function fromJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function assertSchema(value: unknown, what: string): asserts value is Contact {
  const result = ContactSchema['~standard'].validate(value)
  if (result instanceof Promise) fail('the schema of contacts answers at once')
  if (result.issues) {
    const issues = result.issues.map(({ message, path = [] }) => {
      const keys = path.map((segment) => (typeof segment === 'object' ? segment.key : segment))
      return `${keys.map(String).join('.') || 'it'}: ${message}`
    })
    fail(`${what} is not well formed: ${issues.join('; ')}`)
  }
  // The schema passes over what it does not know.
  const known = new Set(Object.keys(ContactSchema.entries))
  const extra = Object.keys(Object(value)).filter((key) => !known.has(key))
  if (extra.length > 0) fail(`${what} has what is no field of a contact: ${extra.join(', ')}`)
}

function checkMethods(contact: Contact, what: string): void {
  const primaries = contact.contactMethods.filter(({ primary }) => primary)
  const types = primaries.map(({ type }) => type)
  assert(new Set(types).size === types.length, `${what}: contactMethods has two primaries of one type`)
  for (const type of ['email', 'phone'] as const) {
    const primary = primaries.find((method) => method.type === type)?.value
    assertSame(contact[type], primary, `${what}: ${type} is not the primary ${type} of contactMethods`)
  }
  for (const method of contact.contactMethods) {
    for (const field of TIMES) checkTime(method[field], `${what}: contactMethods.${field}`)
  }
}
