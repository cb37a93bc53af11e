import type { ContactsPolicy, HttpOptions } from '@anycontact/core'
import type { OwnOptions } from '@anycontact/core/adapter-kit'
import type { ImbraceClientOptions } from './api/options.ts'

/**
 * The settings of a channel inbox client: an API key or an access token, and settings that all have defaults. With both, both are
 * sent, and the vendor's gateway looks at the key first.
 */
export interface ChannelInboxOptions
  extends HttpOptions,
    ContactsPolicy,
    Pick<
      ImbraceClientOptions,
      'apiKey' | 'accessToken' | 'organizationId' | 'env' | 'services' | 'dialect'
    > {}

/** The options that other adapters do not have. */
export const ownOptions: OwnOptions<ChannelInboxOptions> = {
  apiKey: 'any',
  accessToken: 'any',
  organizationId: 'any',
  env: 'text',
  services: 'headers',
  dialect: 'text',
}
