import { createContactsResource, type IContacts } from './contacts.ts'
import { badConfig } from './errors.ts'
import type { CognipeerClientConfig } from './options.ts'
import { type CognipeerTransport, createCognipeerTransport } from './transport.ts'

/** What clients send by hand; not in the class, so that a plain object with the same members is one. */
const requests = new WeakMap<CognipeerClient, CognipeerTransport['request']>()

/** What a client sends by hand; for the adapter. */
export function requestOf(client: CognipeerClient): CognipeerTransport['request'] {
  const request = requests.get(client)
  if (request) return request
  throw badConfig('This is no client that was made by `new CognipeerClient(…)`.')
}

/**
 * The vendor's client, as far as contacts go: a program written for it runs with this one by changing the import. Errors are
 * `ContactsError`; their messages hold what the vendor's said.
 *
 * @example
 * ```ts
 * const client = new CognipeerClient({
 *   token: process.env.COGNIPEER_TOKEN ?? '',
 *   hookId: process.env.COGNIPEER_HOOK_ID ?? '',
 * })
 * const contact = await client.contacts.get({ email: 'ana@example.com' })
 * ```
 */
export class CognipeerClient {
  /** The contacts of the workspace; a test may put a mock in their place. */
  contacts: IContacts

  /**
   * @param config - the credentials and settings
   * @throws ContactsError `config` when the token or the hook id is missing or blank, or an option cannot work
   */
  constructor(config: CognipeerClientConfig) {
    const transport = createCognipeerTransport(config)
    this.contacts = createContactsResource(transport)
    requests.set(this, transport.request)
  }
}
