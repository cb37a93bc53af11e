import { type Contacts, createContacts } from '@anycontact/core'
import { type ChatBotKitAdapter, chatbotkitAdapter } from './adapter.ts'
import type { ChatBotKitOptions } from './options.ts'

/** The ChatBotKit client. */
export type ChatBotKitContacts = Contacts<ChatBotKitAdapter>

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
