/*
 * The vendor's types, as its SDK declares them, and ours of what goes into its methods. What the server sends differs in places:
 * `declared.test.ts` lists where, and `wire.ts` has what is read.
 */

/** The vendor's environments. `stable` and `prodv2` are the same gateway. */
export type Environment = 'stable' | 'develop' | 'sandbox' | 'prodv2'

/** The addresses of the vendor's services. Of these, contacts have to do with `channelService`, and `init()` with `gateway`. */
export interface ServiceUrls {
  gateway: string
  platform: string
  channelService: string
  dataBoard: string
  fileService: string
  marketplaces: string
  marketplacesV3: string
  ips: string
  ai: string
  aiAgent: string
  messageSuggestion: string
  predict: string
  workflowEngine: string
  backend: string
}

/** The options of the vendor's client. Ours takes more: `ImbraceClientOptions`. */
export interface ImbraceClientConfig {
  env?: Environment
  baseUrl?: string
  services?: Partial<ServiceUrls>
  apiKey?: string
  accessToken?: string
  organizationId?: string
  timeout?: number
  checkHealth?: boolean
}

/**
 * Which of the vendor's descriptions requests follow where they contradict each other: its SDK, its older documentation with
 * its web app, or its exported specification.
 */
export type ImbraceDialect = 'sdk' | 'web' | 'spec'

/** A kind of channel. */
export type ChannelType =
  | 'web'
  | 'facebook'
  | 'whatsapp'
  | 'instagram'
  | 'wechat'
  | 'line'
  | 'email'
  | 'wecom'

/** A contact. Sent besides: names, language, remark and more. Text that is not set is `''`; `updated_at` is null until an update. */
export interface Contact {
  object_name?: string
  id: string
  organization_id: string
  display_name?: string
  email?: string
  phone_number?: string
  avatar_url?: string
  created_at: string
  updated_at: string
}

/** What to change of a contact; sent as it is. */
export interface UpdateContactInput {
  /** The name that is shown. */
  name?: string
  email?: string
  phone?: string
  [field: string]: unknown
}

/** One page, as declared. */
export interface PagedResponse<T = unknown> {
  data: T[]
  /** How many items are on this page. The name suggests all of them; that is `count`. */
  total: number
  /** From 1. Not sent by the server: worked out from the request. */
  page: number
  /** How many items were asked for, or came. Not sent by the server. */
  limit: number
}

/** One page, as the server sends it. */
export interface ListResponse<T = unknown> {
  object_name: 'list'
  data: T[]
  nested?: Record<string, unknown>
  has_more: boolean
  /** How many items there are in all. */
  count: number
  /** How many items are on this page. */
  total: number
}

/** One page with both: what is declared, and what else the server sends. */
export interface ContactPage
  extends PagedResponse<Contact>,
    Partial<Omit<ListResponse<Contact>, keyof PagedResponse<Contact>>> {}

/** A page of notifications. */
export interface NotificationPage extends PagedResponse<Notification> {
  /** How many there are in all. */
  count?: number
  has_more?: boolean
  /** How many are unread in all. */
  unread_count?: number
}

/** An answer around something else. */
export interface ApiResponse<T = unknown> {
  success?: boolean
  data?: T
  message?: string
  error?: string
}

/** A user, in short. */
export interface SimpleUser {
  object_name: 'simple_user'
  id: string
  display_name: string
  avatar_url: string
}

/** A conversation. */
export interface Conversation {
  object_name: 'conversation'
  id: string
  organization_id: string
  business_unit_id: string
  channel_id: string
  channel_type: ChannelType
  contact_id: string
  status: string
  name: string
  timestamp: string
  users: SimpleUser[]
}

/** A conversation of a contact, as it comes: of what is declared little is there, because the server sends a team's record around it. */
export interface ConversationRow extends Conversation {
  /** The conversation's id. */
  _id?: string
  public_id?: string
  /** The conversation itself. */
  conversation?: Record<string, unknown>
}

/** A notice to the user. Seen on the wire: a number for `type`, text for `content`, and a `title`. */
export interface Notification {
  object_name?: string
  id: string
  organization_id: string
  user_id: string
  type: string
  content: Record<string, unknown>
  is_read: boolean
  created_at: string
}

/** A comment of the team about a contact. */
export interface ContactComment {
  _id: string
  text?: string
  created_at?: string
  [field: string]: unknown
}

/** A file of a contact. The server is known to send the message that brought it, with the file's `url` in its `content`. */
export interface ContactFile {
  _id: string
  name?: string
  url?: string
  /** In bytes. */
  size?: number
  [field: string]: unknown
}

/** Something that happened in a conversation. */
export interface ConversationActivity {
  _id: string
  type?: string
  created_at?: string
  [field: string]: unknown
}

/** What the writes on notifications answer. */
export interface NotificationActionResponse {
  /** True where the server says nothing: the request succeeded. */
  success: boolean
  [field: string]: unknown
}

/**
 * Rows as an array, as the vendor declares them, and the same rows as `data`, as the server sends some of them: a program written
 * for either runs. `data` is always there; it is declared as it is so that any array can stand for it.
 */
export type Rows<Row> = Row[] & { readonly data?: Row[] }

/** Which page to list. */
export interface PageParams {
  /** @default the server's, which is not published */
  limit?: number | undefined
  /** How many to pass over. @default 0 */
  skip?: number | undefined
}

/** In which order to list contacts. */
export interface SortParams {
  /** A field's name, with a minus in front for descending, for example `-created_at`. @default the server's */
  sort?: string | undefined
}

/** Which contacts to list. */
export interface ContactListParams extends PageParams, SortParams {}

/** What to search for. */
export interface ContactSearchParams extends ContactListParams {
  q: string
  /** `text` is the one known value. */
  type?: string | undefined
}

/** Which activities to list. The vendor's web app gives these; its SDK does not. */
export interface ActivityListParams {
  /** ISO 8601. */
  start_date?: string | undefined
  /** ISO 8601. */
  end_date?: string | undefined
}

/** Which comments to list. */
export interface CommentListParams extends PageParams {
  /** One channel type, several with commas, or an array. @default all */
  channelType?: string | readonly string[] | undefined
}

/** Which conversations to list. */
export interface ConversationListParams {
  /** Channel types with commas between, or an array. @default all */
  channelTypes?: string | readonly string[] | undefined
}
