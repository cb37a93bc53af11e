// `retry: false` on one call sends each of its writes once.
import { describe, expect, it } from 'vitest'
import {
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  isWrite,
  type ServerOptions,
} from './vendor-servers.ts'

const once = { retry: false } as const
const email = 'ana@example.com'
const mail = { type: 'email', value: email } as const

const busy: ServerOptions = {
  answer: (sent, serve) => (isWrite(sent) ? Promise.resolve(new Response('Busy', { status: 503 })) : serve()),
}

const chatbotkit = () => {
  const server = chatbotkitServer(busy)
  return { ...server, id: server.emulator.seed([{ name: 'Ana' }])[0]?.id ?? '' }
}
const cognipeer = () => {
  const server = cognipeerServer(busy)
  server.emulator.seed([{ integrationId: 'user-1', email }])
  return server
}
const artu = () => {
  const server = contactMethodsServer(busy)
  const [method] = server.emulator.seed([{ clientId: CLIENT_ID, ...mail }])
  return { ...server, id: method?.id ?? '' }
}
const inbox = () => {
  const server = channelInboxServer(busy)
  return { ...server, id: server.emulator.seed([{ display_name: 'Ana' }])[0]?.id ?? '' }
}

interface Done {
  readonly requests: Parameters<typeof isWrite>[0][]
  readonly writing: PromiseLike<unknown>
}

const ref = { externalId: 'user-1' }
const patch = { name: 'Bo' }

const operations: readonly [string, () => Done][] = (
  [
    ['chatbotkit create', chatbotkit, (s) => s.contacts.create({ email }, once)],
    ['chatbotkit update', chatbotkit, (s) => s.contacts.update(s.id, patch, once)],
    ['chatbotkit delete', chatbotkit, (s) => s.contacts.delete(s.id, once)],
    ['chatbotkit createMany', chatbotkit, (s) => s.contacts.createMany([{ email }], once)],
    ['chatbotkit updateMany', chatbotkit, (s) => s.contacts.updateMany([{ ref: s.id, patch }], once)],
    ['chatbotkit deleteMany', chatbotkit, (s) => s.contacts.deleteMany([s.id], once)],
  ] as [string, typeof chatbotkit, (server: ReturnType<typeof chatbotkit>) => PromiseLike<unknown>][]
).map(([name, open, run]) => [name, () => doing(open(), run)])

function doing<Server extends Pick<Done, 'requests'>>(
  server: Server,
  run: (server: Server) => PromiseLike<unknown>,
): Done {
  return { requests: server.requests, writing: run(server) }
}

const others: readonly [string, () => Done][] = [
  ['cognipeer create', () => doing(cognipeer(), (s) => s.contacts.create({ email }, once))],
  ['cognipeer update', () => doing(cognipeer(), (s) => s.contacts.update(ref, patch, once))],
  [
    'cognipeer upsert',
    () => doing(cognipeer(), (s) => s.contacts.upsert({ ...ref, ...patch }, { by: 'externalId', ...once })),
  ],
  ['cognipeer createMany', () => doing(cognipeer(), (s) => s.contacts.createMany([{ email }], once))],
  ['cognipeer updateMany', () => doing(cognipeer(), (s) => s.contacts.updateMany([{ ref, patch }], once))],
  [
    'cognipeer upsertMany',
    () =>
      doing(cognipeer(), (s) => s.contacts.upsertMany([{ ...ref, ...patch }], { by: 'externalId', ...once })),
  ],
  [
    'contact-methods update',
    () => doing(artu(), (s) => s.contacts.update(CLIENT_ID, { email: 'b@c.de' }, once)),
  ],
  ['contact-methods delete', () => doing(artu(), (s) => s.contacts.delete(CLIENT_ID, once))],
  [
    'contactMethods.create',
    () => doing(artu(), (s) => s.contacts.contactMethods.create(CLIENT_ID, mail, once)),
  ],
  [
    'contactMethods.createMany',
    () => doing(artu(), (s) => s.contacts.contactMethods.createMany(CLIENT_ID, [mail], once)),
  ],
  [
    'contactMethods.update',
    () => doing(artu(), (s) => s.contacts.contactMethods.update(s.id, { label: 'x' }, once)),
  ],
  ['contactMethods.delete', () => doing(artu(), (s) => s.contacts.contactMethods.delete(s.id, once))],
  ['contactMethods.setPrimary', () => doing(artu(), (s) => s.contacts.contactMethods.setPrimary(s.id, once))],
  ['channel-inbox create', () => doing(inbox(), (s) => s.contacts.create({ email }, once))],
  ['channel-inbox createMany', () => doing(inbox(), (s) => s.contacts.createMany([{ email }], once))],
  ['channel-inbox delete', () => doing(inbox(), (s) => s.contacts.delete(s.id, once))],
  ['channel-inbox deleteMany', () => doing(inbox(), (s) => s.contacts.deleteMany([s.id], once))],
  ['comments.create', () => doing(inbox(), (s) => s.contacts.comments.create(s.id, { text: 'x' }, once))],
  ['comments.delete', () => doing(inbox(), (s) => s.contacts.comments.delete(s.id, 'm1', once))],
  ['channel-inbox update', () => doing(inbox(), (s) => s.contacts.update(s.id, patch, once))],
  [
    'channel-inbox updateMany',
    () => doing(inbox(), (s) => s.contacts.updateMany([{ ref: s.id, patch }], once)),
  ],
  ['notifications.markRead', () => doing(inbox(), (s) => s.contacts.notifications.markRead(['n1'], once))],
  ['notifications.dismiss', () => doing(inbox(), (s) => s.contacts.notifications.dismiss('n1', once))],
]

describe('retry: false on one call', () => {
  it.each([...operations, ...others])('sends the write of %s once', async (_, start) => {
    const { requests, writing } = start()
    await Promise.resolve(writing).catch(() => undefined)
    expect(requests.filter(isWrite)).toHaveLength(1)
  })
})
