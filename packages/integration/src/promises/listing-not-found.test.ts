import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import {
  type Between,
  servedChannelInbox,
  servedChatBotKit,
  servedCognipeer,
  servedContactMethods,
} from './served.ts'

/** What servers, frameworks and gateways answer where there is no such route. */
const BODIES: readonly (readonly [name: string, body: object])[] = [
  ['a message', { message: 'Not Found' }],
  ['FastAPI', { detail: 'Not Found' }],
  [
    'Spring',
    { timestamp: '2026-01-01T00:00:00.000+00:00', status: 404, error: 'Not Found', path: '/contacts' },
  ],
  ['problem+json', { type: 'about:blank', title: 'Not Found', status: 404, detail: 'Contact not found' }],
  ['nothing in it', {}],
  ['the vendor’s own words', { message: 'Contact not found', code: 'NOT_FOUND', statusCode: 404 }],
  ['oRPC', { defined: true, code: 'NOT_FOUND', status: 404, message: 'Not Found' }],
]

const ID = '11111111-1111-4111-8111-111111111111'

async function failureOf(promise: PromiseLike<unknown>): Promise<ContactsError> {
  const error = await Promise.resolve(promise).catch((caught: unknown) => caught)
  if (ContactsError.is(error)) return error
  throw new Error('It was expected to fail with a ContactsError.')
}

describe.each(BODIES)('a listing that is answered 404 with %s', (name, body) => {
  const type = name === 'problem+json' ? 'application/problem+json' : 'application/json'
  /** Answers the listings of a vendor so, and lets all else pass. */
  const missing =
    (routes: RegExp): Between =>
    ({ path }, pass) =>
      routes.test(path)
        ? Promise.resolve(
            new Response(JSON.stringify(body), { status: 404, headers: { 'content-type': type } }),
          )
        : pass()
  const scan = { scan: true } as const
  const expectBad = async (calls: readonly (() => PromiseLike<unknown>)[]): Promise<void> => {
    for (const call of calls)
      expect(await failureOf(call())).toMatchObject({ code: 'bad_response', status: 404 })
  }
  const firstOf = async (batch: PromiseLike<{ readonly failed: readonly { readonly error: unknown }[] }>) => {
    throw (await batch).failed[0]?.error
  }

  it('says of nobody at ChatBotKit that there is no such contact', async () => {
    const { contacts, vendor, sent } = servedChatBotKit(missing(/\/contact\/list$/))
    vendor.seed([{ name: 'Ana', email: 'ana@example.com', phone: '+14155552671' }])
    const bo = { email: 'ana@example.com', name: 'Bo' }
    await expectBad([
      () => contacts.list(),
      () => contacts.list().toArray(),
      () => contacts.search('Ana').toArray(),
      () => contacts.count(),
      () => contacts.find({ email: 'ana@example.com' }, scan),
      () => contacts.get({ phone: '+14155552671' }, scan),
      () => contacts.find({ externalId: 'user-1' }, scan),
      () => contacts.update({ email: 'ana@example.com' }, { name: 'Bo' }, scan),
      () => contacts.delete({ email: 'ana@example.com' }, scan),
      () => contacts.upsert(bo, { by: 'email', ...scan }),
      () => firstOf(contacts.upsertMany([bo], { by: 'email', ...scan })),
      () => firstOf(contacts.updateMany([{ ref: { email: bo.email }, patch: { name: 'Bo' } }], scan)),
      () => firstOf(contacts.deleteMany([{ email: bo.email }], scan)),
    ])
    expect(sent.filter((request) => request.startsWith('POST'))).toEqual([])
    expect(vendor.contacts).toHaveLength(1)
  })

  it('says of nobody at Cognipeer that there is no such contact', async () => {
    const { contacts, vendor, sent } = servedCognipeer(missing(/\/contact\/list$/))
    vendor.seed([{ name: 'Ana', integrationId: 'user-1', email: 'ana@example.com', phone: '+14155552671' }])
    const bo = { externalId: 'user-1', email: 'ana@example.com', phone: '+14155552671', name: 'Bo' }
    await expectBad([
      () => contacts.list(),
      () => contacts.list().toArray(),
      () => contacts.search('Ana').toArray(),
      () => contacts.count(),
      () => contacts.count({ where: { name: 'Ana' } }),
      () => contacts.find({ email: bo.email }),
      () => contacts.find({ externalId: 'user-1' }),
      () => contacts.find({ phone: bo.phone }),
      () => contacts.find('c1'),
      () => contacts.update({ externalId: 'user-1' }, { name: 'Bo' }),
      ...(['externalId', 'email', 'phone'] as const).flatMap((by) => [
        () => contacts.upsert(bo, { by }),
        () => firstOf(contacts.upsertMany([bo], { by })),
      ]),
    ])
    expect(sent.filter((request) => !/GET|list/.test(request))).toEqual([])
    expect(vendor.contacts).toHaveLength(1)
  })

  it('says of nobody at contact methods that there is no such contact', async () => {
    const { contacts, sent } = servedContactMethods(missing(/\/contact-methods\/list$/))
    await expectBad([
      () => contacts.list(),
      () => contacts.search('ana').toArray(),
      () => contacts.count(),
      () => contacts.find({ email: 'ana@example.com' }),
      () => contacts.get({ phone: '+14155552671' }),
      () => contacts.update({ email: 'ana@example.com' }, { phone: '+14155552671' }),
      () => contacts.delete({ email: 'ana@example.com' }),
    ])
    expect(sent.filter((request) => !/GET|list/.test(request))).toEqual([])
    // A server that says "not found" of a client is asked for the listing, which must not be believed either.
    const both = servedContactMethods(missing(/\/contact-methods\/list$|\/clients\//))
    const ana = { id: ID, email: 'ana@example.com' }
    await expectBad([
      () => both.contacts.upsert(ana, { by: 'id' }),
      () => both.contacts.create(ana),
      () => firstOf(both.contacts.upsertMany([ana], { by: 'id' })),
    ])
    expect(both.sent.filter((request) => !/GET|list/.test(request))).toEqual([])
  })

  it('says of nobody at the channel inbox that there is no such contact', async () => {
    const { contacts, vendor } = servedChannelInbox(missing(/\/contacts(\/_search)?$/))
    vendor.seed([{ display_name: 'Ana', email: 'ana@example.com' }])
    await expectBad([
      () => contacts.list(),
      () => contacts.search('Ana').toArray(),
      () => contacts.count(),
      () => contacts.find({ email: 'ana@example.com' }, scan),
      () => contacts.update({ email: 'ana@example.com' }, { givenName: 'Bo' }, scan),
      () => firstOf(contacts.updateMany([{ ref: { email: 'ana@example.com' }, patch: { note: 'x' } }], scan)),
    ])
    expect(vendor.contacts).toMatchObject([{ display_name: 'Ana' }])
  })
})

describe('only GET says at Cognipeer that a contact is absent', () => {
  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'as the server says it: %s',
    async (notFound) => {
      const { contacts, vendor } = servedCognipeer(undefined, { notFound })
      expect(await contacts.find({ externalId: 'user-1' })).toBeUndefined()
      const { outcome } = await contacts.upsert({ externalId: 'user-1', name: 'Ana' }, { by: 'externalId' })
      expect(outcome).toBe('created')
      expect(vendor.contacts).toHaveLength(1)
    },
  )
})
