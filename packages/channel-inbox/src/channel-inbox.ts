import type { Contacts } from '@anycontact/core'
import { type Adapter, createContacts, defineAdapter, readFactoryOptions } from '@anycontact/core/adapter-kit'
import { ImbraceClient, transportOf } from './api/client.ts'
import { badConfig, noCredential, PROVIDER } from './api/errors.ts'
import type { ChannelInboxRecord } from './api/wire.ts'
import { capabilities } from './capabilities.ts'
import { createGroups } from './groups/index.ts'
import { createListings } from './listing/index.ts'
import { readContact } from './lookup.ts'
import type { ChannelInboxVendorFields } from './mapping.ts'
import { type ChannelInboxOptions, ownOptions } from './options.ts'
import { createContact, deleteContact, updateContact } from './writes.ts'

/** The channel inbox adapter: its capabilities, as types, and the vendor's client underneath. */
export type ChannelInboxAdapter = Adapter<
  typeof capabilities,
  ChannelInboxRecord,
  ChannelInboxVendorFields,
  ImbraceClient
>

/** The channel inbox client. */
export interface ChannelInboxContacts extends Contacts<ChannelInboxAdapter> {}

/**
 * Makes a client for the contacts of an iMBrace channel inbox.
 *
 * @param options - an API key or an access token, and settings that all have defaults
 * @throws ContactsError `config` when there is no credential or a blank one, or an option cannot work
 *
 * @example
 * ```ts
 * const inbox = channelInbox({ apiKey: process.env.IMBRACE_API_KEY ?? '' })
 * for await (const contact of inbox.list()) console.log(contact.name, contact.phone)
 * ```
 */
export function channelInbox(options: ChannelInboxOptions): ChannelInboxContacts {
  return createContacts(channelInboxAdapter(options), options)
}

/**
 * Makes the plain adapter, for `createContacts` and for wrappers.
 *
 * @param options - as for {@link channelInbox}
 * @throws ContactsError `config` when there is no credential or a blank one, or an option cannot work
 */
export function channelInboxAdapter(options: ChannelInboxOptions): ChannelInboxAdapter {
  const given = readFactoryOptions(options ?? {}, PROVIDER, ownOptions)
  const { apiKey, accessToken, dialect = 'sdk' } = given
  if (apiKey === undefined && accessToken === undefined) throw noCredential()
  // Empty text is none to the vendor's client: here it is a mistake.
  for (const name of ['apiKey', 'accessToken', 'organizationId'] as const) {
    if (given[name] === '') throw badConfig(`\`${name}\` is blank.`)
  }
  const client = new ImbraceClient(given)
  const { list, search } = createListings(client)
  return defineAdapter({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: client,
    list: list.page,
    laterCursors: list.laterCursors,
    search: (text, query, context) => search.page({ ...query, text }, context),
    get: (ref, context) => readContact(client, ref, context),
    create: (input, context) => createContact(client, input, context),
    update: (ref, patch, context) => updateContact(client, dialect, ref, patch, context),
    delete: (ref, context) => deleteContact(client, ref, context),
    ...createGroups(client, dialect),
    request: transportOf(client).request,
  })
}
