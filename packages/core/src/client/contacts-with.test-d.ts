import { describe, expectTypeOf, it } from 'vitest'
import type { Adapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput } from '../model/input.ts'
import type { nativeCapabilities, readOnlyCapabilities, scanCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter } from './testing/fake-adapter.ts'
import type { GroupedAdapter } from './testing/grouped-adapter.ts'
import type { Contacts, ContactsBase, ContactsWith } from './types.ts'

type Native = Contacts<FakeAdapter<typeof nativeCapabilities>>
type Scanning = Contacts<FakeAdapter<typeof scanCapabilities>>
type ReadOnly = Contacts<FakeAdapter<typeof readOnlyCapabilities>>
type Grouped = Contacts<GroupedAdapter>
type KeyedInput = ContactInput & { externalId: string }

declare const native: Native
declare const scanning: Scanning
declare const readOnly: ReadOnly

describe('ContactsWith, of names of operations', () => {
  type Import = ContactsWith<'list' | 'upsert'>

  it('is every client that has them', () => {
    expectTypeOf<Native>().toExtend<Import>()
    expectTypeOf<Scanning>().toExtend<Import>()
    expectTypeOf<Grouped>().toExtend<ContactsWith<'conversations' | 'contactMethods' | 'get'>>()
    expectTypeOf<Native>().toExtend<ContactsWith<keyof typeof nativeCapabilities>>()
    expectTypeOf<Scanning>().toExtend<ContactsWith<keyof typeof scanCapabilities>>()
    expectTypeOf<ContactsWith<'list' | 'get' | 'upsert'>>().toExtend<Import>()
    expectTypeOf<Native>().toExtend<ContactsBase>()
  })

  it('is no client that has not', () => {
    expectTypeOf<ReadOnly>().not.toExtend<Import>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<'conversations'>>()
    expectTypeOf<Grouped>().not.toExtend<ContactsWith<'list'>>()
    expectTypeOf<ContactsWith<'list'>>().not.toExtend<Import>()
    interface PartAdapter extends Adapter<{ readonly notifications: { readonly list: 'native' } }> {}
    expectTypeOf<Contacts<PartAdapter>>().not.toExtend<ContactsWith<'notifications'>>()
    expectTypeOf<Contacts<PartAdapter>>().toExtend<ContactsWith<{ notifications: 'list' }>>()
    interface MailAdapter extends Adapter<{ readonly get: { mode: 'native'; by: readonly ['email'] } }> {}
    expectTypeOf<Contacts<MailAdapter>>().not.toExtend<ContactsWith<'get'>>()
  })

  it('is what code for any provider works with', async () => {
    const importLeads = async (contacts: Import, leads: AsyncIterable<KeyedInput>): Promise<number> => {
      for await (const lead of leads) {
        const { contact: stored } = await contacts.upsert(lead, { by: 'externalId' })
        expectTypeOf(stored).toEqualTypeOf<Contact>()
      }
      // @ts-expect-error it did not say that it needs this
      contacts.delete('c1')
      return (await contacts.list({ where: { name: 'Ana' } })).items.length
    }
    importLeads(native, {} as AsyncIterable<KeyedInput>)
    importLeads(scanning, {} as AsyncIterable<KeyedInput>)
    // @ts-expect-error it has no upsert
    importLeads(readOnly, {} as AsyncIterable<KeyedInput>)
  })

  it('names contacts by id, and by other keys where a scan is allowed', () => {
    const any = {} as ContactsWith<'get' | 'find' | 'update' | 'deleteMany' | 'conversations'>
    any.get('c1')
    any.get({ email: 'ana@example.com' }, { scan: true })
    any.update({} as Contact, { name: 'Ana' })
    any.deleteMany([{ externalId: 'x' }], { scan: true })
    any.conversations.list({ email: 'ana@example.com' }, { scan: true })
    // @ts-expect-error not every provider looks it up
    any.find({ email: 'ana@example.com' })
    // @ts-expect-error not every provider looks it up
    any.update({ email: 'ana@example.com' }, { name: 'Ana' })
    // @ts-expect-error not every provider looks it up
    any.conversations.list({ email: 'ana@example.com' })
  })

  it('has none of the fields that one vendor alone has', () => {
    const any = {} as ContactsWith<'create'>
    any.create({}, { unsupportedFields: 'drop' })
    // @ts-expect-error whose would they be?
    any.create({}, { vendor: { pipeline: 'sales' } })
  })

  it('is what one of several clients is held as', async () => {
    const either: ContactsWith<'get' | 'create'> = Math.random() < 0.5 ? native : scanning
    expectTypeOf(await either.get('c1')).toEqualTypeOf<Contact>()
    either.create({ name: 'Ana' })
  })
})

describe('ContactsWith, of keys and fields', () => {
  it('is every client that has them', () => {
    expectTypeOf<Native>().toExtend<ContactsWith<{ find: 'email'; create: 'name' | 'email'; list: true }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ find: { scan: 'email' | 'phone' } }>>()
    expectTypeOf<Scanning>().toExtend<ContactsWith<{ find: 'id'; create: 'nickname' }>>()
    expectTypeOf<Scanning>().toExtend<ContactsWith<{ find: { by: 'id'; scan: 'email' } }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ update: { by: 'externalId'; fields: 'tags' } }>>()
    expectTypeOf<Scanning>().toExtend<ContactsWith<{ update: { fields: 'name' } }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ upsert: { by: 'email'; fields: 'name' | 'tags' } }>>()
    expectTypeOf<Scanning>().toExtend<ContactsWith<{ upsertMany: { scan: 'email' } }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ list: { orderBy: 'name' } }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ createMany: { fields: 'name'; atomic: true } }>>()
    expectTypeOf<Native>().toExtend<ContactsWith<{ deleteMany: 'externalId' }>>()
  })

  it('is no client that lacks one', () => {
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ find: 'email' }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ find: 'id' | 'email' }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ find: { scan: 'phone' } }>>()
    expectTypeOf<ReadOnly>().not.toExtend<ContactsWith<{ get: { scan: 'email' } }>>()
    expectTypeOf<ReadOnly>().not.toExtend<ContactsWith<{ find: 'id' }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ create: 'name' | 'tags' }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ createMany: 'tags' }>>()
    expectTypeOf<Native>().not.toExtend<ContactsWith<{ update: { by: 'email' } }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ update: { fields: 'note' } }>>()
    expectTypeOf<Native>().not.toExtend<ContactsWith<{ upsert: { by: 'phone' } }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ upsert: { by: 'email' } }>>()
    expectTypeOf<Native>().not.toExtend<ContactsWith<{ upsertMany: { by: 'phone' } }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ list: { orderBy: 'name' } }>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<{ createMany: { atomic: true } }>>()
    expectTypeOf<Native>().not.toExtend<ContactsWith<{ deleteMany: 'email' }>>()
  })

  it('takes in the function what was stated, and nothing else', () => {
    const work = (contacts: ContactsWith<{ find: 'email'; create: 'name' | 'email'; list: true }>) => {
      contacts.find({ email: 'ana@example.com' })
      contacts.create({ name: 'Ana', email: 'ana@example.com' })
      contacts.list({ where: { name: 'Ana' } })
      // @ts-expect-error a key that was not stated
      contacts.find({ phone: '+351' })
      // @ts-expect-error nor was the id
      contacts.find('c1')
      // @ts-expect-error a scan was not stated either
      contacts.find({ phone: '+351' }, { scan: true })
      // @ts-expect-error a field that was not stated
      contacts.create({ note: 'vip' })
      // @ts-expect-error an operation that was not stated
      contacts.get('c1')
    }
    work(native)
    // @ts-expect-error it has no lookup by email
    work(scanning)
  })

  it('takes stated scans, updates and upserts', () => {
    const work = (
      contacts: ContactsWith<{
        get: { by: 'id'; scan: 'email' }
        update: { fields: 'name' }
        upsert: { by: 'externalId'; scan: 'email'; fields: 'name' | 'externalId' | 'email' }
        list: { orderBy: 'createdAt' }
      }>,
    ) => {
      contacts.get({ email: 'ana@example.com' }, { scan: true })
      contacts.update('c1', { name: 'Ana' })
      contacts.upsert({ externalId: 'x', name: 'Ana' }, { by: 'externalId' })
      contacts.upsert({ email: 'ana@example.com' }, { by: 'email', scan: true })
      contacts.list({ orderBy: { field: 'createdAt' } })
      // @ts-expect-error a scan has to be asked for
      contacts.get({ email: 'ana@example.com' })
      // @ts-expect-error a field that was not stated
      contacts.update('c1', { note: 'vip' })
      // @ts-expect-error a scan has to be asked for
      contacts.upsert({ email: 'ana@example.com' }, { by: 'email' })
      // @ts-expect-error a key that was not stated
      contacts.upsert({ id: 'c1' }, { by: 'id' })
      // @ts-expect-error an order that was not stated
      contacts.list({ orderBy: { field: 'name' } })
    }
    expectTypeOf(work).parameter(0).not.toBeNever()
  })

  it('is not what only names the operation, nor what needs less', () => {
    expectTypeOf<ContactsWith<'find'>>().not.toExtend<ContactsWith<{ find: 'email' }>>()
    expectTypeOf<ContactsWith<'find'>>().not.toExtend<ContactsWith<{ find: { scan: 'email' } }>>()
    expectTypeOf<ContactsWith<'create'>>().not.toExtend<ContactsWith<{ create: 'tags' }>>()
    expectTypeOf<ContactsWith<'upsert'>>().not.toExtend<ContactsWith<{ upsert: { by: 'id' } }>>()
    expectTypeOf<ContactsWith<{ find: 'id' }>>().not.toExtend<ContactsWith<{ find: 'email' }>>()
    expectTypeOf<ContactsWith<{ find: 'id' | 'email' }>>().toExtend<ContactsWith<{ find: 'email' }>>()
    expectTypeOf<ContactsWith<{ find: 'email' }>>().toExtend<ContactsWith<{ find: { scan: 'email' } }>>()
    expectTypeOf<ContactsWith<{ find: 'id' }>>().toExtend<ContactsWith<'find'>>()
    expectTypeOf<ContactsWith<{ find: true; list: true }>>().toEqualTypeOf<ContactsWith<'find' | 'list'>>()
  })

  it('may be needs that have a name', () => {
    interface Needs {
      find: 'email'
      create: 'name'
    }
    expectTypeOf<Native>().toExtend<ContactsWith<Needs>>()
    expectTypeOf<Scanning>().not.toExtend<ContactsWith<Needs>>()
    // @ts-expect-error there is no such key
    expectTypeOf<ContactsWith<{ find: 'name' }>>()
    // @ts-expect-error there is no such operation
    expectTypeOf<ContactsWith<{ merge: true }>>()
  })
})

describe('supports', () => {
  it('narrows to a client that has the operation', () => {
    if (readOnly.supports('delete')) readOnly.delete('c1')
    if (readOnly.supports('notifications')) readOnly.notifications.dismissAll()
    const any = {} as ContactsWith<'list'>
    if (any.supports('upsert')) any.upsert({ externalId: 'x' }, { by: 'externalId' })
    if (any.supports('get') && any.supports('delete')) any.delete('c1')
    // @ts-expect-error nobody asked
    any.delete('c1')
    // @ts-expect-error there is no such operation
    readOnly.supports('merge')
  })

  it('gives what other code for any provider takes', () => {
    const remove = (contacts: ContactsWith<'get' | 'delete'>) => contacts.delete('c1')
    const any = {} as ContactsWith<'get' | 'list'>
    const stated = {} as ContactsWith<{ get: 'id' | 'email' }>
    if (any.supports('delete')) remove(any)
    if (stated.supports('delete')) remove(stated)
    if (stated.supports('delete')) stated.get({ email: 'ana@example.com' })
  })

  it('leaves the types alone of what is there anyway', () => {
    expectTypeOf(scanning.supports('upsert')).toEqualTypeOf<true>()
    expectTypeOf(({} as ContactsWith<'upsert'>).supports('upsert')).toEqualTypeOf<true>()
    if (!scanning.supports('create')) return
    // @ts-expect-error it still stores no note
    scanning.create({ note: 'vip' })
    // @ts-expect-error it still wants a scan
    scanning.get({ email: 'ana@example.com' })
    const stated = {} as ContactsWith<{ create: 'name' }>
    if (!stated.supports('create')) return
    // @ts-expect-error nobody stated it
    stated.create({ note: 'vip' })
  })

  it('can be asked about any name of an operation', () => {
    const name = 'delete' as OperationName
    expectTypeOf(native.supports(name)).toEqualTypeOf<boolean>()
  })
})
