import { ContactMethods, createRequests } from './contact-methods/index.ts'
import type { ComplianceSDKOptions, ContactMethodsEnvironment } from './options.ts'
import { createContactMethodsTransport } from './transport.ts'

export { sdkOptions } from './options.ts'

/**
 * The vendor's SDK, as far as contact methods go: a program written for it runs with this one by changing the import.
 *
 * @example
 * ```ts
 * const sdk = new ComplianceSDK({ apiKey: process.env.ARTU_API_KEY ?? '', environment: 'test' })
 * const { data } = await sdk.contactMethods.listByClient('3c90c3cc-0d44-4b50-8888-8dd25736052a')
 * ```
 */
export class ComplianceSDK {
  /** The contact methods. */
  readonly contactMethods: ContactMethods
  /** As it was given; a function is not asked. */
  readonly environment: ContactMethodsEnvironment | undefined

  /**
   * @param options - the credential, the environment, and settings that all have defaults
   * @throws ContactsError `config` when a credential is missing or blank, or an option cannot work
   */
  constructor(options: ComplianceSDKOptions) {
    this.contactMethods = new ContactMethods(createRequests(createContactMethodsTransport(options)))
    this.environment = typeof options.environment === 'string' ? options.environment : undefined
  }
}
