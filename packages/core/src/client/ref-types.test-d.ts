import { describe, expectTypeOf, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { ContactRef } from '../model/ref.ts'
import type { NativeRef, ScanRef } from './ref-types.ts'
import type { nativeCapabilities, readOnlyCapabilities, scanCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter } from './testing/fake-adapter.ts'
import type { GroupedAdapter } from './testing/grouped-adapter.ts'
import type { Contacts } from './types.ts'

type ScanningAdapter = FakeAdapter<typeof scanCapabilities>

declare const native: Contacts<FakeAdapter<typeof nativeCapabilities>>
declare const scanning: Contacts<ScanningAdapter>
declare const readOnly: Contacts<FakeAdapter<typeof readOnlyCapabilities>>
declare const grouped: Contacts<GroupedAdapter>
declare const contact: Contact

describe('references', () => {
  it('are those that the adapter looks up itself', () => {
    native.get('c1')
    native.get({ id: 'c1' })
    native.get({ externalId: 'x' })
    native.get({ email: 'ana@example.com' })
    native.get({ phone: '+351' })
    scanning.get('c1')
    scanning.find({ id: 'c1' })
    // @ts-expect-error there is no such key
    native.get({ name: 'Ana' })
    // @ts-expect-error one key alone
    native.get({})
  })

  it('that take a scan want it asked for', () => {
    // @ts-expect-error a scan was not asked for
    scanning.get({ email: 'ana@example.com' })
    // @ts-expect-error a scan was not asked for
    scanning.get({ email: 'ana@example.com' }, {})
    // @ts-expect-error a scan was not asked for
    scanning.find({ email: 'ana@example.com' }, { scan: false })
    // @ts-expect-error a scan was not asked for
    scanning.update({ email: 'ana@example.com' }, { name: 'Ana' })
    // @ts-expect-error a scan was not asked for
    scanning.delete({ externalId: 'x' })
    // @ts-expect-error a scan was not asked for
    scanning.updateMany([{ ref: { externalId: 'x' }, patch: { name: 'Ana' } }])
    // @ts-expect-error a scan was not asked for
    scanning.deleteMany([{ externalId: 'x' }])
    scanning.get({ email: 'ana@example.com' }, { scan: true })
    scanning.find({ externalId: 'x' }, { scan: true, timeoutMs: 50 })
    scanning.update({ email: 'ana@example.com' }, { name: 'Ana' }, { scan: true })
    scanning.delete({ externalId: 'x' }, { scan: true })
    scanning.updateMany([{ ref: { externalId: 'x' }, patch: { name: 'Ana' } }], { scan: true })
    scanning.deleteMany([{ externalId: 'x' }, 'c1'], { scan: true })
  })

  it('that nothing looks up are an error with a scan too', () => {
    // @ts-expect-error there is no lookup by phone
    scanning.get({ phone: '+351' }, { scan: true })
    // @ts-expect-error there is no lookup by phone
    scanning.delete({ phone: '+351' }, { scan: true })
    // @ts-expect-error there are no scans at all
    readOnly.get({ email: 'ana@example.com' }, { scan: true })
  })

  it('may be a contact, also one that was just read', async () => {
    scanning.get(contact)
    scanning.update(await scanning.get('c1'), { name: 'Ana' })
    scanning.delete(await native.create({ name: 'Ana' }))
    const found = await scanning.find('c1')
    // @ts-expect-error there may be none
    scanning.delete(found)
    grouped.conversations.list(contact)
    expectTypeOf(await native.get('c1')).toExtend<ContactRef>()
  })

  it('of groups are an id, or what get takes', () => {
    grouped.conversations.list('c1')
    grouped.comments.list({ externalId: 'x' })
    grouped.comments.create(contact, { text: 'x' })
    grouped.comments.delete({ externalId: 'x' }, 'k1')
    grouped.files.list(contact)
    grouped.contactMethods.create({ externalId: 'x' }, { type: 'email', value: 'ana@example.com' })
    // @ts-expect-error nothing looks it up
    grouped.conversations.list({ email: 'ana@example.com' })
    // @ts-expect-error nothing looks it up, with a scan neither
    grouped.comments.list({ email: 'ana@example.com' }, { scan: true })
    // @ts-expect-error nothing looks it up
    grouped.comments.create({ email: 'ana@example.com' }, { text: 'x' })
    // @ts-expect-error a comment has its text alone
    grouped.comments.create('c1', { text: 'x', authorId: 'u1' })
    // @ts-expect-error nothing looks it up
    grouped.contactMethods.sync({ phone: '+351' }, [])
    const scans = {
      get: { mode: 'native', by: ['id'], scan: ['email'] },
      comments: { create: 'native', delete: 'native' },
      files: { list: 'native' },
      contactMethods: { getPrimary: 'native' },
    } as const
    const contacts = {} as Contacts<FakeAdapter<typeof scans>>
    contacts.files.list({ email: 'ana@example.com' }, { scan: true, pageSize: 10 })
    contacts.contactMethods.getPrimary({ email: 'ana@example.com' }, 'email', { scan: true })
    contacts.comments.create({ email: 'ana@example.com' }, { text: 'x' }, { scan: true })
    contacts.comments.delete({ email: 'ana@example.com' }, 'k1', { scan: true })
    // @ts-expect-error a scan was not asked for
    contacts.comments.create({ email: 'ana@example.com' }, { text: 'x' })
    // @ts-expect-error a scan was not asked for
    contacts.comments.delete({ email: 'ana@example.com' }, 'k1')
    // @ts-expect-error a scan was not asked for
    contacts.files.list({ email: 'ana@example.com' }, { pageSize: 10 })
    // @ts-expect-error a scan was not asked for
    contacts.contactMethods.getPrimary({ email: 'ana@example.com' }, 'email')
  })
})

describe('hints', () => {
  it('say which keys there are, and what a scan opens', () => {
    type Hint<Ref, Key extends string> = Extract<Ref, { readonly [Name in Key]: string }>[Key &
      keyof Extract<Ref, { readonly [Name in Key]: string }>]
    expectTypeOf<
      Hint<NativeRef<ScanningAdapter, 'get'>, 'email'>
    >().toEqualTypeOf<'to look up by email, pass { scan: true }, which reads the whole listing; or name the contact by id'>()
    expectTypeOf<
      Hint<NativeRef<ScanningAdapter, 'get'>, 'phone'>
    >().toEqualTypeOf<'there is no lookup by phone: name the contact by id, or with { scan: true } by externalId, email'>()
    expectTypeOf<
      Hint<ScanRef<ScanningAdapter, 'get'>, 'phone'>
    >().toEqualTypeOf<'there is no lookup by phone: name the contact by id, externalId, email'>()
    expectTypeOf<
      Hint<NativeRef<ScanningAdapter, 'upsert'>, 'email'>
    >().toEqualTypeOf<'to look up by email, pass { scan: true }, which reads the whole listing'>()
  })

  it('are references all the same, so that a client with fewer keys is no less one', () => {
    type Refs = NativeRef<ScanningAdapter, 'get'>
    expectTypeOf<Exclude<Refs, string>>().toExtend<{ readonly id: string }>()
    expectTypeOf<Contact>().toExtend<Refs>()
    expectTypeOf<ContactRef>().not.toExtend<Refs>()
    expectTypeOf<ContactRef>().toExtend<NativeRef<FakeAdapter<typeof nativeCapabilities>, 'get'>>()
  })
})
