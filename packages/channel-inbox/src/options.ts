import type { ContactsPolicy, CredentialOption, HttpOptions } from '@anycontact/core'
import type { OwnOptions } from '@anycontact/core/adapter-kit'
import type { ImbraceClientConfig } from './api/options.ts'

/**
 * The settings of a channel inbox client: an API key or an access token, and settings that all have defaults. With both, both are
 * sent, and the vendor's gateway looks at the key first.
 */
export interface ChannelInboxOptions extends HttpOptions, ContactsPolicy {
  /** An unscoped API key (`api_…`); a function is asked before each attempt. */
  readonly apiKey?: CredentialOption | undefined
  /** A user's access token (`acc_…`) or JWT; a function is asked before each attempt. */
  readonly accessToken?: CredentialOption | undefined
  /** The organization (`org_…`); needed with a JWT, otherwise the credential's own counts. */
  readonly organizationId?: CredentialOption | undefined
  /** Picks the gateway. @default 'stable' */
  readonly env?: ImbraceClientConfig['env']
  /** Addresses of single services, over the gateway's: `channelService`, without a version. */
  readonly services?: ImbraceClientConfig['services']
  /**
   * Which of the vendor's descriptions requests follow where they contradict each other: its SDK, its older documentation with
   * its web app, or its exported specification. It decides the names of updated fields, too.
   * @default 'sdk'
   */
  readonly dialect?: ImbraceClientConfig['dialect']
}

/** The options that other adapters do not have. */
export const ownOptions: OwnOptions<ChannelInboxOptions> = {
  apiKey: 'any',
  accessToken: 'any',
  organizationId: 'any',
  env: 'text',
  services: 'headers',
  dialect: 'text',
}
