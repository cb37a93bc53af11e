import type { Contact, ContactsError, QueryPlan } from '@anycontact/chatbotkit'

/** Begins the vendor's own words in the message of an error that the vendor answered. */
const VENDOR_WORDS = 'The provider says: '

/**
 * Says in a few words why a row was refused.
 *
 * @param error - the row's
 */
export function reasonOf({ issues, message }: ContactsError): string {
  if (issues) return issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ')
  const [, vendorWords] = message.split(VENDOR_WORDS)
  return vendorWords ?? message
}

/**
 * Who refused a row: an answer of the provider has a status, what AnyContact sees itself has none.
 *
 * @param error - the row's
 */
export function refusedByProvider({ status }: ContactsError): boolean {
  return status !== undefined
}

/**
 * Writes a condition of a listing.
 *
 * @example `customFields.plan = "team"`
 */
export function conditionText({ field, operator, value }: QueryPlan['pushedDown'][number]): string {
  switch (operator) {
    case 'exists':
      return `${field} ${value === true ? 'exists' : 'is absent'}`
    case 'eq':
      return `${field} = ${JSON.stringify(value)}`
    case 'in':
      return `${field} in ${JSON.stringify(value)}`
    default:
      return `${field} ${operator} ${JSON.stringify(value)}`
  }
}

/** A custom field as text; empty when the contact has none of that name. */
export function customField(contact: Contact, key: string): string {
  const value = contact.customFields[key]
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A whole number with commas. */
export function count(number: number): string {
  return number.toLocaleString('en')
}

/** A number of things, with their name in the plural where it is one. */
export function countOf(number: number, singular: string, plural = `${singular}s`): string {
  return `${count(number)} ${number === 1 ? singular : plural}`
}

/** A time span, for example `340 ms` or `2.1 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** A size, for example `97 kB`. */
export function size(bytes: number): string {
  return bytes < 1000 ? countOf(bytes, 'byte') : `${count(Math.round(bytes / 1000))} kB`
}
