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
  ChatBotKitConversation,
  ChatBotKitMemory,
  ChatBotKitRating,
  ChatBotKitResource,
  ChatBotKitSecret,
  ChatBotKitSpace,
  ChatBotKitTask,
  SecretSeed,
} from './chatbotkit/resources.ts'
export type { ChatBotKitEmulator } from './chatbotkit/server.ts'
export type { Fetch } from './connection.ts'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
export type { BodyPosition, Fault, FaultMatch, FaultQueue } from './faults.ts'
export type { JsonObject, JsonValue } from './json.ts'
export type { EmulatorServer, ListenOptions } from './listen.ts'
export type { Random } from './random.ts'
export type { RecordedRequest, RecordedRequests } from './recorder.ts'
export type { Sleep } from './sleep.ts'
