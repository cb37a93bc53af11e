import type { CredentialOption, HttpOptions } from '@anycontact/core'
import type { Environment, ImbraceClientConfig, ImbraceDialect, ServiceUrls } from './types.ts'

/** The gateways of the vendor's environments. Source: the vendor's SDK. */
export const gateways: Readonly<Record<Environment, string>> = {
  stable: 'https://app-gatewayv2.imbrace.co',
  prodv2: 'https://app-gatewayv2.imbrace.co',
  sandbox: 'https://app-gateway.sandbox.imbrace.co',
  develop: 'https://app-gateway.dev.imbrace.co',
}

/**
 * The options of the vendor's client, {@link ImbraceClientConfig}, and beside them ours, which go further. Where both say the same
 * thing, ours count: `timeoutMs` over `timeout`.
 *
 * Two things are not as with the vendor's client. Requests that must not be applied twice, for example uploads, are not sent
 * again when their answer is lost. `Retry-After` is obeyed, and waits between attempts are random up to 1, 2 and 4 seconds.
 */
export interface ImbraceClientOptions extends HttpOptions {
  /** Picks the gateway. @default 'stable' */
  readonly env?: Environment | undefined
  /** Addresses of single services, over the gateway's: of `channelService`, without a version, and of `gateway`, for `init()`. */
  readonly services?: { readonly [Name in keyof ServiceUrls]?: string | undefined } | undefined
  /** An unscoped API key (`api_…`), for servers; a function is asked before each attempt. The gateway looks at it first. */
  readonly apiKey?: CredentialOption | undefined
  /** A user's access token (`acc_…`) or JWT; a function is asked before each attempt. */
  readonly accessToken?: CredentialOption | undefined
  /** The organization (`org_…`); needed with a JWT, otherwise the credential's own counts. */
  readonly organizationId?: CredentialOption | undefined
  /** How long one attempt may take, in milliseconds. @default 30000 */
  readonly timeout?: number | undefined
  /** Whether `init()` asks for the gateway's health. @default false */
  readonly checkHealth?: boolean | undefined
  /** Whose words requests follow where the vendor's descriptions contradict each other; updated fields have their names. @default 'sdk' */
  readonly dialect?: ImbraceDialect | undefined
  /** Other paths, or URLs, for single routes, by the method's name, for example `getFiles`. `{id}` stands for the escaped id. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined
}
