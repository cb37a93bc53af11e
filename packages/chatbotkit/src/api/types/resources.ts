import type { ContactMeta, PageRequest, PageResponse, StreamItem } from './contacts.ts'

/** What hangs on a contact has at least these. */
export type ResourceInstance = {
  id: string
  name?: string
  description?: string
  meta?: ContactMeta
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch. */
  updatedAt: number
}

/** A conversation of a contact. */
export type ContactConversation = ResourceInstance & {
  contactId?: string
  taskId?: string
  botId?: string
  datasetId?: string
  skillsetId?: string
  backstory?: string
  model?: string
  privacy?: boolean
  moderation?: boolean
}

/** A task that runs for a contact. */
export type ContactTask = ResourceInstance & {
  contactId?: string
  botId?: string
  schedule?: string
  timezone?: string | null
  sessionDuration?: number | null
  maxIterations?: number
  maxTime?: number
  status?: 'idle' | 'running' | 'canceled'
  outcome?: 'pending' | 'success' | 'failure'
  /** Milliseconds since the epoch. */
  lastRunAt?: number | null
  /** Milliseconds since the epoch. */
  nextRunAt?: number | null
}

/** A space of a contact. */
export type ContactSpace = ResourceInstance & {
  contactId?: string
}

/** A secret that a contact has a value for; the value itself is never sent. */
export type ContactSecret = ResourceInstance & {
  type: string
}

/** Which conversations of a contact to list. */
export type ConversationListRequest = PageRequest
/** One page of a contact's conversations. */
export type ConversationListResponse = PageResponse<ContactConversation>
/** One line of a streamed listing of conversations. */
export type ConversationListStreamType = StreamItem<ContactConversation>

/** Which tasks of a contact to list. */
export type TaskListRequest = PageRequest
/** One page of a contact's tasks. */
export type TaskListResponse = PageResponse<ContactTask>
/** One line of a streamed listing of tasks. */
export type TaskListStreamType = StreamItem<ContactTask>

/** Which spaces of a contact to list. */
export type SpaceListRequest = PageRequest
/** One page of a contact's spaces. */
export type SpaceListResponse = PageResponse<ContactSpace>
/** One line of a streamed listing of spaces. */
export type SpaceListStreamType = StreamItem<ContactSpace>

/** Which secrets of a contact to list. */
export type SecretListRequest = PageRequest
/** One page of the secrets that a contact has values for. */
export type SecretListResponse = PageResponse<ContactSecret>
/** One line of a streamed listing of secrets. */
export type SecretListStreamType = StreamItem<ContactSecret>

/** Whether a contact has authenticated with a secret, and what it can do about it. */
export type SecretVerifyResponse = {
  id: string
  status: 'authenticated' | 'unauthenticated'
  action?: { type: 'authenticate'; url: string }
}

/** Where a contact authenticates with a secret. */
export type SecretAuthenticateResponse = {
  id: string
  url: string
}

/** The answer to revoking a secret. */
export type SecretRevokeResponse = {
  id: string
}

/** What verifying a secret takes: nothing. */
export type SecretVerifyRequest = Record<string, never>
/** What authenticating takes: nothing. */
export type SecretAuthenticateRequest = Record<string, never>
/** What revoking a secret takes: nothing. */
export type SecretRevokeRequest = Record<string, never>

/** The vendor's newer name of {@link SecretVerifyRequest}. */
export type SecretVerifyRequestBody = SecretVerifyRequest
/** The vendor's newer name of {@link SecretVerifyResponse}. */
export type SecretVerifyResponseBody = SecretVerifyResponse
/** The vendor's newer name of {@link SecretAuthenticateRequest}. */
export type SecretAuthenticateRequestBody = SecretAuthenticateRequest
/** The vendor's newer name of {@link SecretAuthenticateResponse}. */
export type SecretAuthenticateResponseBody = SecretAuthenticateResponse
/** The vendor's newer name of {@link SecretRevokeRequest}. */
export type SecretRevokeRequestBody = SecretRevokeRequest
/** The vendor's newer name of {@link SecretRevokeResponse}. */
export type SecretRevokeResponseBody = SecretRevokeResponse
