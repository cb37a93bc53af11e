/** The vendor's environments. `stable` and `prodv2` are the same gateway. */
export type Environment = 'develop' | 'sandbox' | 'stable' | 'prodv2'

/**
 * Which of the vendor's descriptions requests follow where they contradict each other: its SDK, its older documentation with
 * its web app, or its exported specification.
 */
export type ImbraceDialect = 'sdk' | 'web' | 'spec'

/** A kind of channel; the vendor adds to them. */
export type ChannelType =
  | 'web'
  | 'facebook'
  | 'whatsapp'
  | 'instagram'
  | 'wechat'
  | 'line'
  | 'email'
  | 'wecom'
  | (string & {})

/**
 * A contact, typed as the vendor's SDK has it. On the wire text that is not set is `''`, and `updated_at` is null until the
 * first update, which these types do not say.
 */
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
  /** What the vendor's types leave out: names, language, remark, ids at the networks and more. */
  [field: string]: unknown
}

/** What to change of a contact; sent as it is. */
export interface UpdateContactInput {
  /** The name that is shown. */
  name?: string
  email?: string
  phone?: string
  [field: string]: unknown
}

/** One page. Mind the names: `count` is the number of all items, `total` the number on this page. */
export interface PagedResponse<T> {
  data: T[]
  /** How many items are on this page. The vendor's type suggests all of them; that is `count`. */
  total: number
  /** From 1. Not sent by the server: worked out from the request. */
  page: number
  /** How many items were asked for, or came. Not sent by the server. */
  limit: number
  /** How many items there are in all. */
  count?: number
  has_more?: boolean
  object_name?: string
  [field: string]: unknown
}

/** A page of notifications. */
export interface NotificationPage extends PagedResponse<Notification> {
  /** How many are unread in all. */
  unread_count?: number
}

/**
 * Rows as an array, as the vendor's types have them, and the same rows as `data`, as the server sends some of them: a program
 * written for either runs.
 */
export type Rows<Row> = Row[] & { readonly data: Row[] }

/** A conversation of a contact: the vendor's type, and what is sent, a record of a team around it. */
export interface Conversation {
  id?: string
  /** The conversation's id. */
  _id?: string
  public_id?: string
  organization_id?: string
  business_unit_id?: string
  channel_id?: string
  channel_type?: ChannelType
  contact_id?: string
  status?: string
  name?: string
  timestamp?: string
  /** The conversation itself. */
  conversation?: Record<string, unknown>
  [field: string]: unknown
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

/**
 * A notice to the user. The vendor's SDK says text for `type` and an object for `content`; a number and text are what was seen.
 */
export interface Notification {
  object_name?: string
  id: string
  title?: string
  type: string | number
  content: string | Record<string, unknown>
  is_read: boolean
  created_at: string
  [field: string]: unknown
}

/** What the writes on notifications answer. */
export interface NotificationActionResponse {
  /** True where the server says nothing: the request succeeded. */
  success: boolean
  [field: string]: unknown
}

/** Which page to list. */
export interface PageParams {
  /** @default the server's, which is not published */
  limit?: number | undefined
  /** How many to pass over. @default 0 */
  skip?: number | undefined
}

/** Which contacts to list. */
export interface ContactListParams extends PageParams {
  /** A field's name, with a minus in front for descending, such as `-created_at`. */
  sort?: string | undefined
}

/** What to search for. */
export interface ContactSearchParams extends ContactListParams {
  q: string
  /** `text` is the one known value. */
  type?: string | undefined
}

/** Which comments to list. */
export interface CommentListParams extends PageParams {
  /** One channel type, several with commas, or an array. */
  channelType?: string | readonly string[] | undefined
}

/** Which conversations to list. */
export interface ConversationListParams {
  /** Channel types with commas between, or an array. */
  channelTypes?: string | readonly string[] | undefined
}
