import { ContactsResource } from './contacts.ts'
import { type Credentials, credentialHeaders } from './credentials.ts'
import type { ImbraceClientConfig } from './options.ts'
import { createTransport } from './transport.ts'

/**
 * The vendor's client, as far as contacts go: a program written for it runs with this one by changing the import. Errors are
 * `ContactsError`, where the vendor's are `AuthError`, `ApiError` and `NetworkError`.
 *
 * @example
 * ```ts
 * const client = new ImbraceClient({ apiKey: process.env.IMBRACE_API_KEY ?? '' })
 * const page = await client.contacts.list({ limit: 50, skip: 0 })
 * ```
 */
export class ImbraceClient {
  /** The contacts, and what hangs on them. */
  readonly contacts: ContactsResource
  #credentials: Credentials
  #headers: () => Promise<Record<string, string>>

  /**
   * @param config - credentials and settings; the credential can also come later, by {@link setAccessToken}
   * @throws ContactsError `config` when a credential is blank, or an option cannot work
   */
  constructor(config: ImbraceClientConfig = {}) {
    const { apiKey, accessToken, organizationId, ...settings } = config
    this.#credentials = { apiKey, accessToken, organizationId }
    this.#headers = credentialHeaders(this.#credentials)
    this.contacts = new ContactsResource(createTransport(settings, () => this.#headers()))
  }

  /**
   * Acts for a user from now on; an API key that was given is no longer sent.
   *
   * @param token - an access token or a JWT
   * @throws ContactsError `config` when it is blank
   */
  setAccessToken(token: string): void {
    this.#use({ ...this.#credentials, apiKey: undefined, accessToken: token })
  }

  /** Forgets the access token; requests then need an API key, or another token. */
  clearAccessToken(): void {
    this.#use({ ...this.#credentials, accessToken: undefined })
  }

  #use(credentials: Credentials): void {
    this.#headers = credentialHeaders(credentials)
    this.#credentials = credentials
  }
}

/**
 * Makes an {@link ImbraceClient}.
 *
 * @param config - credentials and settings
 */
export function createImbraceClient(config?: ImbraceClientConfig): ImbraceClient {
  return new ImbraceClient(config)
}
