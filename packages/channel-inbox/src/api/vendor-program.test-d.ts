import { describe, expectTypeOf, test } from 'vitest'
import {
  type ApiResponse,
  type ChannelType,
  type Contact,
  type ContactComment,
  type ContactFile,
  type Conversation,
  type ConversationActivity,
  createImbraceClient,
  type Environment,
  ImbraceClient,
  type ImbraceClientConfig,
  type ListResponse,
  type Notification,
  type NotificationActionResponse,
  type PagedResponse,
  type SimpleUser,
  type UpdateContactInput,
} from './index.ts'

/** The types of the vendor's SDK, as its users have them; the package is not on the registry. */
interface SdkContact {
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
interface SdkUser {
  object_name: 'simple_user'
  id: string
  display_name: string
  avatar_url: string
}
type SdkChannelType = 'web' | 'facebook' | 'whatsapp' | 'instagram' | 'wechat' | 'line' | 'email' | 'wecom'
interface SdkConversation {
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
interface SdkNotification {
  object_name?: string
  id: string
  organization_id: string
  user_id: string
  type: string
  content: Record<string, unknown>
  is_read: boolean
  created_at: string
}
interface SdkPage<T> {
  data: T[]
  total: number
  page: number
  limit: number
}
interface SdkConfig {
  env?: 'develop' | 'sandbox' | 'stable' | 'prodv2'
  baseUrl?: string
  services?: { channelService?: string; gateway?: string; platform?: string }
  apiKey?: string
  accessToken?: string
  organizationId?: string
  timeout?: number
}

describe('the vendor’s types', () => {
  test('are declared as the vendor’s SDK declares them', () => {
    expectTypeOf<Contact>().toEqualTypeOf<SdkContact>()
    expectTypeOf<Conversation>().toEqualTypeOf<SdkConversation>()
    expectTypeOf<Notification>().toEqualTypeOf<SdkNotification>()
    expectTypeOf<SimpleUser>().toEqualTypeOf<SdkUser>()
    expectTypeOf<ChannelType>().toEqualTypeOf<SdkChannelType>()
    expectTypeOf<Environment>().toEqualTypeOf<NonNullable<SdkConfig['env']>>()
    expectTypeOf<PagedResponse<Contact>>().toEqualTypeOf<SdkPage<SdkContact>>()
    expectTypeOf<ListResponse<string>>().toEqualTypeOf<{
      object_name: 'list'
      data: string[]
      nested?: Record<string, unknown>
      has_more: boolean
      count: number
      total: number
    }>()
    expectTypeOf<ApiResponse<string>>().toEqualTypeOf<{
      success?: boolean
      data?: string
      message?: string
      error?: string
    }>()
    expectTypeOf<UpdateContactInput>().toEqualTypeOf<{
      name?: string
      email?: string
      phone?: string
      [field: string]: unknown
    }>()
    expectTypeOf<ContactComment>().toEqualTypeOf<{
      _id: string
      text?: string
      created_at?: string
      [field: string]: unknown
    }>()
    expectTypeOf<ContactFile>().toEqualTypeOf<{
      _id: string
      name?: string
      url?: string
      size?: number
      [field: string]: unknown
    }>()
    expectTypeOf<ConversationActivity>().toEqualTypeOf<{
      _id: string
      type?: string
      created_at?: string
      [field: string]: unknown
    }>()
    expectTypeOf<NotificationActionResponse>().toEqualTypeOf<{ success: boolean; [field: string]: unknown }>()
  })

  test('give what programs written to the vendor’s SDK read', () => {
    const { contacts } = new ImbraceClient()
    expectTypeOf(contacts.list).returns.resolves.toExtend<SdkPage<SdkContact>>()
    expectTypeOf(contacts.get).returns.resolves.toEqualTypeOf<SdkContact>()
    expectTypeOf(contacts.getConversations).returns.resolves.toExtend<SdkConversation[]>()
    expectTypeOf(contacts.listNotifications).returns.resolves.toExtend<SdkPage<SdkNotification>>()
    expectTypeOf(contacts.exportCsv).returns.resolves.toEqualTypeOf<string>()
    expectTypeOf(contacts.uploadAvatar).returns.resolves.toEqualTypeOf<{ url: string }>()
    expectTypeOf(contacts.dismissAllNotifications).returns.resolves.toExtend<{ success: boolean }>()
  })

  test('take what they give', () => {
    expectTypeOf<SdkConfig>().toExtend<ImbraceClientConfig>()
    const { contacts } = createImbraceClient({ accessToken: 'acc_1', env: 'sandbox', timeout: 60_000 })
    expectTypeOf(contacts.list).toBeCallableWith({ limit: 50, skip: 0, sort: '-created_at' })
    expectTypeOf(contacts.update).toBeCallableWith('con_1', { name: 'Alice', gender: 'female' })
    expectTypeOf(contacts.search).toBeCallableWith({ q: 'alice', type: 'text' })
    expectTypeOf(contacts.getConversations).toBeCallableWith('con_1', { channelTypes: 'whatsapp,web' })
    expectTypeOf(contacts.getConversations).toBeCallableWith('con_1', { channelTypes: ['whatsapp', 'web'] })
    expectTypeOf(contacts.getComments).toBeCallableWith('con_1', { channelType: 'web', skip: 0, limit: 20 })
    expectTypeOf(contacts.markNotificationsRead).toBeCallableWith(['not_1'])
    // @ts-expect-error what to search for is a must
    expectTypeOf(contacts.search).toBeCallableWith({})
  })
})
