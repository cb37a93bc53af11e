import type { ContactsPolicy, CredentialOption, DeclaredFields, HttpOptions } from '@anycontact/core'

/** How an account has set up the CRM. What can be done with its contacts follows from it. */
export interface ExampleCrmAccount {
  /** The attribute that no two people share: it holds the external id. @default contacts have none */
  readonly uniqueAttribute?: string | undefined
  /** The attributes that are custom fields, by name and type; others are in `raw` alone. */
  readonly customFields: DeclaredFields
}

/** What the client is made with, beside the options of every adapter that speaks HTTP. */
export interface ExampleCrmOptions<A extends ExampleCrmAccount> extends HttpOptions, ContactsPolicy {
  /** An API token; a function is asked before each attempt. */
  readonly token: CredentialOption
  readonly account: A
}
