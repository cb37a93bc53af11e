import { type Adapter, ContactsError, defineAdapter } from '@anycontact/core'
import { ContactClient } from './api/contact-client.ts'
import { callOf, checkId, readContact } from './calls.ts'
import { capabilities } from './capabilities.ts'
import { listConversations } from './conversations.ts'
import { PROVIDER } from './errors.ts'
import { canFilter } from './filters.ts'
import { listPage, streamPages } from './listing.ts'
import { type ChatBotKitRecord, type ChatBotKitVendorFields, canonicalPhone } from './mapping.ts'
import type { ChatBotKitOptions } from './options.ts'
import type { ChatBotKitRuntime } from './runtime.ts'
import { upsertByExternalId } from './upsert.ts'
import { create, remove, update } from './writes.ts'

/** The ChatBotKit adapter: its capabilities, as types, and the vendor's client underneath. */
export type ChatBotKitAdapter = Adapter<
  typeof capabilities,
  ChatBotKitRecord,
  ChatBotKitVendorFields,
  ContactClient
>

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `chatbotkit()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when the secret is missing or an option cannot work
 */
export function chatbotkitAdapter(options: ChatBotKitOptions): ChatBotKitAdapter {
  checkOptions(options)
  const client = new ContactClient(options)
  const runtime: ChatBotKitRuntime = {
    client,
    now: () => options.clock?.now() ?? Date.now(),
    deadlineMs: options.deadlineMs,
  }
  return defineAdapter({
    specVersion: 1,
    provider: 'chatbotkit',
    capabilities,
    api: client,
    canFilter,
    canonicalKey: (key, value) => (key === 'phone' ? canonicalPhone(value) : value),
    list: (query, context) => listPage(runtime, query, context),
    stream: (query, context) => streamPages(runtime, query, context),
    get: (ref, context) => readContact(client, checkId(ref.value), callOf(runtime, context)()),
    create: (input, context) => create(runtime, input, context),
    update: (ref, patch, context) => update(runtime, ref, patch, context),
    delete: (ref, context) => remove(runtime, ref, context),
    upsert: (input, _by, context) => upsertByExternalId(runtime, input, context),
    conversations: {
      list: (contactId, query, context) => listConversations(runtime, contactId, query, context),
    },
  })
}

/** Programs without types can leave the options out. */
function checkOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null) return
  throw new ContactsError({
    code: 'config',
    message: 'chatbotkit: the options are missing. Give an object with the secret: { secret }.',
    provider: PROVIDER,
  })
}
