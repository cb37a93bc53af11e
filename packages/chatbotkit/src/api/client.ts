import { type CallSettings, holds } from '@anycontact/core/adapter-kit'
import { type ClientFetchOptions, rawSource } from './client-fetch.ts'
import { type EndpointName, endpoints } from './endpoints.ts'
import { badInput } from './errors.ts'
import {
  baseUrlOf,
  type ClientOptions,
  type ClientSettings,
  extendSettings,
  readSettings,
  settingsOf,
} from './options.ts'
import { ResponsePromise } from './response-promise.ts'
import { createClientTransport, type Input, type Transport } from './transport.ts'

/** What a client sends its requests with; for the modules beside this one. */
export let transportOf: (client: ChatBotKitClient) => Transport

/**
 * The vendor's client: what all its clients have. The functions of this package take one as their first argument.
 *
 * @example
 * ```ts
 * const client = new ChatBotKitClient({ secret: process.env.CHATBOTKIT_SECRET ?? '' })
 * const { id } = await createContact(client, { name: 'Ana Souza' })
 * ```
 */
export class ChatBotKitClient {
  readonly #settings: ClientSettings
  readonly #transport: Transport

  static {
    transportOf = (client) => {
      if (#transport in Object(client)) return client.#transport
      throw badInput('The client must be one of this package, and of this copy of it.')
    }
  }

  /**
   * @param options - the credential and settings
   * @param parent - a client to share connection limits and cache with; how the sub-clients of a client are made
   * @throws ContactsError `config` when the secret is missing or blank, or an option cannot work
   */
  constructor(options: ClientOptions, parent?: ChatBotKitClient) {
    if (parent !== undefined) {
      this.#transport = transportOf(parent)
      this.#settings = parent.#settings
      return
    }
    const { host, protocol, ...settings } = settingsOf(readSettings(options))
    const baseUrl = baseUrlOf({ baseUrl: settings.baseUrl, host, protocol })
    this.#settings = { ...settings, baseUrl }
    this.#transport = createClientTransport(this.#settings, baseUrl)
  }

  /**
   * Makes another client of the same class with some options changed; this one stays as it is. `headers`, `endpoints` and
   * `retry` are merged. `concurrency`, and a `rateLimit` that is no `RateLimiter`, count for each client by
   * itself.
   *
   * @param extensionOptions - what is to be different
   */
  extend(extensionOptions: Partial<ClientOptions>): this {
    // A subclass that can be extended takes the options as its only required argument, as the vendor's do.
    const Client = this.constructor as new (options: ClientOptions) => this
    return new Client(extendSettings(this.#settings, readSettings(extensionOptions)))
  }

  /**
   * Calls any route of the API by hand, with the client's credentials, retries and time-outs.
   *
   * An answer that is JSON is parsed; any other comes as `{ headers, data }` with the bytes. `.stream()` yields every line of
   * a JSONL answer as it is.
   *
   * A method of that name in a subclass, or a mock, is called for everything that the client sends, as with the vendor's client.
   *
   * @typeParam T - the answer, taken on trust
   * @typeParam U - a line of the stream, taken on trust
   * @param path - for example `/api/v1/contact/list`; below `baseUrl`. An absolute URL of another origin wants `external: true`
   * @param options - what to send; `record` makes it a POST
   *
   * @example
   * ```ts
   * const { items } = await client.clientFetch<{ items: unknown[] }, never>('/api/v1/bot/list', { query: { take: 10 } })
   * ```
   */
  clientFetch<T, U>(path: string, options?: ClientFetchOptions): ResponsePromise<T, U> {
    return new ResponsePromise<T, U>(rawSource(this.#transport, path, options))
  }
}

const { clientFetch: ours } = ChatBotKitClient.prototype

/** Whether a subclass or a test has put a `clientFetch` in the place of ours. */
function isReplaced(client: ChatBotKitClient): boolean {
  return holds(() => {
    const { clientFetch } = Object(client)
    return typeof clientFetch === 'function' && clientFetch !== ours
  })
}

/**
 * Calls an endpoint by the client's `clientFetch`, where that is not ours: as with the vendor's client, one that a subclass or a
 * test puts in its place sees everything, in the vendor's words. Any object that has one will do.
 *
 * @param call - its signal and headers go along
 * @returns `undefined` where `clientFetch` is ours, and the endpoint is to be called as it is
 * @throws ContactsError `invalid_input` for an id that is no part of a path
 */
export function byReplacedFetch<T, U>(
  client: ChatBotKitClient,
  name: EndpointName,
  { params = {}, ...sent }: Pick<ClientFetchOptions, 'query' | 'record'> & Pick<Input, 'params'>,
  { signal, headers }: CallSettings,
): ResponsePromise<T, U> | undefined {
  if (!isReplaced(client)) return undefined
  let path: string = endpoints[name].path
  for (const [key, id] of Object.entries(params)) {
    if (/^\s*\.{0,2}\s*$/.test(String(id))) throw badInput(`${key} is blank, or no id.`, name)
    path = path.replace(`{${key}}`, () => encodeURIComponent(String(id)))
  }
  const own = { ...sent, ...(signal && { signal }), ...(headers && { headers }) }
  return Object.keys(own).length === 0 ? client.clientFetch(path) : client.clientFetch(path, own)
}
