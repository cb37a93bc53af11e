import type { ContactsWith } from '@anycontact/core'
import { expectTypeOf, test } from 'vitest'
import type { CognipeerClient } from './api/index.ts'
import { type CognipeerContacts, type CognipeerRecord, cognipeer } from './index.ts'

const contacts = cognipeer({ token: 'pat_x', hookId: 'h' })

test('there is no delete, and nothing else that Cognipeer has not', () => {
  // @ts-expect-error Cognipeer has no delete
  contacts.delete('c1')
  // @ts-expect-error nor a batch of them
  contacts.deleteMany(['c1'])
  // @ts-expect-error nor conversations of a contact
  contacts.conversations.list('c1')
  expectTypeOf(contacts).not.toExtend<ContactsWith<'delete'>>()
  expectTypeOf(contacts).toExtend<
    ContactsWith<'list' | 'get' | 'find' | 'create' | 'update' | 'upsert' | 'search' | 'count' | 'upsertMany'>
  >()
})

test('input has the fields that Cognipeer stores, and no others', () => {
  contacts.create({
    externalId: 'x',
    name: 'Ana',
    email: 'a@ex.org',
    phone: '+1',
    tags: [],
    status: 'vip',
    customFields: {},
  })
  // @ts-expect-error it has one full name
  contacts.create({ givenName: 'Ana' })
  // @ts-expect-error it has no notes
  contacts.update('c1', { note: 'x' })
  contacts.upsert(
    { email: 'a@ex.org' },
    { by: 'email', vendor: { metadata: { source: 'crm' }, fields: { mine: 1 } } },
  )
  // @ts-expect-error an id is the server's
  contacts.upsert({ email: 'a@ex.org' }, { by: 'id' })
  // @ts-expect-error no such vendor field
  contacts.create({}, { vendor: { preferences: 'x' } })
})

test('every key is looked up without a scan', () => {
  contacts.get('c1')
  contacts.get({ externalId: 'x' })
  contacts.find({ email: 'a@ex.org' })
  contacts.update({ phone: '+1' }, { name: null })
})

test('listings know what they can be sorted by, and deleted contacts', () => {
  contacts.list({ orderBy: { field: 'createdAt' }, includeDeleted: true })
  contacts.count({ includeDeleted: true })
  // @ts-expect-error not by tags
  contacts.list({ orderBy: { field: 'tags' } })
})

test('the record and the vendor’s client are typed', async () => {
  expectTypeOf((await contacts.get('c1')).raw).toEqualTypeOf<CognipeerRecord>()
  expectTypeOf(contacts.api).toEqualTypeOf<CognipeerClient>()
})

test('what a user holds has a name', () => {
  expectTypeOf(contacts).toEqualTypeOf<CognipeerContacts>()
})
