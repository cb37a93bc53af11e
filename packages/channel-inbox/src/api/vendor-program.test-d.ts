import { describe, expectTypeOf, test } from 'vitest'
import type {
  SdkAction,
  SdkActivity,
  SdkChannel,
  SdkChannelType,
  SdkClient,
  SdkComment,
  SdkConfig,
  SdkContact,
  SdkConversation,
  SdkFile,
  SdkNotification,
  SdkPage,
  SdkUpdate,
  SdkUrls,
  SdkUser,
} from '../testing/vendor-sdk.ts'
import {
  ApiError,
  type ApiResponse,
  AuthError,
  type ChannelApi,
  type ChannelType,
  type Contact,
  type ContactComment,
  type ContactFile,
  ContactsError,
  type Conversation,
  type ConversationActivity,
  createImbraceClient,
  type Environment,
  ImbraceClient,
  type ImbraceClientConfig,
  type ImbraceClientOptions,
  ImbraceError,
  type ListResponse,
  NetworkError,
  type Notification,
  type NotificationActionResponse,
  type PagedResponse,
  type ServiceUrls,
  type SimpleUser,
  type UpdateContactInput,
} from './index.ts'

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
    expectTypeOf<UpdateContactInput>().toEqualTypeOf<SdkUpdate>()
    expectTypeOf<ContactComment>().toEqualTypeOf<SdkComment>()
    expectTypeOf<ContactFile>().toEqualTypeOf<SdkFile>()
    expectTypeOf<ConversationActivity>().toEqualTypeOf<SdkActivity>()
    expectTypeOf<NotificationActionResponse>().toEqualTypeOf<SdkAction>()
    expectTypeOf<ServiceUrls>().toEqualTypeOf<SdkUrls>()
    expectTypeOf<ImbraceClientConfig>().toEqualTypeOf<SdkConfig>()
    expectTypeOf<PagedResponse>().toEqualTypeOf<SdkPage<unknown>>()
    expectTypeOf<ListResponse['data']>().toEqualTypeOf<unknown[]>()
    expectTypeOf<ApiResponse['data']>().toEqualTypeOf<unknown>()
  })

  test('stand where the vendor’s client stands', () => {
    expectTypeOf<ImbraceClient>().toExtend<SdkClient>()
    expectTypeOf<keyof ChannelApi>().toEqualTypeOf<keyof SdkChannel>()
    expectTypeOf(createImbraceClient).toExtend<(config?: SdkConfig) => SdkClient>()
    expectTypeOf(ImbraceClient).toExtend<new (config?: SdkConfig) => SdkClient>()
  })

  test('let a program keep, change and replace what it was given', async () => {
    const config: ImbraceClientConfig = {}
    config.apiKey = 'api_1'
    const key: string | undefined = config.apiKey
    const { contacts, api } = createImbraceClient({ ...config, apiKey: key ?? '' })

    let page: PagedResponse<Contact> = await contacts.list()
    page = { data: [], total: 0, page: 1, limit: 10 }
    let found = await contacts.search({ q: 'alice' })
    found = page
    let files = await contacts.getFiles('con_1')
    files = files.filter(({ url }) => url)
    const rows: ContactFile[] = files
    let conversations = await contacts.getConversations('con_1')
    conversations = [...conversations].filter(({ status, users }) => status === 'open' && users.length > 0)
    const first: Conversation | undefined = conversations[0]
    const type: ChannelType | undefined = first?.channel_type
    const notices: PagedResponse<Notification> = await contacts.listNotifications()
    const text: string | undefined = notices.data[0]?.type.toUpperCase()
    const content: unknown = notices.data[0]?.content.text
    const done: NotificationActionResponse = await contacts.markNotificationsRead(['not_1'])
    const made: Contact = await api.channel.createContact<Contact>({ body: { display_name: 'Ana' } })
    const untyped = await api.channel.listContacts()
    expectTypeOf(untyped).toBeUnknown()
    // @ts-expect-error what is unknown cannot be read before it is looked at
    untyped.data
    expectTypeOf([found, rows, type, text, content, done, made]).toBeArray()
  })

  test('handle errors', () => {
    expectTypeOf(ApiError).toExtend<new (statusCode: number, message: string) => Error>()
    expectTypeOf(AuthError).toExtend<new (message?: string) => Error>()
    expectTypeOf(NetworkError).toExtend<new (message?: string) => Error>()
    expectTypeOf(ImbraceError).toExtend<new (message: string) => Error>()
    const read = (error: unknown): string => {
      if (error instanceof ApiError && error.statusCode === 404) return error.message
      if (error instanceof ImbraceError && error.name === 'ApiError') return error.code
      return error instanceof ContactsError ? error.name : ''
    }
    expectTypeOf(read).returns.toBeString()
    expectTypeOf<ApiError>().toExtend<ImbraceError>()
    expectTypeOf<AuthError>().toExtend<ImbraceError>()
    expectTypeOf<NetworkError>().toExtend<ImbraceError>()
    expectTypeOf<ImbraceError>().toExtend<ContactsError>()
  })

  test('take what they give', () => {
    expectTypeOf<SdkConfig>().toExtend<ImbraceClientOptions>()
    const { contacts } = createImbraceClient({ accessToken: 'acc_1', env: 'sandbox', timeout: 60_000 })
    expectTypeOf(contacts.list).toBeCallableWith({ limit: 50, skip: 0, sort: '-created_at' })
    expectTypeOf(contacts.update).toBeCallableWith('con_1', { name: 'Alice', gender: 'female' })
    expectTypeOf(contacts.search).toBeCallableWith({ q: 'alice', type: 'text' })
    expectTypeOf(contacts.getConversations).toBeCallableWith('con_1', { channelTypes: 'whatsapp,web' })
    expectTypeOf(contacts.getConversations).toBeCallableWith('con_1', { channelTypes: ['whatsapp', 'web'] })
    expectTypeOf(contacts.getComments).toBeCallableWith('con_1', { channelType: 'web', skip: 0, limit: 20 })
    expectTypeOf(contacts.markNotificationsRead).toBeCallableWith(['not_1'])
    expectTypeOf(contacts.getActivities).toBeCallableWith('conv_1', {
      start_date: '2026-01-01',
      end_date: '2026-02-01',
    })
    // @ts-expect-error what to search for is a must
    expectTypeOf(contacts.search).toBeCallableWith({})
  })
})
