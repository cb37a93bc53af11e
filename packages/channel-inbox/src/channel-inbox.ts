import { type Contacts, createContacts } from '@anycontact/core'
import { type ChannelInboxAdapter, channelInboxAdapter } from './adapter.ts'
import type { ChannelInboxOptions } from './options.ts'

/** The channel inbox client. */
export type ChannelInboxContacts = Contacts<ChannelInboxAdapter>

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
