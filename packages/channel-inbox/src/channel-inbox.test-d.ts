import type { ContactsWith } from '@anycontact/core'
import { describe, expectTypeOf, test } from 'vitest'
import type { ImbraceClient } from './api/index.ts'
import {
  type ChannelInboxContacts,
  type ChannelInboxRecord,
  type Comment,
  type Contact,
  channelInbox,
} from './index.ts'

const contacts = channelInbox({ apiKey: 'api_1' })

describe('the channel inbox client', () => {
  test('has what the inbox has', () => {
    expectTypeOf(contacts).toEqualTypeOf<ChannelInboxContacts>()
    expectTypeOf(contacts.get).returns.resolves.toEqualTypeOf<Contact<ChannelInboxRecord>>()
    expectTypeOf(contacts.provider).toEqualTypeOf<string>()
    expectTypeOf(contacts.api).toEqualTypeOf<ImbraceClient>()
    expectTypeOf(contacts.get).returns.resolves.toHaveProperty('raw').toEqualTypeOf<ChannelInboxRecord>()
    expectTypeOf(contacts).toExtend<ContactsWith<'list' | 'update' | 'search' | 'notifications'>>()
    expectTypeOf(contacts.update).toBeCallableWith(
      'con_1',
      { name: 'Ana', note: null },
      { vendor: { gender: 'female' } },
    )
    expectTypeOf(contacts.avatar.upload).toBeCallableWith({
      data: new Blob(['x']),
      name: 'a.png',
      type: 'image/png',
    })
    expectTypeOf(contacts.conversations.list).toBeCallableWith('con_1', { channelTypes: ['whatsapp'] })
  })

  test('creates, deletes and upserts', () => {
    expectTypeOf(contacts).toExtend<ContactsWith<'create' | 'delete' | 'upsertMany' | 'deleteMany'>>()
    expectTypeOf(contacts).toExtend<
      ContactsWith<{ upsert: { scan: 'email' | 'phone'; fields: 'name' | 'tags' } }>
    >()
    expectTypeOf(contacts).not.toExtend<ContactsWith<{ upsert: { by: 'email' } }>>()
    expectTypeOf(contacts.create).toBeCallableWith(
      { name: 'Ana', tags: ['vip'], timezone: 'UTC' },
      { vendor: { channel_id: 'ch_1', channel_type: 'whatsapp' } },
    )
    contacts.upsert({ email: 'ana@example.com', tags: ['vip'] }, { by: 'email', scan: true })
    // @ts-expect-error no key is looked up without a scan
    contacts.upsert({ email: 'ana@example.com' }, { by: 'email' })
    // @ts-expect-error there is no id of the caller's
    contacts.upsert({ email: 'ana@example.com' }, { by: 'externalId', scan: true })
    // @ts-expect-error what cannot be changed cannot be upserted
    contacts.upsert({ email: 'ana@example.com', timezone: 'UTC' }, { by: 'email', scan: true })
    // @ts-expect-error a create takes no note
    contacts.create({ note: 'x' })
    // @ts-expect-error there are no single methods
    contacts.contactMethods
    expectTypeOf(contacts).not.toExtend<ContactsWith<'contactMethods'>>()
  })

  test('writes comments', () => {
    expectTypeOf(contacts).toExtend<ContactsWith<{ comments: 'create' | 'delete' }>>()
    expectTypeOf(contacts.comments.create).returns.resolves.toEqualTypeOf<Comment>()
    contacts.comments.delete({ phone: '+351912345678' }, 'msg_1', { scan: true })
    // @ts-expect-error a scan must be asked for
    contacts.comments.create({ email: 'ana@example.com' }, { text: 'Called back' })
  })

  test('takes no field, lookup or order that the inbox has not', () => {
    // @ts-expect-error no custom fields
    contacts.update('con_1', { customFields: { plan: 'pro' } })
    // @ts-expect-error a time zone is given to a new contact, and stays
    contacts.update('con_1', { timezone: 'UTC' })
    // @ts-expect-error a scan must be asked for
    contacts.get({ email: 'ana@example.com' })
    // @ts-expect-error it sorts by the time of creation alone
    contacts.list({ orderBy: { field: 'name' } })
    // @ts-expect-error no such vendor field
    contacts.update('con_1', {}, { vendor: { remark: 'x' } })
  })
})
