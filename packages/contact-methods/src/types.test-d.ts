import type { Contact, ContactsWith } from '@anycontact/core'
import { expectTypeOf, test } from 'vitest'
import { ComplianceSDK } from './api/index.ts'
import { type ContactMethodsContacts, contactMethods } from './contact-methods.ts'
import type { ContactMethodsClientRecord } from './mapping.ts'

const contacts = contactMethods({ apiKey: 'k', environment: 'test' })

test('what a client level has not does not compile', () => {
  expectTypeOf(contacts.create).toBeCallableWith({ id: 'c', email: 'a@example.com' })
  // @ts-expect-error no name at client level
  expectTypeOf(contacts.create).toBeCallableWith({ name: 'Ana' })
  // @ts-expect-error custom fields are those of single methods
  expectTypeOf(contacts.update).toBeCallableWith('c', { customFields: {} })
  // @ts-expect-error an id cannot be changed
  expectTypeOf(contacts.update).toBeCallableWith('c', { id: 'd' })
  // @ts-expect-error no order is known
  expectTypeOf(contacts.list).toBeCallableWith({ orderBy: { field: 'createdAt' } })
  // @ts-expect-error nothing of it there
  contacts.conversations
})

test('lookups by id, email and phone need no scan; by externalId there is none', () => {
  expectTypeOf(contacts.get).toBeCallableWith({ email: 'a@example.com' })
  expectTypeOf(contacts.delete).toBeCallableWith({ phone: '1' })
  // @ts-expect-error clients have no external id here
  expectTypeOf(contacts.get).toBeCallableWith({ externalId: 'x' })
})

test('it fits code that says what it needs', () => {
  expectTypeOf(contacts).toExtend<
    ContactsWith<'list' | 'get' | 'update' | 'delete' | 'upsert' | 'contactMethods'>
  >()
  expectTypeOf(contacts).not.toExtend<ContactsWith<'notifications'>>()
  expectTypeOf(contacts.api).toEqualTypeOf<ComplianceSDK>()
})

test('a batch’s result follows from atomic', async () => {
  const { contactMethods: methods } = new ComplianceSDK({ apiKey: 'k', environment: 'live' })
  const email = { clientId: 'c', type: 'email', value: 'a' } as const
  expectTypeOf((await methods.createMany([email])).data).toBeArray()
  expectTypeOf((await methods.createMany([email], { atomic: false })).failed).toBeArray()
  const either = await methods.createMany([email], { atomic: Math.random() > 2 })
  if (either.atomic) expectTypeOf(either.data).toBeArray()
  else expectTypeOf(either.succeeded).toBeArray()
  // @ts-expect-error no such environment
  new ComplianceSDK({ apiKey: 'k', environment: 'production' })
  // @ts-expect-error no such type
  expectTypeOf(methods.create).toBeCallableWith({ clientId: 'c', type: 'pigeon', value: 'a' })
})

test('contacts and clients have names', () => {
  expectTypeOf(contacts).toEqualTypeOf<ContactMethodsContacts>()
  expectTypeOf(contacts.get('c')).resolves.toEqualTypeOf<Contact<ContactMethodsClientRecord>>()
})
