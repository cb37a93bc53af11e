import type { CredentialOption, HttpOptions } from '@anycontact/core'

/** The two data sets of an account. */
export type ContactMethodsEnvironment = 'test' | 'live'

/** The options of {@link ComplianceSDK}: the vendor's, and beside them ours, which all have defaults. */
export interface ComplianceSDKOptions extends HttpOptions {
  /** An API key; a function is asked before each attempt. */
  readonly apiKey: CredentialOption
  /** Which data: sent as `X-Environment`. A function is asked before each attempt. */
  readonly environment:
    | ContactMethodsEnvironment
    | (() => ContactMethodsEnvironment | Promise<ContactMethodsEnvironment>)
  /** Taken, because the vendor's constructor takes it, for example `MX:AV:AVI`. Contact methods have no use for it: it is not sent. */
  readonly scope?: string | undefined
}

/** What the vendor's SDK takes. */
export const sdkOptions = { apiKey: 'any', environment: 'any', scope: 'text' } as const
