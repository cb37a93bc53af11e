import type { Contact, ContactsWith, OperationName } from '@anycontact/core'
import { expectTypeOf, test } from 'vitest'
import { type MemoryContacts, type MemoryRecord, type MemoryStore, memory } from './index.ts'

test('a memory client has every operation but requests by hand', () => {
  expectTypeOf<MemoryContacts>().toExtend<ContactsWith<Exclude<OperationName, 'request'>>>()
  expectTypeOf<MemoryContacts>().not.toHaveProperty('request')
  expectTypeOf<MemoryContacts['notifications']>().toHaveProperty('dismissAll')
  expectTypeOf<MemoryContacts['contactMethods']>().toHaveProperty('sync')
})

test('raw is the stored record, and api the store', () => {
  const contacts = memory()
  expectTypeOf(contacts.get('x')).resolves.toEqualTypeOf<Contact<MemoryRecord>>()
  expectTypeOf(contacts.api).toEqualTypeOf<MemoryStore>()
})

test('every key looks up without a scan', () => {
  const contacts = memory()
  expectTypeOf(contacts.find({ email: 'x' })).resolves.toEqualTypeOf<Contact<MemoryRecord> | undefined>()
  expectTypeOf(contacts.upsert({ phone: '+1' }, { by: 'phone' })).resolves.toHaveProperty('outcome')
  // @ts-expect-error a name is no key
  contacts.get({ name: 'x' })
  // @ts-expect-error a note cannot be sorted by
  contacts.list({ orderBy: { field: 'note' } })
  // @ts-expect-error an id cannot change
  contacts.update('x', { id: 'y' })
})
