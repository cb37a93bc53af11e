/**
 * The contacts of an iMBrace channel inbox behind AnyContact's one interface. `channelInbox()` makes the client; the vendor's
 * own API under its own names is in `@anycontact/channel-inbox/api`.
 *
 * @packageDocumentation
 */
export * from '@anycontact/core'
export type { ImbraceClient } from './api/index.ts'
export type { ChannelInboxRecord } from './api/wire.ts'
export {
  type ChannelInboxAdapter,
  type ChannelInboxContacts,
  channelInbox,
  channelInboxAdapter,
} from './channel-inbox.ts'
export { type ExportInboxCsvOptions, exportInboxCsv } from './listing/index.ts'
export type { ChannelInboxVendorFields } from './mapping.ts'
export type { ChannelInboxOptions } from './options.ts'
