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
  /** Declared by the vendor's types, and sent where it was seeded. */
  readonly privacy?: boolean
  /** As `privacy`. */
  readonly moderation?: boolean
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
  /** Sent by the server, although the vendor's types do not have it. */
  readonly blueprintId: string | null
  readonly contactId: string
}

/** A secret; in the listing of a contact, one that the contact has a value for, and `id` is the secret's, not the value's. */
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

/** A contact's value of a secret to put in the store; what it leaves out is as the secret of that `id` has it. */
export interface SecretSeed extends Partial<ChatBotKitSecret> {
  /** Whether the value still works; one that does not is listed too. @default true */
  readonly authenticated?: boolean
}

/** A secret of an account to put in the store, without a value of any contact. */
export interface AccountSecretSeed extends Partial<ChatBotKitSecret> {
  /** `'personal'`: each contact has a value of its own. `'shared'`: the account has one for all. @default 'personal' */
  readonly kind?: 'personal' | 'shared'
  /** Whether a shared secret has its value. @default true */
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
  space: (base, contactId, seed) => ({ ...base, blueprintId: null, contactId, ...seed }),
  secret: (base, _contactId, seed) => ({ ...base, type: 'plain', ...seed }),
}
