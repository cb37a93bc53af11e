import { describe, expectTypeOf, it } from 'vitest'
import type { Adapter } from '../adapter/adapter.ts'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput, ContactPatch } from '../model/input.ts'
import type { Pager } from '../pager.ts'
import type { ContactOf, CreateInput, UpdatePatch, UpsertInput, VendorOf } from './adapter-types.ts'
import type { nativeCapabilities, readOnlyCapabilities, scanCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter, FakeApi } from './testing/fake-adapter.ts'
import type { FakeContact, FakeRecord, FakeVendorFields } from './testing/fake-contacts.ts'
import type { GroupedAdapter } from './testing/grouped-adapter.ts'
import type { Contacts, ContactsBase } from './types.ts'

type NativeAdapter = FakeAdapter<typeof nativeCapabilities>
/** As an adapter's package would name it. */
interface ScanningAdapter extends FakeAdapter<typeof scanCapabilities> {}

declare const native: Contacts<NativeAdapter>
declare const scanning: Contacts<ScanningAdapter>
declare const readOnly: Contacts<FakeAdapter<typeof readOnlyCapabilities>>
declare const grouped: Contacts<GroupedAdapter>
declare const contact: Contact

describe('an operation that the adapter has not', () => {
  it('does not compile', () => {
    readOnly.list()
    readOnly.get('c1')
    // @ts-expect-error there is no find
    readOnly.find('c1')
    // @ts-expect-error there is no create
    readOnly.create({ name: 'Ana' })
    // @ts-expect-error there is no update
    readOnly.update('c1', { name: 'Ana' })
    // @ts-expect-error there is no delete
    readOnly.delete('c1')
    // @ts-expect-error there is no upsert
    readOnly.upsert({ externalId: 'x' }, { by: 'externalId' })
    // @ts-expect-error there is no search
    readOnly.search('ana')
    // @ts-expect-error there is no count
    readOnly.count()
    // @ts-expect-error there is no createMany
    readOnly.createMany([])
    // @ts-expect-error there is no deleteMany
    readOnly.deleteMany([])
    // @ts-expect-error there are no conversations
    readOnly.conversations.list('c1')
    expectTypeOf<keyof typeof readOnly>().toEqualTypeOf<keyof ContactsBase | '~declares' | 'list' | 'get'>()
  })

  it('does not compile for one method of a group either', () => {
    interface PartAdapter extends Adapter<{ readonly notifications: { readonly list: 'native' } }> {}
    const part = {} as Contacts<PartAdapter>
    expectTypeOf(part.notifications.list).toBeFunction()
    // @ts-expect-error there is no dismissAll
    part.notifications.dismissAll()
    expectTypeOf<keyof Contacts<GroupedAdapter>['notifications']>().toEqualTypeOf<
      'list' | 'markRead' | 'dismiss' | 'dismissAll'
    >()
  })
})

describe('fields', () => {
  it('are those that the adapter stores', () => {
    type Fields = 'externalId' | 'name' | 'nickname' | 'email' | 'phone' | 'customFields'
    expectTypeOf<CreateInput<ScanningAdapter>>().toEqualTypeOf<Pick<ContactInput, Fields>>()
    expectTypeOf<UpdatePatch<ScanningAdapter>>().toEqualTypeOf<Pick<ContactPatch, Fields>>()
    expectTypeOf<UpsertInput<ScanningAdapter>>().toEqualTypeOf<Pick<ContactInput, Fields>>()
    expectTypeOf<keyof CreateInput<NativeAdapter>>().toEqualTypeOf<keyof ContactInput>()
    expectTypeOf<keyof UpdatePatch<NativeAdapter>>().toEqualTypeOf<keyof ContactPatch>()
  })

  it('of a literal that the adapter does not store are an error', () => {
    scanning.create({ name: 'Ana', email: null, phone: undefined, customFields: { plan: 'pro' } })
    // @ts-expect-error it stores no note
    scanning.create({ name: 'Ana', note: 'vip' })
    // @ts-expect-error it stores no tags
    scanning.update('c1', { tags: ['vip'] })
    // @ts-expect-error it stores no status
    scanning.upsert({ externalId: 'x', status: 'lead' }, { by: 'externalId', scan: true })
    // @ts-expect-error it stores no locale
    scanning.createMany([{ name: 'Ana', locale: 'pt' }])
    // @ts-expect-error no contact has a full name
    native.create({ fullName: 'Ana' })
    // @ts-expect-error an id cannot be changed
    native.update('c1', { id: 'c2' })
  })

  it('of an input for any provider are taken, and looked at at run time', () => {
    const input = {} as ContactInput & { externalId: string }
    scanning.create(input)
    scanning.upsert(input, { by: 'externalId', scan: true })
    scanning.createMany([input])
    scanning.update('c1', {} as ContactPatch)
    native.create(input)
  })

  it('may come from read-only data', () => {
    const rows = [{ name: 'Ana', tags: ['vip'], customFields: { plan: { seats: [1, 2] } } }] as const
    native.create(rows[0])
    native.createMany(rows)
  })

  it('have the types of the model', () => {
    // @ts-expect-error a name is text
    native.create({ name: 1 })
    // @ts-expect-error custom fields are JSON
    native.create({ customFields: { at: new Date(0) } })
    // @ts-expect-error a contact method has a value
    native.create({ contactMethods: [{ type: 'email' }] })
    // @ts-expect-error there is no such type of contact method
    native.create({ contactMethods: [{ type: 'pager', value: '1' }] })
  })
})

describe('a query', () => {
  it('sorts by what the adapter sorts by', () => {
    native.list({ orderBy: { field: 'name', direction: 'desc' } })
    // @ts-expect-error it does not sort by email
    native.list({ orderBy: { field: 'email' } })
    // @ts-expect-error there are two directions
    native.list({ orderBy: { field: 'name', direction: 'up' } })
    // @ts-expect-error it does not sort at all
    scanning.list({ orderBy: { field: 'name' } })
  })

  it('filters by fields of a contact', () => {
    native.list({ where: { email: { exists: true }, customFields: { plan: { in: ['pro', 'team'] } } } })
    native.count({ where: { createdAt: { gte: '2026-01-01T00:00:00Z' }, 'customFields.plan': 'pro' } })
    // @ts-expect-error there is no such field
    native.list({ where: { fullName: 'Ana' } })
    // @ts-expect-error a count does not go on after a page
    native.count({ cursor: 'c1' })
  })
})

describe("the vendor's types", () => {
  it('are in what is read', async () => {
    expectTypeOf<ContactOf<NativeAdapter>>().toEqualTypeOf<FakeContact>()
    expectTypeOf<ContactOf<ScanningAdapter>>().toEqualTypeOf<FakeContact>()
    expectTypeOf((await native.get('c1')).raw).toEqualTypeOf<FakeRecord>()
    expectTypeOf(native.list()).toEqualTypeOf<Pager<FakeContact>>()
    expectTypeOf(scanning.search('ana')).toEqualTypeOf<Pager<FakeContact>>()
    expectTypeOf(await scanning.find('c1')).toEqualTypeOf<FakeContact | undefined>()
    expectTypeOf(await scanning.create({})).toEqualTypeOf<FakeContact>()
    expectTypeOf(await scanning.update('c1', {})).toEqualTypeOf<FakeContact>()
    expectTypeOf(await native.delete('c1')).toEqualTypeOf<void>()
    expectTypeOf(await native.count()).toEqualTypeOf<number>()
    expectTypeOf((await native.createMany([])).succeeded[0]?.contact).toEqualTypeOf<FakeContact | undefined>()
    for await (const result of native.updateMany([])) {
      if (result.ok) expectTypeOf(result.contact.raw).toEqualTypeOf<FakeRecord>()
      else expectTypeOf(result.error.code).toExtend<string>()
    }
  })

  it('are in what is written', () => {
    expectTypeOf<VendorOf<NativeAdapter>>().toEqualTypeOf<FakeVendorFields>()
    expectTypeOf<VendorOf<ScanningAdapter>>().toEqualTypeOf<FakeVendorFields>()
    native.create({}, { vendor: { pipeline: 'sales' } })
    scanning.update('c1', {}, { vendor: { pipeline: 'sales' } })
    native.upsert({ id: 'c1' }, { by: 'id', vendor: { pipeline: 'sales' } })
    native.createMany([], { vendor: { pipeline: 'sales' } })
    // @ts-expect-error the vendor has no such field
    native.create({}, { vendor: { stage: 'new' } })
    // @ts-expect-error the vendor has no such field
    scanning.upsert({ email: 'a@example.com' }, { by: 'email', scan: true, vendor: { stage: 'new' } })
    expectTypeOf<VendorOf<GroupedAdapter>>().toEqualTypeOf<never>()
  })

  it('are in the client', () => {
    expectTypeOf(native.api).toEqualTypeOf<FakeApi>()
    expectTypeOf(native.provider).toEqualTypeOf<string>()
    expectTypeOf(scanning.capabilities.list.total).toEqualTypeOf<false>()
  })

  it('are told by what an adapter returns, where nothing else says them', async () => {
    const adapter = defineAdapter({
      specVersion: 1,
      provider: 'crm',
      capabilities: { get: { mode: 'native', by: ['id', 'email'] } },
      api: { version: 1 },
      async get(ref) {
        return { provider: 'crm', id: ref.value, contactMethods: [], customFields: {}, raw: { crmId: 7 } }
      },
    })
    const crm = {} as Contacts<typeof adapter>
    expectTypeOf((await crm.get({ email: 'ana@example.com' })).raw.crmId).toEqualTypeOf<number>()
    expectTypeOf(crm.api.version).toEqualTypeOf<number>()
    // @ts-expect-error capabilities are taken literally
    crm.get({ externalId: 'x' })
    // @ts-expect-error capabilities are taken literally
    crm.list()
    const listing = defineAdapter({
      specVersion: 1,
      provider: 'crm',
      capabilities: {
        list: {
          mode: 'native',
          pagination: 'none',
          maxPageSize: 10,
          complete: true,
          total: true,
          where: {},
          orderBy: ['name'],
        },
      },
      api: undefined,
      list: async () => ({ items: [] }),
    })
    const sorting = {} as Contacts<typeof listing>
    sorting.list({ orderBy: { field: 'name' } })
    // @ts-expect-error capabilities are taken literally, names too
    sorting.list({ orderBy: { field: 'email' } })
  })
})
