import {
  type ChannelInboxContacts,
  type ChannelInboxOptions,
  channelInbox as make,
} from '@anycontact/channel-inbox'
import { watched } from './watch.ts'

export * from '@anycontact/channel-inbox'

/** The package's factory, whose clients tell the page when they wait. */
export const channelInbox: (options: ChannelInboxOptions) => ChannelInboxContacts = watched(make)
