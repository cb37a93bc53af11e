import type { ContactClient } from '@chatbotkit/sdk/contact/index'
import { expectTypeOf, test } from 'vitest'
import { createEmulator } from './index.ts'

const { chatbotkit, cognipeer, channelInbox, contactMethods } = createEmulator()

test('fetch stands in for the global one and for the SDK’s', () => {
  expectTypeOf(chatbotkit.fetch).toExtend<typeof fetch>()
  type FetchFn = NonNullable<ConstructorParameters<typeof ContactClient>[0]['fetchFn']>
  expectTypeOf(chatbotkit.fetch).toExtend<FetchFn>()
})

test('what is recorded and stored is read-only', () => {
  expectTypeOf(chatbotkit.requests).not.toExtend<unknown[]>()
  expectTypeOf(chatbotkit.contacts).not.toExtend<unknown[]>()
})

test('faults and seeds are checked', () => {
  // @ts-expect-error there is no such member
  chatbotkit.faults.add({ stauts: 500 })
  // @ts-expect-error a position is of bytes or of lines
  chatbotkit.faults.add({ cut: 'middle' })
  // @ts-expect-error times are numbers
  chatbotkit.seed([{ createdAt: '2024-01-01' }])
})

test('seeds have the fields that are taken, and no others', () => {
  cognipeer.seed([{ name: 'Ana', __v: 0 }])
  cognipeer.seed([{ _id: 'c', workspaceId: 'w', loyaltyTier: 3 }])
  // @ts-expect-error there is no such field
  cognipeer.seed([{ name: 'Ana', updatedDate: '' }])
  channelInbox.seed([{ _id: 'con_1', doc_name: 'contacts', public_id: 'con_1', display_name: 'Ana' }])
  channelInbox.seedConversations('con_1', [{ _id: 'conv_1', conversation: { status: 'open' }, teams: [] }])
  // @ts-expect-error there is no such field inside
  channelInbox.seedConversations('con_1', [{ conversation: { staus: 'open' } }])
  // @ts-expect-error there is no such field
  channelInbox.seedComments('con_1', [{ content: '' }])
  // @ts-expect-error a contact method is somebody's
  contactMethods.seed([{ type: 'email', value: 'ana@example.com' }])
})

test('a record as it is stored is a seed', () => {
  type Seed<F extends (seeds: never, ...more: never[]) => unknown> = Parameters<F>[0]
  expectTypeOf(chatbotkit.contacts).toExtend<Seed<typeof chatbotkit.seed>>()
  expectTypeOf(cognipeer.contacts).toExtend<Seed<typeof cognipeer.seed>>()
  expectTypeOf(channelInbox.contacts).toExtend<Seed<typeof channelInbox.seed>>()
  expectTypeOf(channelInbox.comments).toExtend<Parameters<typeof channelInbox.seedComments>[1]>()
  expectTypeOf(channelInbox.notifications).toExtend<Seed<typeof channelInbox.seedNotifications>>()
  expectTypeOf(contactMethods.contactMethods).toExtend<Seed<typeof contactMethods.seed>>()
  type Conversations = ReturnType<typeof channelInbox.seedConversations>
  expectTypeOf<Conversations>().toExtend<Parameters<typeof channelInbox.seedConversations>[1]>()
})
