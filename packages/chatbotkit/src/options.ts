import type { ContactsPolicy, CredentialOption, HttpOptions } from '@anycontact/core'

/** The settings of a ChatBotKit client. */
export interface ChatBotKitOptions extends HttpOptions, ContactsPolicy {
  /** A secret key (`sk-…`) or another bearer token; a function is asked before each attempt. */
  readonly secret: CredentialOption
  /** Acts as a child account, named by its id. */
  readonly runAsUserId?: string | undefined
  /** Acts as a child account, named by its email address. The vendor calls this experimental. */
  readonly runAsChildUserEmail?: string | undefined
  /** An IANA time zone, sent along; no contacts route of the vendor's reads it. */
  readonly timezone?: string | undefined
}
