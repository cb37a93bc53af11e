import {
  type ContactMethodsContacts,
  type ContactMethodsOptions,
  contactMethods as make,
} from '@anycontact/contact-methods'
import { watched } from './watch.ts'

export * from '@anycontact/contact-methods'

/** The package's factory, whose clients tell the page when they wait. */
export const contactMethods: (options: ContactMethodsOptions) => ContactMethodsContacts = watched(make)
