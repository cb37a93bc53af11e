import type { JsonObject } from '../json.ts'

/** The kinds of records that hang on a contact. */
export type ResourceKind = 'conversation' | 'task' | 'space' | 'secret'

/** What all of them have. */
export interface ChatBotKitResource {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly meta: JsonObject | null
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Milliseconds since the epoch. */
  readonly updatedAt: number
}

/** A conversation; `contactId` becomes null when its contact is deleted. */
export interface ChatBotKitConversation extends ChatBotKitResource {
  readonly contactId: string | null
  readonly taskId: string | null
  readonly botId: string | null
  readonly datasetId: string | null
  readonly skillsetId: string | null
  readonly backstory: string | null
  readonly model: string | null
}

/** A task that runs for a contact. */
export interface ChatBotKitTask extends ChatBotKitResource {
  readonly contactId: string
  readonly botId: string | null
  readonly schedule: string | null
  readonly timezone: string | null
  readonly sessionDuration: number | null
  readonly maxIterations: number | null
  readonly maxTime: number | null
  readonly status: 'idle' | 'running' | 'canceled'
  readonly outcome: 'pending' | 'success' | 'failure'
  readonly lastRunAt: number | null
  readonly nextRunAt: number | null
}

/** A space of a contact. */
export interface ChatBotKitSpace extends ChatBotKitResource {
  readonly contactId: string
}

/** A secret that a contact has a value for; `id` is the secret's, not the value's. */
export interface ChatBotKitSecret extends ChatBotKitResource {
  readonly type: string
}

/** The record type of each kind. */
export interface ResourceTypes {
  readonly conversation: ChatBotKitConversation
  readonly task: ChatBotKitTask
  readonly space: ChatBotKitSpace
  readonly secret: ChatBotKitSecret
}

/** A secret to put in the store. */
export interface SecretSeed extends Partial<ChatBotKitSecret> {
  /** Whether the contact has authenticated with it. @default true */
  readonly authenticated?: boolean
}

/** Makes a record of a kind out of what all kinds have and what the seed says. */
export type ResourceBuilder<K extends ResourceKind> = (
  base: ChatBotKitResource,
  contactId: string,
  seed: Partial<ResourceTypes[K]>,
) => ResourceTypes[K]

/** The builder of each kind; what a seed leaves out is null. */
export const RESOURCE_BUILDERS: { readonly [K in ResourceKind]: ResourceBuilder<K> } = {
  conversation: (base, contactId, seed) => ({
    ...base,
    contactId,
    taskId: null,
    botId: null,
    datasetId: null,
    skillsetId: null,
    backstory: null,
    model: null,
    ...seed,
  }),
  task: (base, contactId, seed) => ({
    ...base,
    contactId,
    botId: null,
    schedule: null,
    timezone: null,
    sessionDuration: null,
    maxIterations: null,
    maxTime: null,
    status: 'idle',
    outcome: 'pending',
    lastRunAt: null,
    nextRunAt: null,
    ...seed,
  }),
  space: (base, contactId, seed) => ({ ...base, contactId, ...seed }),
  secret: (base, _contactId, seed) => ({ ...base, type: 'plain', ...seed }),
}
