import type { ContactsErrorIssue } from '@anycontact/core'
import { isDataObject } from '@anycontact/core/adapter-kit'
import { badPrint } from '../problems.ts'

/** What is wrong with what should give contacts, when a writer is called. */
export function contactsIssues(contacts: unknown): readonly ContactsErrorIssue[] {
  const isIterable =
    typeof contacts === 'object' &&
    contacts !== null &&
    (Symbol.asyncIterator in contacts || Symbol.iterator in contacts)
  const message = 'must be something to iterate over, such as client.list() or an array'
  return isIterable ? [] : [{ path: 'contacts', message }]
}

/**
 * Sees to it that what is to be printed is a contact.
 *
 * @throws ContactsError `invalid_input` for what is none
 */
export function checkContact(contact: unknown, index: number, writer: string): void {
  if (!isDataObject(contact))
    throw badPrint(writer, [{ path: `contacts.${index}`, message: 'is no contact' }])
}
