import { ContactMethods } from './contact-methods.ts'
import type { ComplianceSDKOptions, ContactMethodsEnvironment } from './options.ts'
import { createTransport, type Transport } from './transport.ts'

/** What an SDK sends its requests with; for the adapter. */
export let transportOf: (sdk: ComplianceSDK) => Transport

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
  readonly #transport: Transport
  /** The contact methods. */
  readonly contactMethods: ContactMethods
  /** As it was given; a function is not asked. */
  readonly environment: ContactMethodsEnvironment | undefined

  static {
    transportOf = (sdk) => sdk.#transport
  }

  /**
   * @param options - the credential, the environment, and settings that all have defaults
   * @throws ContactsError `config` when a credential is missing or blank, or an option cannot work
   */
  constructor(options: ComplianceSDKOptions) {
    this.#transport = createTransport(options)
    this.contactMethods = new ContactMethods(this.#transport)
    this.environment = typeof options.environment === 'string' ? options.environment : undefined
  }
}
