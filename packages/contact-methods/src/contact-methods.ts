import type { Contacts } from '@anycontact/core'
import { type Adapter, createContacts, defineAdapter, readFactoryOptions } from '@anycontact/core/adapter-kit'
import { ComplianceSDK, sdkOptions } from './api/client.ts'
import { requestsOf } from './api/contact-methods/index.ts'
import { PROVIDER } from './api/errors.ts'
import { capabilities } from './capabilities.ts'
import { createGroup } from './groups.ts'
import { listPage, planWhere } from './listing.ts'
import { getContact } from './lookup.ts'
import type { ContactMethodsClientRecord } from './mapping.ts'
import type { ContactMethodsOptions } from './options.ts'
import { createContact, deleteContact, updateContact } from './writes/index.ts'

/** The contact-methods adapter: its capabilities, as types, and the vendor's SDK underneath. */
export interface ContactMethodsAdapter
  extends Adapter<typeof capabilities, ContactMethodsClientRecord, never, ComplianceSDK> {}

/** The contact-methods client. */
export interface ContactMethodsContacts extends Contacts<ContactMethodsAdapter> {}

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `contactMethods()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when a credential is missing or an option cannot work
 */
export function contactMethodsAdapter(options: ContactMethodsOptions): ContactMethodsAdapter {
  const given = readFactoryOptions(options, PROVIDER, { ...sdkOptions, sortedByClient: 'flagOrList' })
  const api = new ComplianceSDK(given)
  const requests = requestsOf(api.contactMethods)
  return defineAdapter<typeof capabilities, ContactMethodsClientRecord, never, ComplianceSDK>({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api,
    planWhere,
    list: (query, context) => listPage(requests, given.sortedByClient ?? false, query, context),
    get: (ref, context) => getContact(requests, ref, context),
    create: (input, context) => createContact(requests, input, context),
    update: (ref, patch, context) => updateContact(requests, ref, patch, context),
    delete: (ref, context) => deleteContact(requests, ref, context),
    contactMethods: createGroup(requests),
    request: requests.request,
  })
}

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
