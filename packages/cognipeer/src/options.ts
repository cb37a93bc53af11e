import type { ContactsPolicy, CredentialOption, HttpOptions } from '@anycontact/core'
import type { OwnOptions } from '@anycontact/core/adapter-kit'

/** The settings of a Cognipeer client. */
export interface CognipeerOptions extends HttpOptions, ContactsPolicy {
  /** A personal access token (`pat_…`) or an API token; a function is asked before each attempt. */
  readonly token: CredentialOption
  /** The id of the API channel, sent as `x-hook-id`; a function is asked before each attempt. */
  readonly hookId: CredentialOption
  /** Where the API is, `/v1` included. @default 'https://api.cognipeer.com/v1' */
  readonly baseUrl?: string | URL | undefined
  /**
   * Keys that no two contacts of the workspace share. Nothing says that Cognipeer keeps them unique, so each lookup by one is
   * followed by a look at how many contacts have the value; for the keys named here that request is spared, and what the server
   * picks is taken.
   * @default []
   */
  readonly uniqueKeys?: readonly ('externalId' | 'email')[] | undefined
}

/** The options that other adapters do not have. */
export const ownOptions: OwnOptions<CognipeerOptions> = { token: 'any', hookId: 'any', uniqueKeys: 'texts' }
