/**
 * What the vendor's modules `contact/conversation` and `contact/conversation/v1` export, and the rest of the face.
 *
 * @packageDocumentation
 */
export * from './index.ts'
export { ConversationClient as default } from './sub-clients.ts'
