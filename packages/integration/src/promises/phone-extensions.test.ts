import { type ContactInput, ContactsError, type ContactsWith, copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { servedChannelInbox, servedChatBotKit, servedCognipeer, servedContactMethods } from './served.ts'

const NUMBER = '+1 415 555 2671'
const SPELLINGS = [' ext. 123', 'x123', ';ext=123', ' #123', ',,123', ' ext. ١٢٣']

async function failureOf(promise: PromiseLike<unknown>): Promise<ContactsError> {
  const error = await Promise.resolve(promise).catch((caught: unknown) => caught)
  if (ContactsError.is(error)) return error
  throw new Error('It was expected to fail with a ContactsError.')
}

describe('ChatBotKit, which keeps E.164', () => {
  it.each(SPELLINGS)('refuses a number with an extension before any request: "%s"', async (extension) => {
    const { contacts, sent, vendor } = servedChatBotKit()
    const [stored] = vendor.seed([{ name: 'Ana', phone: '+14155552671' }])
    const input: ContactInput & { phone: string; externalId: string } = {
      externalId: 'user-1',
      phone: NUMBER + extension,
      name: 'Bo',
    }
    const refused = { code: 'unsupported_field', applied: 'no', issues: [{ path: 'phone' }] }
    expect(await failureOf(contacts.create(input))).toMatchObject(refused)
    expect(await failureOf(contacts.update(stored?.id ?? '', { phone: input.phone }))).toMatchObject(refused)
    expect(await failureOf(contacts.upsert(input, { by: 'externalId' }))).toMatchObject(refused)
    const scan = { scan: true } as const
    expect(await failureOf(contacts.upsert(input, { by: 'phone', ...scan }))).toMatchObject(refused)
    for (const batch of [
      contacts.createMany([input]),
      contacts.updateMany([{ ref: stored?.id ?? '', patch: { phone: input.phone } }]),
      contacts.upsertMany([input], { by: 'externalId' }),
      contacts.upsertMany([input], { by: 'phone', ...scan }),
    ]) {
      expect((await batch).failed).toMatchObject([{ error: refused }])
    }
    expect(sent).toEqual([])
  })

  it('leaves the whole number out where that is asked for, never the extension alone', async () => {
    const { contacts, vendor } = servedChatBotKit()
    const warnings: unknown[] = []
    const drop = {
      unsupportedFields: 'drop',
      onWarning: ({ field }: { field?: string }) => warnings.push(field),
    } as const
    await contacts.create({ name: 'Bo', phone: `${NUMBER} ext. 123` }, drop)
    expect(vendor.contacts).toMatchObject([{ name: 'Bo', phone: null }])
    expect(warnings).toEqual(['phone'])
    const from = memory({ contacts: [{ name: 'Cid', phone: `${NUMBER} ext. 7` }] })
    expect(await copyContacts(from, contacts)).toMatchObject({ created: 1, dropped: { phone: 1 } })
    expect(vendor.contacts).toMatchObject([{ phone: null }, { phone: null }])
  })

  it('cannot go by such a number, whatever may be left out', async () => {
    const { contacts, sent } = servedChatBotKit()
    const options = { by: 'phone', scan: true, unsupportedFields: 'drop' } as const
    const error = await failureOf(contacts.upsert({ phone: `${NUMBER} x123` }, options))
    expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'phone' }] })
    expect(sent).toEqual([])
  })

  it('does not take the number itself for one with an extension', async () => {
    const { contacts, vendor } = servedChatBotKit()
    vendor.seed([{ name: 'Ana', phone: '+14155552671' }])
    const scan = { scan: true } as const
    expect(await contacts.find({ phone: `${NUMBER} ext. 123` }, scan)).toBeUndefined()
    const ref = { phone: `${NUMBER} x123` }
    expect(await failureOf(contacts.update(ref, { name: 'Bo' }, scan))).toMatchObject({ code: 'not_found' })
    expect(await failureOf(contacts.delete(ref, scan))).toMatchObject({ code: 'not_found' })
    expect(vendor.contacts).toMatchObject([{ name: 'Ana' }])
  })
})

const KEEPERS: readonly (readonly [
  name: string,
  make: () => ContactsWith<'list' | 'get' | 'update' | 'updateMany' | 'upsert' | 'upsertMany'>,
])[] = [
  ['memory', () => memory()],
  ['cognipeer', () => servedCognipeer().contacts],
]

describe.each(KEEPERS)('%s, which keeps numbers as they are', (_name, make) => {
  it('keeps two extensions of one number apart: upserts, lookups, updates, batches', async () => {
    const contacts = make()
    const scan = { scan: true } as const
    const by = { by: 'phone', ...scan } as const
    const [one, two] = [`${NUMBER} ext. 101`, `${NUMBER} ext. 102`]
    const person = (phone: string, name: string) => ({ phone, name, externalId: name })
    expect((await contacts.upsert(person(one, 'Ana'), by)).outcome).toBe('created')
    expect((await contacts.upsert(person(two, 'Bo'), by)).outcome).toBe('created')
    expect((await contacts.upsert(person(NUMBER, 'Desk'), by)).outcome).toBe('created')
    expect((await contacts.get({ phone: two }, scan)).name).toBe('Bo')
    expect((await contacts.get({ phone: NUMBER }, scan)).name).toBe('Desk')
    await contacts.update({ phone: one }, { name: 'Ana S.' }, scan)
    await contacts.updateMany([{ ref: { phone: two }, patch: { name: 'Bo S.' } }], scan)
    const cid = person(`${NUMBER} ext. 103`, 'Cid')
    const { succeeded } = await contacts.upsertMany([cid, person(`${NUMBER} ext. 104`, 'Dora'), cid], by)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'unchanged'])
    const stored = (await contacts.list().toArray()).map(({ phone, name = '' }) => [phone, name])
    expect(stored.sort(([, a = ''], [, b = '']) => a.localeCompare(b))).toEqual([
      [one, 'Ana S.'],
      [two, 'Bo S.'],
      [`${NUMBER} ext. 103`, 'Cid'],
      [NUMBER, 'Desk'],
      [`${NUMBER} ext. 104`, 'Dora'],
    ])
  })
})

describe('a server that cuts the extension off', () => {
  it('is told of, and the number is not taken for kept (cognipeer)', async () => {
    const { contacts } = servedCognipeer(async ({ method, init, json }, pass) => {
      if (typeof json.phone !== 'string' || method !== 'POST') return pass()
      return pass({ ...init, body: JSON.stringify({ ...json, phone: json.phone.replace(/ ext.*/, '') }) })
    })
    const error = await failureOf(contacts.create({ name: 'Ana', phone: `${NUMBER} ext. 123` }))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes', issues: [{ path: 'phone' }] })
  })

  it('does not have another extension’s contact changed (cognipeer, channel inbox, contact methods)', async () => {
    const bare = servedCognipeer(async ({ path, init, json }, pass) => {
      if (!path.endsWith('/list')) return pass()
      return pass({ ...init, body: JSON.stringify({ ...json, filter: {} }) })
    })
    bare.vendor.seed([{ name: 'Ana', phone: `${NUMBER} ext. 101` }])
    const phone = `${NUMBER} ext. 102`
    const upserting = bare.contacts.upsert({ phone, name: 'Bo' }, { by: 'phone' })
    expect((await failureOf(upserting)).code).toBe('bad_response')
    expect(bare.vendor.contacts).toMatchObject([{ name: 'Ana' }])

    const inbox = servedChannelInbox()
    inbox.vendor.seed([{ display_name: 'Ana', phone_number: `${NUMBER} ext. 101` }])
    const patch = { givenName: 'Bo' }
    const updating = inbox.contacts.update({ phone }, patch, { scan: true })
    expect((await failureOf(updating)).code).toBe('not_found')
    await inbox.contacts.update({ phone: `${NUMBER}x101` }, { note: 'found' }, { scan: true })
    expect(inbox.vendor.contacts).toMatchObject([{ remark: 'found' }])

    const methods = servedContactMethods(async ({ path, init, json }, pass) => {
      if (!path.endsWith('/contact-methods/list')) return pass()
      const { filter, ...rest } = json
      if (typeof filter !== 'object' || filter === null) return pass()
      const { value: _value, ...others } = { value: undefined, ...filter }
      return pass({ ...init, body: JSON.stringify({ ...rest, filter: others }) })
    })
    const id = '11111111-1111-4111-8111-111111111111'
    await methods.contacts.create({ id, phone: `${NUMBER} ext. 101` })
    const deleting = methods.contacts.delete({ phone })
    expect(['not_found', 'bad_response']).toContain((await failureOf(deleting)).code)
    expect(await methods.contacts.get(id)).toMatchObject({ phone: `${NUMBER} ext. 101` })
  })
})

describe('the single methods of contact methods', () => {
  it('keep extensions, and take two of them for two', async () => {
    const { contacts } = servedContactMethods()
    const id = '11111111-1111-4111-8111-111111111111'
    await contacts.create({ id, phone: `${NUMBER} ext. 101` })
    await contacts.update(id, { phone: `${NUMBER} ext. 102` })
    expect((await contacts.get({ phone: `${NUMBER} ext. 102` })).id).toBe(id)
    expect(await contacts.find({ phone: `${NUMBER} ext. 101` })).toBeUndefined()
    await contacts.contactMethods.create(id, { type: 'phone', value: `${NUMBER} ext. 101` })
    const { contactMethods } = await contacts.get(id)
    expect(contactMethods.map(({ value }) => value)).toEqual([`${NUMBER} ext. 102`, `${NUMBER} ext. 101`])
  })
})
