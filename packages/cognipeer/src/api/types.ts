// The index signatures and values are `any`, as the vendor documents them, so that programs written to its types compile
// unchanged.

/** A contact, as the vendor documents it. On the wire a field that was cleared can be `null`, which this type does not say. */
export interface Contact {
  _id: string
  email?: string
  /** The id in another system. */
  integrationId?: string
  /** The full name. */
  name?: string
  phone?: string
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  metadata?: Record<string, any>
  /** Custom properties. */
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  properties?: Record<string, any>
  workspaceId: string
  /** The peer (agent) that the contact belongs to. */
  peerId?: string
  tags?: string[]
  status?: string
  /** ISO 8601. */
  createdDate?: string
  /** ISO 8601. */
  modifiedDate?: string
  /** Whether it is soft-deleted. */
  deleted?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  [key: string]: any
}

/** What to create a contact with; keys of your own stand beside the vendor's. */
export interface CreateContactOptions {
  email?: string
  integrationId?: string
  name?: string
  phone?: string
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  metadata?: Record<string, any>
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  properties?: Record<string, any>
  tags?: string[]
  status?: string
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  [key: string]: any
}

/** Which contact to get: one of the two at least. */
export interface GetContactOptions {
  email?: string
  integrationId?: string
}

/** Which contact to change, and how: one of the two keys at least. */
export interface UpdateContactOptions {
  email?: string
  integrationId?: string
  /** The new values. Fields that are absent stay; `properties` and `metadata` are taken to be replaced as a whole. */
  data: {
    name?: string
    email?: string
    phone?: string
    // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
    metadata?: Record<string, any>
    // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
    properties?: Record<string, any>
    tags?: string[]
    status?: string
    // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
    [key: string]: any
  }
}

/** Which contacts to list. */
export interface ListContactsOptions {
  /** From 1. @default 1 */
  page?: number
  /** How many a page. @default 10 */
  limit?: number
  /** MongoDB-like; `$ne`, `$in`, `$exists` and dotted paths are documented. @default every contact, soft-deleted ones too */
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
  filter?: Record<string, any>
  /** By field or dotted path. @default the server's own order, which is not documented */
  sort?: Record<string, 1 | -1>
}

/** One page. */
export interface PaginatedResponse<T> {
  success: boolean
  data: T[]
  /** How many match, over all pages. */
  total: number
  page: number
  /** The page's size; the server may lower the one that was asked for. */
  limit: number
}

/**
 * What the vendor's client says of an error. Errors are `ContactsError` here and have these members beside: `statusCode` unless there
 * was no answer, though the vendor's type always has it; `details`, by field, where it is told what is wrong.
 */
export interface ApiError {
  message: string
  statusCode: number
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's declared type
  details?: any
}

/** What a tool that ran in a conversation gave; only the options of the client speak of it here. */
export interface ToolResult {
  executionId: string
  success: boolean
  output: string
  error?: string
}
