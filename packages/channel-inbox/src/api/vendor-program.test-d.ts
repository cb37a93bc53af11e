import { describe, expectTypeOf, test } from 'vitest'
import {
  type Contact,
  type Conversation,
  createImbraceClient,
  ImbraceClient,
  type ImbraceClientConfig,
  type Notification,
  type PagedResponse,
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
  test('give what programs written to the vendor’s SDK read', () => {
    expectTypeOf<Contact>().toExtend<SdkContact>()
    expectTypeOf<PagedResponse<Contact>>().toExtend<SdkPage<SdkContact>>()
    expectTypeOf<Notification['is_read']>().toEqualTypeOf<boolean>()
    const { contacts } = new ImbraceClient()
    expectTypeOf(contacts.list).returns.resolves.toExtend<SdkPage<SdkContact>>()
    expectTypeOf(contacts.getConversations).returns.resolves.toExtend<Conversation[]>()
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
