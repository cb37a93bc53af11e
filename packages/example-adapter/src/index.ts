import { type Contacts, type ContactsPolicy, createContacts } from '@anycontact/core'
import { type ExampleCrmAdapter, type ExampleCrmOptions, exampleCrmAdapter } from './adapter.ts'

export { type ExampleCrmAdapter, type ExampleCrmOptions, exampleCrmAdapter } from './adapter.ts'

/** The client of the CRM: exactly the operations that it has. */
export type ExampleCrmContacts = Contacts<ExampleCrmAdapter>

/** Makes a client. @throws ContactsError `config` for options that cannot work */
export function exampleCrm(options: ExampleCrmOptions & ContactsPolicy): ExampleCrmContacts {
  return createContacts(exampleCrmAdapter(options), options)
}
