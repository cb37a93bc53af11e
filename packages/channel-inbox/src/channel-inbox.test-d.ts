import type { ContactsWith } from '@anycontact/core'
import { describe, expectTypeOf, test } from 'vitest'
import type { ImbraceClient } from './api/index.ts'
import { type ChannelInboxContacts, type ChannelInboxRecord, type Contact, channelInbox } from './index.ts'

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

  test('has no create, delete or upsert', () => {
    // @ts-expect-error contacts come into being when somebody writes
    contacts.create
    // @ts-expect-error none is deleted
    contacts.delete
    // @ts-expect-error without a create there is no upsert
    contacts.upsert
    // @ts-expect-error nor many of them
    contacts.upsertMany
    expectTypeOf(contacts).not.toExtend<ContactsWith<'upsert'>>()
    expectTypeOf(contacts).not.toExtend<ContactsWith<'contactMethods'>>()
  })

  test('takes no field, lookup or order that the inbox has not', () => {
    // @ts-expect-error no custom fields
    contacts.update('con_1', { customFields: { plan: 'pro' } })
    // @ts-expect-error a time zone can be read, not written
    contacts.update('con_1', { timezone: 'UTC' })
    // @ts-expect-error a scan must be asked for
    contacts.get({ email: 'ana@example.com' })
    // @ts-expect-error it sorts by the time of creation alone
    contacts.list({ orderBy: { field: 'name' } })
    // @ts-expect-error no such vendor field
    contacts.update('con_1', {}, { vendor: { labels: ['vip'] } })
  })
})
