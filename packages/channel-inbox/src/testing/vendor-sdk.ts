/*
 * The types of the vendor's SDK, as its users have them, as far as contacts go: facts to hold ours against. The package is not on
 * the registry.
 */

export interface SdkContact {
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
export interface SdkUser {
  object_name: 'simple_user'
  id: string
  display_name: string
  avatar_url: string
}
export type SdkChannelType =
  | 'web'
  | 'facebook'
  | 'whatsapp'
  | 'instagram'
  | 'wechat'
  | 'line'
  | 'email'
  | 'wecom'
export interface SdkConversation {
  object_name: 'conversation'
  id: string
  organization_id: string
  business_unit_id: string
  channel_id: string
  channel_type: SdkChannelType
  contact_id: string
  status: string
  name: string
  timestamp: string
  users: SdkUser[]
}
export interface SdkNotification {
  object_name?: string
  id: string
  organization_id: string
  user_id: string
  type: string
  content: Record<string, unknown>
  is_read: boolean
  created_at: string
}
export interface SdkPage<T> {
  data: T[]
  total: number
  page: number
  limit: number
}
export interface SdkUrls {
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
export interface SdkConfig {
  env?: 'develop' | 'sandbox' | 'stable' | 'prodv2'
  baseUrl?: string
  services?: Partial<SdkUrls>
  apiKey?: string
  accessToken?: string
  organizationId?: string
  timeout?: number
  checkHealth?: boolean
}
export interface SdkUpdate {
  name?: string
  email?: string
  phone?: string
  [key: string]: unknown
}
export interface SdkComment {
  _id: string
  text?: string
  created_at?: string
  [key: string]: unknown
}
export interface SdkFile {
  _id: string
  name?: string
  url?: string
  size?: number
  [key: string]: unknown
}
export interface SdkActivity {
  _id: string
  type?: string
  created_at?: string
  [key: string]: unknown
}
export interface SdkAction {
  success: boolean
  [key: string]: unknown
}
/** `client.contacts`. */
export interface SdkContacts {
  list(params?: { limit?: number; skip?: number; sort?: string }): Promise<SdkPage<SdkContact>>
  get(contactId: string): Promise<SdkContact>
  update(contactId: string, body: SdkUpdate): Promise<SdkContact>
  search(params: {
    q: string
    limit?: number
    skip?: number
    sort?: string
    type?: string
  }): Promise<SdkPage<SdkContact>>
  exportCsv(params?: { sort?: string }): Promise<string>
  getConversations(contactId: string, params?: { channelTypes?: string }): Promise<SdkConversation[]>
  getComments(
    contactId: string,
    params?: { channelType?: string; skip?: number; limit?: number },
  ): Promise<SdkComment[]>
  getFiles(contactId: string): Promise<SdkFile[]>
  getActivities(conversationId: string): Promise<SdkActivity[]>
  uploadAvatar(body: FormData): Promise<{ url: string }>
  listNotifications(params?: { limit?: number; skip?: number }): Promise<SdkPage<SdkNotification>>
  markNotificationsRead(notificationIds: string[]): Promise<SdkAction>
  dismissNotification(notificationId: string): Promise<SdkAction>
  dismissAllNotifications(): Promise<SdkAction>
}
/** `client.api.channel`, as far as contacts go. */
export interface SdkChannel {
  createContact<T = unknown>(params: {
    body: {
      display_name?: string
      first_name?: string
      last_name?: string
      email?: string
      phone_number?: string
      channel_id?: string
      channel_type?: string
      labels?: unknown[]
      time_zone?: string
    }
  }): Promise<T>
  createContactComment<T = unknown>(params: { id: string; body: { content: string } }): Promise<T>
  deleteContact<T = unknown>(params: { id: string }): Promise<T>
  deleteContactComment<T = unknown>(params: { id: string; commentId: string }): Promise<T>
  dismissAllNotifications<T = unknown>(): Promise<T>
  dismissNotifications<T = unknown>(params: { body: { ids?: unknown[] } }): Promise<T>
  getContact<T = unknown>(params: { id: string }): Promise<T>
  getContactByBoardItem<T = unknown>(params: { boardItemId: string }): Promise<T>
  getContactComment<T = unknown>(params: { id: string; commentId: string }): Promise<T>
  listContactComments<T = unknown>(params: { id: string }): Promise<T>
  listContactConversations<T = unknown>(params: { id: string }): Promise<T>
  listContactFiles<T = unknown>(params: { id: string }): Promise<T>
  listContactMessageComments<T = unknown>(params: { id: string }): Promise<T>
  listContacts<T = unknown>(params?: { q?: string; limit?: number; offset?: number }): Promise<T>
  listConversationActivities<T = unknown>(params: { conversationId: string }): Promise<T>
  listNotifications<T = unknown>(params?: { type?: string; limit?: number; skip?: number }): Promise<T>
  markNotificationsRead<T = unknown>(params: { body: { ids?: unknown[] } }): Promise<T>
  searchContacts<T = unknown>(params: {
    body: { query: string; limit?: number; offset?: number }
  }): Promise<T>
  updateContact<T = unknown>(params: {
    id: string
    body: { display_name?: string; email?: string; phone_number?: string; labels?: unknown[] }
  }): Promise<T>
}
/** The client, as far as contacts go. */
export interface SdkClient {
  readonly contacts: SdkContacts
  readonly api: { readonly channel: SdkChannel }
  setAccessToken(token: string): void
  clearAccessToken(): void
  init(): Promise<void>
}
