import type { HttpOptions } from '@anycontact/core'
import { type MemberKinds, readClientOptions } from '@anycontact/core/adapter-kit'
import { type ChannelApi, createChannelApi } from './channel.ts'
import { ContactsResource } from './contacts.ts'
import { type CredentialStore, createCredentials } from './credentials.ts'
import { PROVIDER } from './errors.ts'
import type { ImbraceClientOptions } from './options.ts'
import { createInboxTransport, type InboxTransport } from './transport.ts'

const own: MemberKinds<Omit<ImbraceClientOptions, keyof HttpOptions>> = {
  apiKey: 'any',
  accessToken: 'any',
  organizationId: 'any',
  env: 'text',
  services: 'headers',
  timeout: 'positive',
  checkHealth: 'flag',
  dialect: 'text',
}

/** What a client sends its requests with; for the adapter. */
export let transportOf: (client: ImbraceClient) => InboxTransport

/** The part of the vendor's generated operations that concerns contacts. */
export interface GeneratedApi {
  /** The channel service's. */
  readonly channel: ChannelApi
}

/**
 * The vendor's client, as far as contacts go: a program written for it runs with this one by changing the import. Errors are
 * `AuthError`, `ApiError`, `NetworkError` or `ImbraceError`, and each is a `ContactsError` too.
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
  /** What the vendor generates from its specifications; here the channel service's operations on contacts. */
  readonly api: GeneratedApi
  readonly #credentials: CredentialStore
  readonly #transport: InboxTransport
  readonly #checksHealth: boolean
  #health: Promise<unknown> | undefined

  static {
    transportOf = (client) => client.#transport
  }

  /**
   * @param config - credentials and settings; the credential can also come later, by {@link setAccessToken}
   * @throws ContactsError `config` when a credential is blank but not empty, which is none, or an option cannot work
   */
  constructor(config?: ImbraceClientOptions) {
    const {
      apiKey,
      accessToken,
      organizationId,
      checkHealth = false,
      ...settings
    } = readClientOptions<ImbraceClientOptions>(config, PROVIDER, own)
    this.#credentials = createCredentials({ apiKey, accessToken, organizationId })
    this.#transport = createInboxTransport(settings, this.#credentials.headers)
    this.#checksHealth = checkHealth
    this.contacts = new ContactsResource(this.#transport)
    this.api = { channel: createChannelApi(this.#transport) }
  }

  /**
   * Asks whether the gateway is well, where `checkHealth` is set: once, and again after it was not.
   *
   * @throws ContactsError what is wrong with it, or with the credential
   */
  async init(): Promise<void> {
    if (!this.#checksHealth) return
    this.#health ??= this.#transport.done('init')
    try {
      await this.#health
    } catch (error) {
      this.#health = undefined
      throw error
    }
  }

  /**
   * Acts for a user from now on; an API key that was given is no longer sent.
   *
   * @param token - an access token or a JWT; empty text is none
   * @throws ContactsError `config` when it is blank
   */
  setAccessToken(token: string): void {
    this.#credentials.change({ apiKey: undefined, accessToken: token })
  }

  /** Forgets the access token; requests then need an API key, or another token. */
  clearAccessToken(): void {
    this.#credentials.change({ accessToken: undefined })
  }
}

/**
 * Makes an {@link ImbraceClient}.
 *
 * @param config - credentials and settings
 */
export function createImbraceClient(config?: ImbraceClientOptions): ImbraceClient {
  return new ImbraceClient(config)
}
