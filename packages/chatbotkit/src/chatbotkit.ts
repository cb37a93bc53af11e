import type { Contacts } from '@anycontact/core'
import { type Adapter, createContacts, defineAdapter } from '@anycontact/core/adapter-kit'
import { transportOf } from './api/client.ts'
import { ContactClient } from './api/contact-client.ts'
import { PROVIDER } from './api/errors.ts'
import type { ChatBotKitRecord } from './api/wire.ts'
import { capabilities } from './capabilities.ts'
import { createConversations } from './groups.ts'
import { createListing, planWhere } from './listing.ts'
import { getContact } from './lookup.ts'
import { type ChatBotKitVendorFields, canonical } from './mapping.ts'
import { type ChatBotKitOptions, readOptions } from './options.ts'
import { createContact, deleteContact, updateContact, upsertContact } from './writes.ts'

/** The ChatBotKit adapter: its capabilities, as types, and the vendor's client underneath. */
export type ChatBotKitAdapter = Adapter<
  typeof capabilities,
  ChatBotKitRecord,
  ChatBotKitVendorFields,
  ContactClient
>

/** The ChatBotKit client. */
export interface ChatBotKitContacts extends Contacts<ChatBotKitAdapter> {}

/**
 * Makes a client for the contacts of a ChatBotKit account.
 *
 * @param options - the secret, and settings that all have defaults
 * @throws ContactsError `config` when the secret is missing or blank, or an option cannot work
 *
 * @example
 * ```ts
 * const contacts = chatbotkit({ secret: process.env.CHATBOTKIT_SECRET ?? '' })
 * const { contact, outcome } = await contacts.upsert(
 *   { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com' },
 *   { by: 'externalId' },
 * )
 * ```
 */
export function chatbotkit(options: ChatBotKitOptions): ChatBotKitContacts {
  return createContacts(chatbotkitAdapter(options), options)
}

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `chatbotkit()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when the secret is missing or an option cannot work
 */
export function chatbotkitAdapter(options: ChatBotKitOptions): ChatBotKitAdapter {
  const client = new ContactClient(readOptions(options))
  const transport = transportOf(client)
  return defineAdapter({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: client,
    planWhere,
    canonical,
    // It stores E.164. Source: the vendor's server source, contact schema.
    keepsExtensions: false,
    writesAnswer: 'id',
    ...createListing(transport),
    get: ({ value }, context) => getContact(transport, value, context.call),
    create: (input, context) => createContact(transport, input, context),
    update: ({ value }, patch, context) => updateContact(transport, value, patch, context),
    delete: ({ value }, { call }) => deleteContact(transport, value, call),
    upsert: (input, _by, context) => upsertContact(transport, input, context),
    conversations: createConversations(transport),
    request: transport.request,
  })
}
