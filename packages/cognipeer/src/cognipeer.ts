import type { Contacts } from '@anycontact/core'
import { type Adapter, createContacts, defineAdapter, readFactoryOptions } from '@anycontact/core/adapter-kit'
import { CognipeerClient, requestOf } from './api/client.ts'
import { PROVIDER } from './api/errors.ts'
import type { CognipeerRecord } from './api/wire.ts'
import { capabilities } from './capabilities.ts'
import { countMatching, createListing, planWhere } from './listing.ts'
import { getContact, lookupKeyOf, type Workspace } from './lookup.ts'
import type { CognipeerVendorFields } from './mapping.ts'
import { type CognipeerOptions, ownOptions } from './options.ts'
import { create, update } from './writes/index.ts'

/** The Cognipeer adapter: its capabilities, as types, and the vendor's client underneath. */
export type CognipeerAdapter = Adapter<
  typeof capabilities,
  CognipeerRecord,
  CognipeerVendorFields,
  CognipeerClient
>

/** The Cognipeer client. */
export interface CognipeerContacts extends Contacts<CognipeerAdapter> {}

/** What an attempt may take where nothing is said, as in every adapter. */
const DEFAULT_TIMEOUT_MS = 30_000

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `cognipeer()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when the token or the hook id is missing, or an option cannot work
 */
export function cognipeerAdapter(options: CognipeerOptions): CognipeerAdapter {
  const given = readFactoryOptions(options, PROVIDER, ownOptions)
  const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, uniqueKeys = [], ...rest } = given
  const client = new CognipeerClient({ ...rest, apiUrl: baseUrl, timeoutMs })
  const workspace: Workspace = {
    client,
    uniqueKeys: new Set(uniqueKeys.flatMap((key) => lookupKeyOf(key) ?? [])),
    seenAlone: new WeakMap(),
  }
  const listing = createListing(client)
  return defineAdapter({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: client,
    planWhere,
    list: listing.page,
    laterCursors: listing.laterCursors,
    count: (where, context) => countMatching(client, where, context),
    get: (ref, context) => getContact(workspace, ref, context),
    create: (input, context) => create(workspace, input, context),
    update: (ref, patch, context) => update(workspace, ref, patch, context),
    request: requestOf(client),
  })
}

/**
 * Makes a client for the contacts of a Cognipeer workspace.
 *
 * @param options - the token and the hook id, and settings that all have defaults
 * @throws ContactsError `config` when the token or the hook id is missing or blank, or an option cannot work
 *
 * @example
 * ```ts
 * const contacts = cognipeer({
 *   token: process.env.COGNIPEER_TOKEN ?? '',
 *   hookId: process.env.COGNIPEER_HOOK_ID ?? '',
 * })
 * const { contact, outcome } = await contacts.upsert(
 *   { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com', tags: ['vip'] },
 *   { by: 'externalId' },
 * )
 * ```
 */
export function cognipeer(options: CognipeerOptions): CognipeerContacts {
  return createContacts(cognipeerAdapter(options), options)
}
