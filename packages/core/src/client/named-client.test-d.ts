import { describe, expectTypeOf, it } from 'vitest'
import type { UpsertResult } from '../adapter/pages.ts'
import type { Pager } from '../pager.ts'
import type { BatchRun } from './batch-types.ts'
import type { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter } from './testing/fake-adapter.ts'
import type { FakeContact } from './testing/fake-contacts.ts'
import type { GroupedAdapter } from './testing/grouped-adapter.ts'
import type { Contacts, ContactsWith } from './types.ts'

// As adapters' packages name their adapters and clients.
interface ScanningAdapter extends FakeAdapter<typeof scanCapabilities> {}
interface ScanningContacts extends Contacts<ScanningAdapter> {}
interface NativeContacts extends Contacts<FakeAdapter<typeof nativeCapabilities>> {}
interface GroupedContacts extends Contacts<GroupedAdapter> {}

declare const contacts: ScanningContacts

describe('an interface that names a client', () => {
  it('is the client', () => {
    expectTypeOf<ScanningContacts>().toExtend<Contacts<ScanningAdapter>>()
    expectTypeOf<Contacts<ScanningAdapter>>().toExtend<ScanningContacts>()
    expectTypeOf<keyof ScanningContacts>().toEqualTypeOf<keyof Contacts<ScanningAdapter>>()
    expectTypeOf<NativeContacts>().toExtend<ContactsWith<keyof typeof nativeCapabilities>>()
    expectTypeOf<GroupedContacts>().toExtend<ContactsWith<'conversations' | 'contactMethods' | 'get'>>()
  })

  it('keeps the overloads of lookups and writes', async () => {
    expectTypeOf(await contacts.get('c1')).toEqualTypeOf<FakeContact>()
    expectTypeOf(await contacts.get({ email: 'a@example.com' }, { scan: true })).toEqualTypeOf<FakeContact>()
    contacts.find({ email: 'a@example.com' }, { scan: true })
    contacts.update({ email: 'a@example.com' }, { name: 'Ana' }, { scan: true })
    contacts.delete({ email: 'a@example.com' }, { scan: true })
    contacts.updateMany([{ ref: { email: 'a@example.com' }, patch: {} }], { scan: true })
    contacts.deleteMany([{ email: 'a@example.com' }], { scan: true })
    // @ts-expect-error a scan was not asked for
    contacts.get({ email: 'a@example.com' })
    // @ts-expect-error a scan was not asked for
    contacts.update({ email: 'a@example.com' }, { name: 'Ana' })
    // @ts-expect-error it stores no note
    contacts.update('c1', { note: 'vip' })
  })

  it('can be the type of a member, and its results those of methods', () => {
    class Repository {
      readonly contacts: ScanningContacts
      constructor(given: ScanningContacts) {
        this.contacts = given
      }
      find(id: string) {
        return this.contacts.find(id)
      }
      all() {
        return this.contacts.list()
      }
      save(externalId: string, name: string) {
        return this.contacts.upsert({ externalId, name }, { by: 'externalId', scan: true })
      }
      saveAll(items: { externalId: string }[]) {
        return this.contacts.upsertMany(items, { by: 'externalId', scan: true })
      }
    }
    const repository = new Repository(contacts)
    expectTypeOf(repository.find('c1')).resolves.toEqualTypeOf<FakeContact | undefined>()
    expectTypeOf(repository.all()).toEqualTypeOf<Pager<FakeContact>>()
    expectTypeOf(repository.save('x', 'Ana')).resolves.toEqualTypeOf<UpsertResult<FakeContact>>()
    expectTypeOf(repository.saveAll([])).toEqualTypeOf<BatchRun<UpsertResult<FakeContact>>>()
  })

  it('narrows by what it supports', () => {
    if (contacts.supports('conversations')) contacts.conversations.list('c1')
    // @ts-expect-error nobody asked
    contacts.conversations
    if (!contacts.supports('create')) return
    // @ts-expect-error it still stores no note
    contacts.create({ note: 'vip' })
  })
})
