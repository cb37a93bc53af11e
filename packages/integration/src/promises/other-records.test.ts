// An answer about another record than the one that was named is refused.
import type { ContactsWith } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import {
  type Answering,
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  type Sent,
} from './vendor-servers.ts'

const OTHER_CLIENT = '9b3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

/** A server that answers with members that differ from the record that was asked for. */
function telling(of: (sent: Sent) => boolean, members: Readonly<Record<string, unknown>>): Answering {
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, member]) => [key, changed(member)])
    const known = Object.keys(members).filter((key) => Object.hasOwn(value, key))
    return { ...Object.fromEntries(entries), ...Object.fromEntries(known.map((key) => [key, members[key]])) }
  }
  return async (sent, serve) => {
    const response = await serve()
    if (!of(sent)) return response
    return Response.json(changed(await response.json()), { status: response.status })
  }
}

const to =
  (end: string, method?: string) =>
  ({ path, method: used }: Sent): boolean =>
    path.endsWith(end) && (method === undefined || used === method)

type Run = (answer: Answering) => Promise<unknown>
type Case = readonly [name: string, answer: Answering, run: Run]

const chatbotkit =
  (
    run: (contacts: ReturnType<typeof chatbotkitServer>['contacts'], id: string) => PromiseLike<unknown>,
  ): Run =>
  async (answer) => {
    const { emulator, contacts } = chatbotkitServer({ answer })
    const [ana] = emulator.seed([{ name: 'Ana' }])
    emulator.seedConversations(ana?.id ?? '', [{ name: 'Hello' }])
    return run(contacts, ana?.id ?? '')
  }

const cognipeer =
  (
    run: (contacts: ReturnType<typeof cognipeerServer>['contacts'], id: string) => PromiseLike<unknown>,
  ): Run =>
  async (answer) => {
    const { emulator, contacts } = cognipeerServer({ answer })
    const [ana] = emulator.seed([{ integrationId: 'user-1', email: 'ana@example.com', name: 'Ana' }])
    return run(contacts, ana?._id ?? '')
  }

const artu =
  (
    run: (contacts: ReturnType<typeof contactMethodsServer>['contacts'], id: string) => PromiseLike<unknown>,
  ): Run =>
  async (answer) => {
    const { emulator, contacts } = contactMethodsServer({ answer })
    const [mail] = emulator.seed([
      {
        clientId: CLIENT_ID,
        type: 'email',
        value: 'ana@example.com',
        isPrimary: true,
        externalId: 'mail-1',
        metadata: { room: 3 },
      },
    ])
    return run(contacts, mail?.id ?? '')
  }

const inbox =
  (
    run: (contacts: ReturnType<typeof channelInboxServer>['contacts'], id: string) => PromiseLike<unknown>,
  ): Run =>
  async (answer) => {
    const { emulator, contacts } = channelInboxServer({ answer })
    const [ana] = emulator.seed([{ display_name: 'Ana', email: 'ana@example.com' }])
    return run(contacts, ana?.id ?? '')
  }

const other = { id: 'another-one' }
const BO = { externalId: 'user-2', name: 'Bo' }

/** The first failure of a batch, thrown. */
async function only(run: PromiseLike<{ readonly failed: readonly { readonly error: unknown }[] }>) {
  const { failed } = await run
  if (failed[0]) throw failed[0].error
}

const reads: readonly Case[] = [
  ['chatbotkit get', telling(to('/fetch'), other), chatbotkit((contacts, id) => contacts.get(id))],
  ['chatbotkit find', telling(to('/fetch'), other), chatbotkit((contacts, id) => contacts.find(id))],
  [
    'chatbotkit conversations.list',
    telling(to('/conversation/list'), { contactId: 'another-one' }),
    chatbotkit((contacts, id) => contacts.conversations.list(id)),
  ],
  [
    'cognipeer get by id',
    telling(to('/list'), { _id: 'another-one' }),
    cognipeer((contacts, id) => contacts.get(id)),
  ],
  [
    'cognipeer get by external id',
    telling(to('/contact', 'GET'), { integrationId: 'user-2' }),
    cognipeer((contacts) => contacts.get({ externalId: 'user-1' })),
  ],
  [
    'cognipeer get by email',
    telling(to('/contact', 'GET'), { email: 'bo@example.com' }),
    cognipeer((contacts) => contacts.get({ email: 'ana@example.com' })),
  ],
  [
    'contact-methods get',
    telling(to('/contact-methods'), { clientId: OTHER_CLIENT }),
    artu((contacts) => contacts.get(CLIENT_ID)),
  ],
  [
    'contact-methods get by email',
    telling(to('/contact-methods'), { value: 'bo@example.com' }),
    artu((contacts) => contacts.get({ email: 'ana@example.com' })),
  ],
  [
    'contact-methods contactMethods.list',
    telling(to('/contact-methods'), { clientId: OTHER_CLIENT }),
    artu((contacts) => contacts.contactMethods.list(CLIENT_ID)),
  ],
  [
    'contact-methods contactMethods.get',
    telling(() => true, other),
    artu((contacts, id) => contacts.contactMethods.get(id)),
  ],
  [
    'contact-methods contactMethods.getByExternalId',
    telling(() => true, { externalId: 'mail-2' }),
    artu((contacts) => contacts.contactMethods.getByExternalId('mail-1')),
  ],
  [
    'contact-methods contactMethods.getByMetadata',
    telling(() => true, { room: 4 }),
    artu((contacts) => contacts.contactMethods.getByMetadata('room', '3')),
  ],
  [
    'contact-methods contactMethods.getPrimary of another client',
    telling(() => true, { clientId: OTHER_CLIENT }),
    artu((contacts) => contacts.contactMethods.getPrimary(CLIENT_ID, 'email')),
  ],
  [
    'contact-methods contactMethods.getPrimary of another type',
    telling(() => true, { type: 'phone' }),
    artu((contacts) => contacts.contactMethods.getPrimary(CLIENT_ID, 'email')),
  ],
  ['channel-inbox get', telling(() => true, other), inbox((contacts, id) => contacts.get(id))],
]

const writes: readonly Case[] = [
  [
    'chatbotkit update',
    telling(to('/update'), other),
    chatbotkit((contacts, id) => contacts.update(id, { name: 'Bo' })),
  ],
  [
    'chatbotkit update, read back',
    telling(to('/fetch'), other),
    chatbotkit((contacts, id) => contacts.update(id, { name: 'Bo' })),
  ],
  [
    'chatbotkit updateMany',
    telling(to('/update'), other),
    chatbotkit((contacts, ref) => only(contacts.updateMany([{ ref, patch: { name: 'Bo' } }]))),
  ],
  ['chatbotkit delete', telling(to('/delete'), other), chatbotkit((contacts, id) => contacts.delete(id))],
  [
    'chatbotkit deleteMany',
    telling(to('/delete'), other),
    chatbotkit((contacts, id) => only(contacts.deleteMany([id]))),
  ],
  [
    'cognipeer update by id',
    telling(to('/contact', 'PATCH'), { _id: 'another-one', integrationId: 'user-2' }),
    cognipeer((contacts, id) => contacts.update(id, { name: 'Bo' })),
  ],
  [
    'cognipeer update by external id',
    telling(to('/contact', 'PATCH'), { _id: 'another-one', integrationId: 'user-2' }),
    cognipeer((contacts) => contacts.update({ externalId: 'user-1' }, { name: 'Bo' })),
  ],
  [
    'contact-methods update',
    telling(to('', 'PATCH'), { clientId: OTHER_CLIENT }),
    artu((contacts) => contacts.update(CLIENT_ID, { email: 'bo@example.com' })),
  ],
  [
    'contact-methods contactMethods.create',
    telling(to('', 'POST'), { clientId: OTHER_CLIENT }),
    artu((contacts) => contacts.contactMethods.create(CLIENT_ID, { type: 'phone', value: '+14155552671' })),
  ],
  [
    'contact-methods contactMethods.createMany',
    telling(to('', 'POST'), { clientId: OTHER_CLIENT }),
    artu((contacts) =>
      only(contacts.contactMethods.createMany(CLIENT_ID, [{ type: 'phone', value: '+14155552671' }])),
    ),
  ],
  [
    'contact-methods contactMethods.update',
    telling(to('', 'PATCH'), other),
    artu((contacts, id) => contacts.contactMethods.update(id, { label: 'work' })),
  ],
  [
    'contact-methods contactMethods.setPrimary',
    telling(to('', 'PATCH'), other),
    artu((contacts, id) => contacts.contactMethods.setPrimary(id)),
  ],
  [
    'channel-inbox update',
    telling(to('', 'PUT'), other),
    inbox((contacts, id) => contacts.update(id, { name: 'Bo' })),
  ],
  [
    'channel-inbox updateMany',
    telling(to('', 'PUT'), other),
    inbox((contacts, ref) => only(contacts.updateMany([{ ref, patch: { name: 'Bo' } }]))),
  ],
  [
    'channel-inbox comments.create',
    telling(to('/comments', 'POST'), { contact_id: 'another-one' }),
    inbox((contacts, id) => contacts.comments.create(id, { text: 'Called back' })),
  ],
]

describe('an answer about another record', () => {
  it.each(reads)('to %s is refused', async (_, answer, run) => {
    await expect(run(answer)).rejects.toMatchObject({ code: 'bad_response', applied: 'no' })
  })

  it.each(writes)('to %s is refused, and something was written or may have been', async (_, answer, run) => {
    await expect(run(answer)).rejects.toMatchObject({
      code: 'bad_response',
      applied: expect.stringMatching(/^(?:yes|unknown)$/),
    })
  })
})

/** Every way to make a contact with an external id. */
const makes: readonly (readonly [
  string,
  (contacts: ContactsWith<'create' | 'createMany' | 'upsert' | 'upsertMany'>) => PromiseLike<unknown>,
])[] = [
  ['create', (contacts) => contacts.create(BO)],
  ['createMany', (contacts) => only(contacts.createMany([BO]))],
  ['upsert', (contacts) => contacts.upsert(BO, { by: 'externalId' })],
  ['upsertMany', (contacts) => only(contacts.upsertMany([BO], { by: 'externalId' }))],
]

describe.each([
  ['chatbotkit', chatbotkitServer, telling(to('/fetch'), { fingerprint: 'user-1' })],
  ['cognipeer', cognipeerServer, telling(to('/contact', 'POST'), { integrationId: 'user-1' })],
] as const)('a contact of %s whose answer has the external id of another', (_, open, answer) => {
  it.each(makes)('after %s is refused, also where fields may be left out', async (_name, make) => {
    for (const unsupportedFields of ['throw', 'drop'] as const) {
      const { contacts } = open({ answer, unsupportedFields })
      await expect(make(contacts)).rejects.toMatchObject({ code: 'bad_response', applied: 'yes' })
    }
  })
})

describe.each([
  ['chatbotkit', chatbotkitServer, telling(to('/fetch'), { email: 'ana@example.com' })],
  ['cognipeer', cognipeerServer, telling(to('/contact', 'POST'), { email: 'ana@example.com' })],
  ['channel-inbox', channelInboxServer, telling(to('/contacts', 'POST'), { email: 'ana@example.com' })],
] as const)(
  'a contact of %s whose answer has the email of another, and no key beside it',
  (_, open, answer) => {
    const bo = { email: 'bo@example.net', name: 'Bo' }
    const byEmail = { by: 'email', scan: true } as const
    const ways: typeof makes = [
      ['create', (contacts) => contacts.create(bo)],
      ['createMany', (contacts) => only(contacts.createMany([bo]))],
      ['upsert', (contacts) => contacts.upsert(bo, byEmail)],
      ['upsertMany', (contacts) => only(contacts.upsertMany([bo], byEmail))],
    ]

    it.each(ways)('after %s is refused, also where fields may be left out', async (_name, make) => {
      for (const unsupportedFields of ['throw', 'drop'] as const) {
        const { contacts } = open({ answer, unsupportedFields })
        await expect(make(contacts)).rejects.toMatchObject({ code: 'bad_response', applied: 'yes' })
      }
    })
  },
)
