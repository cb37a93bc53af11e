import type { CredentialOption, HttpOptions } from '@anycontact/core'

/** The two data sets of an account. */
export type ContactMethodsEnvironment = 'test' | 'live'

/** The options of {@link ComplianceSDK}: the vendor's two, and beside them ours, which all have defaults. */
export interface ComplianceSDKOptions extends HttpOptions {
  /** An API key; a function is asked before each attempt. */
  readonly apiKey: CredentialOption
  /** Which data: sent as `X-Environment`. A function is asked before each attempt. */
  readonly environment:
    | ContactMethodsEnvironment
    | (() => ContactMethodsEnvironment | Promise<ContactMethodsEnvironment>)
}
