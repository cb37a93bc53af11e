import { type Adapter, defineAdapter, systemClock } from '@anycontact/core'
import { ImbraceClient } from './api/client.ts'
import { noCredential } from './api/credentials.ts'
import { uploadAvatar } from './avatar.ts'
import { listActivities, listComments, listConversations, listFiles } from './below.ts'
import { capabilities } from './capabilities.ts'
import { PROVIDER } from './errors.ts'
import { laterCursors, listPage, searchPage } from './listing.ts'
import type { ChannelInboxRecord, ChannelInboxVendorFields } from './mapping.ts'
import { createNotifications } from './notifications.ts'
import type { ChannelInboxOptions } from './options.ts'
import type { ChannelInboxRuntime } from './runtime.ts'
import { readContact, update } from './updating.ts'

/** The channel inbox adapter: its capabilities, as types, and the vendor's client underneath. */
export type ChannelInboxAdapter = Adapter<
  typeof capabilities,
  ChannelInboxRecord,
  ChannelInboxVendorFields,
  ImbraceClient
>

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `channelInbox()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when there is no credential or a blank one, or an option cannot work
 */
export function channelInboxAdapter(options: ChannelInboxOptions): ChannelInboxAdapter {
  // Programs without types can leave the options out.
  const { apiKey, accessToken }: Partial<ChannelInboxOptions> = options ?? {}
  if (apiKey === undefined && accessToken === undefined) throw noCredential()
  const client = new ImbraceClient(options)
  const runtime: ChannelInboxRuntime = {
    client,
    dialect: options.dialect ?? 'sdk',
    clock: options.clock ?? systemClock,
    deadlineMs: options.deadlineMs,
  }
  return defineAdapter({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: client,
    laterCursors,
    list: (query, context) => listPage(runtime, query, context),
    get: (ref, context) => readContact(runtime, ref, context),
    update: (ref, patch, context) => update(runtime, ref, patch, context),
    search: (text, query, context) => searchPage(runtime, text, query, context),
    conversations: {
      list: (contactId, query, context) => listConversations(runtime, contactId, query, context),
    },
    comments: { list: (contactId, query, context) => listComments(runtime, contactId, query, context) },
    files: { list: (contactId, query, context) => listFiles(runtime, contactId, query, context) },
    activities: {
      list: (conversationId, query, context) => listActivities(runtime, conversationId, query, context),
    },
    avatar: { upload: (source, context) => uploadAvatar(runtime, source, context) },
    notifications: createNotifications(runtime),
  })
}
