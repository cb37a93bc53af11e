import { type NamesOf, type StrictSeeds, strictSeeds } from '../strict-names.ts'
import type { ContactSeed } from './contact.ts'
import type {
  AccountSecretSeed,
  ChatBotKitConversation,
  ChatBotKitResource,
  ChatBotKitSpace,
  ChatBotKitTask,
  SecretSeed,
} from './resources.ts'

const RESOURCE: NamesOf<ChatBotKitResource> = {
  id: true,
  name: true,
  description: true,
  meta: true,
  createdAt: true,
  updatedAt: true,
}

/** Refuses seeds of contacts with a field that none has. */
export const contactSeeds: StrictSeeds<ContactSeed> = strictSeeds('contact', {
  ...RESOURCE,
  fingerprint: true,
  email: true,
  phone: true,
  nick: true,
  preferences: true,
  verifiedAt: true,
})

/** Refuses seeds of conversations with a field that none has. */
export const conversationSeeds: StrictSeeds<Partial<ChatBotKitConversation>> = strictSeeds('conversation', {
  ...RESOURCE,
  contactId: true,
  taskId: true,
  botId: true,
  datasetId: true,
  skillsetId: true,
  backstory: true,
  model: true,
  privacy: true,
  moderation: true,
})

/** Refuses seeds of tasks with a field that none has. */
export const taskSeeds: StrictSeeds<Partial<ChatBotKitTask>> = strictSeeds('task', {
  ...RESOURCE,
  contactId: true,
  botId: true,
  schedule: true,
  timezone: true,
  sessionDuration: true,
  maxIterations: true,
  maxTime: true,
  status: true,
  outcome: true,
  lastRunAt: true,
  nextRunAt: true,
})

/** Refuses seeds of spaces with a field that none has. */
export const spaceSeeds: StrictSeeds<Partial<ChatBotKitSpace>> = strictSeeds('space', {
  ...RESOURCE,
  blueprintId: true,
  contactId: true,
})

/** Refuses seeds of secrets with a field that none has. */
export const secretSeeds: StrictSeeds<SecretSeed> = strictSeeds('secret', {
  ...RESOURCE,
  type: true,
  authenticated: true,
})

/** Refuses seeds of an account's secrets with a field that none has. */
export const accountSecretSeeds: StrictSeeds<AccountSecretSeed> = strictSeeds('secret', {
  ...RESOURCE,
  type: true,
  kind: true,
  authenticated: true,
})
