export type { Audit, AuditFinding } from './audit.ts'
export type {
  ChannelInboxContact,
  ChannelInboxContactSeed,
  ChannelInboxWireMembers,
} from './channel-inbox/contact.ts'
export type { ChannelInboxFault } from './channel-inbox/faults.ts'
export {
  type ChannelInboxGrant,
  type ChannelInboxOptions,
  type ChannelInboxRequests,
  type ChannelInboxSwitches,
  DEFAULT_ACCESS_TOKEN as CHANNEL_INBOX_ACCESS_TOKEN,
  DEFAULT_API_KEY as CHANNEL_INBOX_API_KEY,
  DEFAULT_JWT as CHANNEL_INBOX_JWT,
  DEFAULT_ORGANIZATION as CHANNEL_INBOX_ORGANIZATION,
} from './channel-inbox/options.ts'
export type {
  ChannelInboxActivity,
  ChannelInboxComment,
  ChannelInboxConversation,
  ChannelInboxConversationSeed,
  ChannelInboxFile,
  ChannelInboxNotification,
  ChannelInboxUpload,
} from './channel-inbox/records.ts'
export type { ChannelInboxEmulator } from './channel-inbox/server.ts'
export type { ChatBotKitContact, ContactSeed } from './chatbotkit/contact.ts'
export type { ChatBotKitFault } from './chatbotkit/faults.ts'
export {
  type ChatBotKitAccount,
  type ChatBotKitOptions,
  type ChatBotKitSwitches,
  type ChatBotKitToken,
  DEFAULT_ACCOUNT as CHATBOTKIT_ACCOUNT,
  DEFAULT_SECRET as CHATBOTKIT_SECRET,
} from './chatbotkit/options.ts'
export type {
  AccountSecretSeed,
  ChatBotKitConversation,
  ChatBotKitResource,
  ChatBotKitSecret,
  ChatBotKitSpace,
  ChatBotKitTask,
  SecretSeed,
} from './chatbotkit/resources.ts'
export type { ChatBotKitEmulator } from './chatbotkit/server.ts'
export type { CognipeerContact, CognipeerSeed } from './cognipeer/contact.ts'
export type { CognipeerFault } from './cognipeer/faults.ts'
export {
  type CognipeerHook,
  type CognipeerOptions,
  type CognipeerSwitches,
  type CognipeerToken,
  DEFAULT_API_TOKEN as COGNIPEER_API_TOKEN,
  DEFAULT_HOOK_ID as COGNIPEER_HOOK_ID,
  DEFAULT_TOKEN as COGNIPEER_TOKEN,
  DEFAULT_WORKSPACE as COGNIPEER_WORKSPACE,
} from './cognipeer/options.ts'
export type { CognipeerEmulator } from './cognipeer/server.ts'
export type { Fetch } from './connection.ts'
export type { ContactMethodsFault } from './contact-methods/faults.ts'
export {
  type ContactMethodsApiKey,
  type ContactMethodsEnvironment,
  type ContactMethodsOptions,
  type ContactMethodsSwitches,
  DEFAULT_ACCOUNT as CONTACT_METHODS_ACCOUNT,
  DEFAULT_API_KEY as CONTACT_METHODS_API_KEY,
} from './contact-methods/options.ts'
export type { ContactMethodsRecord, ContactMethodsSeed } from './contact-methods/record.ts'
export type { ContactMethodsEmulator } from './contact-methods/server.ts'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
export type { BodyPosition, Fault, FaultMatch, FaultQueue } from './faults.ts'
export type { JsonObject, JsonValue } from './json.ts'
export type { EmulatorServer, ListenOptions } from './listen.ts'
export type { Random } from './random.ts'
export type { RecordedRequest, RecordedRequests } from './recorder.ts'
export type { Sleep } from './sleep.ts'
