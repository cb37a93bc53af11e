// A create all of whose answers are lost may have been applied, and the error says so.
import type { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import {
  brokenConnection,
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  isWrite,
  type ServerOptions,
} from './vendor-servers.ts'

interface Failures {
  readonly failed: readonly { readonly error: unknown }[]
}

/** The failure of the one item of a batch, thrown. */
async function only(run: PromiseLike<Failures>): Promise<void> {
  const { failed } = await run
  if (failed[0]) throw failed[0].error
}

const email = 'ana@example.com'
const method = { type: 'email', value: email } as const

const creates: readonly { readonly name: string; run(options: ServerOptions): Promise<unknown> }[] = [
  {
    name: 'chatbotkit create with an external id',
    run: (options) => chatbotkitServer(options).contacts.create({ externalId: 'user-42', email }),
  },
  { name: 'chatbotkit create', run: (options) => chatbotkitServer(options).contacts.create({ email }) },
  {
    name: 'chatbotkit createMany with an external id',
    run: (options) => only(chatbotkitServer(options).contacts.createMany([{ externalId: 'user-42', email }])),
  },
  {
    name: 'chatbotkit createMany',
    run: (options) => only(chatbotkitServer(options).contacts.createMany([{ email }])),
  },
  {
    name: 'cognipeer create',
    run: (options) => cognipeerServer(options).contacts.create({ externalId: 'user-42', email }),
  },
  {
    name: 'cognipeer create without a key',
    run: (options) => cognipeerServer(options).contacts.create({ name: 'Ana' }),
  },
  {
    name: 'cognipeer createMany',
    run: (options) => only(cognipeerServer(options).contacts.createMany([{ externalId: 'user-42', email }])),
  },
  {
    name: 'contact-methods create',
    run: (options) => contactMethodsServer(options).contacts.create({ id: CLIENT_ID, email }),
  },
  {
    name: 'contact-methods createMany',
    run: (options) => only(contactMethodsServer(options).contacts.createMany([{ id: CLIENT_ID, email }])),
  },
  {
    name: 'contact-methods contactMethods.create',
    run: (options) => contactMethodsServer(options).contacts.contactMethods.create(CLIENT_ID, method),
  },
  {
    name: 'contact-methods contactMethods.create with an external id',
    run: (options) =>
      contactMethodsServer(options).contacts.contactMethods.create(CLIENT_ID, {
        ...method,
        externalId: 'mail-1',
      }),
  },
  {
    name: 'contact-methods contactMethods.createMany',
    run: (options) =>
      only(contactMethodsServer(options).contacts.contactMethods.createMany(CLIENT_ID, [method])),
  },
  {
    name: 'channel-inbox create',
    run: (options) => channelInboxServer(options).contacts.create({ email }),
  },
  {
    name: 'channel-inbox createMany',
    run: (options) => only(channelInboxServer(options).contacts.createMany([{ email }])),
  },
  {
    name: 'channel-inbox upsert',
    run: (options) => channelInboxServer(options).contacts.upsert({ email }, { by: 'email', scan: true }),
  },
  {
    name: 'channel-inbox comments.create',
    run: (options) => channelInboxServer(options).contacts.comments.create('con_1', { text: 'Called back' }),
  },
]

/** Every write is answered so, and not carried out. */
const losses: readonly [string, () => Promise<Response>][] = [
  ['broken connections', () => Promise.reject(brokenConnection())],
  ['503', async () => new Response('Busy', { status: 503 })],
  ['504', async () => new Response('<h1>Gateway time-out</h1>', { status: 504 })],
  ['cut answers', async () => new Response('{"id":', { headers: { 'content-type': 'application/json' } })],
  ['answers that hold nothing', async () => Response.json({})],
]

describe.each(creates)('$name', ({ run }) => {
  it.each(losses)('says after %s that it may have been applied', async (_, lose) => {
    const failing = run({ answer: (sent, serve) => (isWrite(sent) ? lose() : serve()) })
    const error = await failing.then(
      () => undefined,
      (reason: ContactsError) => reason,
    )
    // Made again, the call would make a second contact, or fail because the first one is there.
    expect(error).toMatchObject({ applied: 'unknown', retryable: false })
    expect(error?.message).toMatch(/may have been applied/)
    expect(error?.message).toMatch(/look (?:it|the record) up/)
  })
})

it.each(losses.slice(0, 4))('an upsert by a unique key can be made again after %s', async (_, lose) => {
  let isDown = true
  const { contacts, emulator } = chatbotkitServer({
    async answer(sent, serve) {
      if (!isWrite(sent) || !isDown) return serve()
      // The first create arrives, whatever is answered.
      if (emulator.contacts.length === 0) await serve()
      return lose()
    },
  })
  const input = { externalId: 'user-42', email }
  const failing = contacts.upsert(input, { by: 'externalId' })
  await expect(failing).rejects.toMatchObject({ applied: 'unknown', retryable: true })
  isDown = false
  const { contact } = await contacts.upsert(input, { by: 'externalId' })
  expect(emulator.contacts.map(({ id }) => id)).toEqual([contact.id])
})
