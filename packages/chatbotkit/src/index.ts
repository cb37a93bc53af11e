/**
 * ChatBotKit contacts behind AnyContact's one interface. `chatbotkit()` makes the client; the vendor's own API under its
 * own names is in `@anycontact/chatbotkit/api`.
 *
 * @packageDocumentation
 */
export * from '@anycontact/core'
export type { ContactClient } from './api/index.ts'
export type { ChatBotKitRecord } from './api/wire.ts'
export {
  type ChatBotKitAdapter,
  type ChatBotKitContacts,
  chatbotkit,
  chatbotkitAdapter,
} from './chatbotkit.ts'
export type { ChatBotKitVendorFields } from './mapping.ts'
export type { ChatBotKitOptions } from './options.ts'
