import { type Contacts, createContacts } from '@anycontact/core'
import { type ContactMethodsAdapter, contactMethodsAdapter } from './adapter.ts'
import type { ContactMethodsOptions } from './options.ts'

/** The contact-methods client. */
export type ContactMethodsContacts = Contacts<ContactMethodsAdapter>

/**
 * Makes a client for the contact methods of an Artu account: a contact is a client of that account with all its contact methods.
 *
 * @param options - the API key, the environment, and settings that all have defaults
 * @throws ContactsError `config` when a credential is missing or blank, or an option cannot work
 *
 * @example
 * ```ts
 * const contacts = contactMethods({ apiKey: process.env.ARTU_API_KEY ?? '', environment: 'test' })
 * const contact = await contacts.get('3c90c3cc-0d44-4b50-8888-8dd25736052a')
 * await contacts.update(contact, { email: 'juan@example.com' })
 * ```
 */
export function contactMethods(options: ContactMethodsOptions): ContactMethodsContacts {
  return createContacts(contactMethodsAdapter(options), options)
}
