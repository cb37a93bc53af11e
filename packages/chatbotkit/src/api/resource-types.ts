import type { ContactMeta, PageRequest } from './types.ts'

/** What hangs on a contact has at least these. */
export interface ResourceInstance {
  id: string
  name?: string | undefined
  description?: string | undefined
  meta?: ContactMeta | undefined
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch. */
  updatedAt: number
}

/** One page of what hangs on a contact. */
export interface ResourceListResponse<Item extends ResourceInstance> {
  items: Item[]
  /** The id of the page's last item; a last page has one too. Absent when the page is empty. */
  cursor?: string | undefined
}

/** One line of a streamed listing. */
export interface ResourceListStreamType<Item extends ResourceInstance> {
  type: 'item'
  data: Item
}

/** Which items of a contact to list. Only the listings of conversations and secrets read `meta`. */
export interface ResourceListRequest extends PageRequest {}

/** A conversation of a contact. */
export interface ContactConversation extends ResourceInstance {
  contactId?: string | undefined
  taskId?: string | undefined
  botId?: string | undefined
  datasetId?: string | undefined
  skillsetId?: string | undefined
  backstory?: string | undefined
  model?: string | undefined
}

/** A task that runs for a contact. */
export interface ContactTask extends ResourceInstance {
  contactId?: string | undefined
  botId?: string | undefined
  schedule?: string | undefined
  timezone?: string | null | undefined
  sessionDuration?: number | null | undefined
  maxIterations?: number | undefined
  maxTime?: number | undefined
  status?: 'idle' | 'running' | 'canceled' | undefined
  outcome?: 'pending' | 'success' | 'failure' | undefined
  /** Milliseconds since the epoch. */
  lastRunAt?: number | null | undefined
  /** Milliseconds since the epoch. */
  nextRunAt?: number | null | undefined
}

/** A space of a contact. */
export interface ContactSpace extends ResourceInstance {
  contactId?: string | undefined
}

/** A secret that a contact has a value for; the value itself is never sent. */
export interface ContactSecret extends ResourceInstance {
  type: string
}

/** Whether a contact has authenticated with a secret, and what it can do about it. */
export interface ContactSecretVerifyResponse {
  id: string
  status: 'authenticated' | 'unauthenticated'
  action?: { type: 'authenticate'; url: string } | undefined
}

/** Where a contact authenticates with a secret. */
export interface ContactSecretAuthenticateResponse {
  id: string
  url: string
}

/** The answer to revoking a secret. */
export interface ContactSecretRevokeResponse {
  id: string
}
