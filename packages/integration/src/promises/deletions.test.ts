// A record that was not there was not deleted, and an answer that says no success is none.
import { describe, expect, it } from 'vitest'
import {
  brokenConnection,
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  contactMethodsServer,
  isWrite,
  refusedConnection,
  type ServerOptions,
} from './vendor-servers.ts'

/** An operation that removes something that is there, or marks it, and says no more than that it did. */
interface Removal {
  readonly name: string
  /** The vendor's answer to an id that it does not know. */
  readonly missing: () => Response
  /** Whether the vendor ignores what the answer to it says. */
  readonly takesAnySuccess: boolean
  /** Whether sending it twice does the same, so that it is sent again when its answer is lost. */
  readonly isRepeated: boolean
  /** Does it at a server that has one record. */
  run(options: ServerOptions): Promise<unknown>
}

const absentAt = {
  chatbotkit: () => Response.json({ message: 'Not found', code: 'NOT_FOUND' }, { status: 404 }),
  contactMethods: () =>
    Response.json(
      { defined: false, code: 'NOT_FOUND', status: 404, message: 'Contact method not found' },
      { status: 404 },
    ),
  channelInbox: () => Response.json({ message: 'Not Found' }, { status: 404 }),
}

async function chatbotkit(options: ServerOptions) {
  const { emulator, contacts } = chatbotkitServer(options)
  const [ana] = emulator.seed([{ name: 'Ana' }])
  return { contacts, id: ana?.id ?? '' }
}

async function artu(options: ServerOptions) {
  const { emulator, contacts } = contactMethodsServer(options)
  const [method] = emulator.seed([{ clientId: CLIENT_ID, type: 'email', value: 'ana@example.com' }])
  return { contacts, id: method?.id ?? '' }
}

async function inbox(options: ServerOptions) {
  const { emulator, contacts } = channelInboxServer(options)
  const [notice] = emulator.seedNotifications([{ title: 'Ana wrote' }])
  const [contact] = emulator.seed([{ display_name: 'Ana' }])
  const [comment] = emulator.seedComments(contact?.id ?? '', [{ text: 'Called back' }])
  return { contacts, id: notice?.id ?? '', contactId: contact?.id ?? '', commentId: comment?._id ?? '' }
}

/** The failure of the one item of a batch, thrown. */
async function only(run: PromiseLike<{ readonly failed: readonly { readonly error: unknown }[] }>) {
  const { failed } = await run
  if (failed[0]) throw failed[0].error
}

const removals: readonly Removal[] = [
  {
    name: 'chatbotkit delete',
    missing: absentAt.chatbotkit,
    takesAnySuccess: false,
    isRepeated: true,
    async run(options) {
      const { contacts, id } = await chatbotkit(options)
      await contacts.delete(id)
    },
  },
  {
    name: 'chatbotkit deleteMany',
    missing: absentAt.chatbotkit,
    takesAnySuccess: false,
    isRepeated: true,
    async run(options) {
      const { contacts, id } = await chatbotkit(options)
      await only(contacts.deleteMany([id]))
    },
  },
  {
    name: 'contact-methods delete',
    missing: absentAt.contactMethods,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts } = await artu(options)
      await contacts.delete(CLIENT_ID)
    },
  },
  {
    name: 'contact-methods deleteMany',
    missing: absentAt.contactMethods,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts } = await artu(options)
      await only(contacts.deleteMany([CLIENT_ID]))
    },
  },
  {
    name: 'contact-methods contactMethods.delete',
    missing: absentAt.contactMethods,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts, id } = await artu(options)
      await contacts.contactMethods.delete(id)
    },
  },
  {
    name: 'channel-inbox delete',
    missing: absentAt.channelInbox,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts, contactId } = await inbox(options)
      await contacts.delete(contactId)
    },
  },
  {
    name: 'channel-inbox comments.delete',
    missing: absentAt.channelInbox,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts, contactId, commentId } = await inbox(options)
      await contacts.comments.delete(contactId, commentId)
    },
  },
  {
    name: 'channel-inbox notifications.dismiss',
    missing: absentAt.channelInbox,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts, id } = await inbox(options)
      await contacts.notifications.dismiss(id)
    },
  },
]

const marks: readonly Removal[] = [
  {
    name: 'channel-inbox notifications.markRead',
    missing: absentAt.channelInbox,
    takesAnySuccess: true,
    isRepeated: true,
    async run(options) {
      const { contacts, id } = await inbox(options)
      await contacts.notifications.markRead([id])
    },
  },
  {
    name: 'channel-inbox notifications.dismissAll',
    missing: absentAt.channelInbox,
    takesAnySuccess: true,
    isRepeated: false,
    async run(options) {
      const { contacts } = await inbox(options)
      await contacts.notifications.dismissAll()
    },
  },
  {
    name: 'channel-inbox avatar.upload',
    missing: absentAt.channelInbox,
    takesAnySuccess: false,
    isRepeated: false,
    async run(options) {
      const { contacts } = await inbox(options)
      await contacts.avatar.upload({ data: new Blob(['picture']) })
    },
  },
]

/** Answers the writes one after the other; what is read, the vendor answers. */
function writesAnswered(...answers: readonly (() => Response)[]): ServerOptions {
  let number = 0
  return {
    answer: (sent, serve) => {
      const next = isWrite(sent) ? answers[number++] : undefined
      return next ? Promise.resolve().then(next) : serve()
    },
  }
}

const refused: readonly [string, () => Response][] = [
  ['429', () => new Response('Slow down', { status: 429, headers: { 'retry-after': '0' } })],
  [
    'a refused connection',
    () => {
      throw refusedConnection()
    },
  ],
]

const lost: readonly [string, () => Response][] = [
  ['503', () => new Response('Busy', { status: 503 })],
  [
    'a broken connection',
    () => {
      throw brokenConnection()
    },
  ],
  ['a cut answer', () => new Response('{"id":', { headers: { 'content-type': 'application/json' } })],
]

describe.each(removals)('$name of a record that was never there', ({ run, missing }) => {
  it.each(refused)('is not found although %s came first', async (_, first) => {
    const deleting = run(writesAnswered(first, missing, missing))
    await expect(deleting).rejects.toMatchObject({ code: 'not_found', applied: 'no' })
  })

  it('is not found although a credential was renewed first', async () => {
    let asked = 0
    const { answer } = writesAnswered(() => new Response('No', { status: 401 }), missing, missing)
    const credential = (): string => `expired-${asked++}`
    // The credential is none that the vendor knows: what is read is answered as if it were.
    const known: ServerOptions = { credential, ...(answer && { answer: readable(answer) }) }
    await expect(run(known)).rejects.toMatchObject({ code: 'not_found', applied: 'no' })
    expect(asked).toBeGreaterThan(1)
  })

  it.each(lost.slice(0, 2))('is a success where %s may have hidden that it was deleted', async (_, first) => {
    await expect(run(writesAnswered(first, missing))).resolves.toBeUndefined()
  })
})

/** Reads of clients of Artu, which are answered whatever the credential is. */
function readable(answer: NonNullable<ServerOptions['answer']>): NonNullable<ServerOptions['answer']> {
  return (sent, serve) => {
    if (!sent.path.endsWith('/contact-methods')) return answer(sent, serve)
    const record = { id: 'm1', clientId: CLIENT_ID, type: 'email', value: 'ana@example.com', isPrimary: true }
    return Promise.resolve(Response.json({ data: [record], pagination: { hasMore: false } }))
  }
}

const html = '<!doctype html><title>Log in</title>'

const unbelievable: readonly [string, () => Response][] = [
  ['a login page', () => new Response(html, { headers: { 'content-type': 'text/html' } })],
  ['a login page called JSON', () => new Response(html, { headers: { 'content-type': 'application/json' } })],
  ['success: false', () => Response.json({ success: false })],
  ['an error object', () => Response.json({ error: { code: 'internal', message: 'It broke' } })],
]

const believable: readonly [string, () => Response][] = [
  ['204', () => new Response(null, { status: 204 })],
  ['an empty 200', () => new Response('')],
  ['{}', () => Response.json({})],
  ['a record', () => Response.json({ id: 'x1', message: 'Deleted' })],
  ['text', () => new Response('OK', { headers: { 'content-type': 'text/plain' } })],
  ['202', () => Response.json({ success: true }, { status: 202 })],
]

describe.each([...removals, ...marks])('$name', ({ run, takesAnySuccess, isRepeated }) => {
  it.each(unbelievable)('does not believe %s', async (_, first) => {
    const failing = run(writesAnswered(...Array<() => Response>(9).fill(first)))
    await expect(failing).rejects.toMatchObject({ code: 'bad_response', applied: 'unknown' })
  })

  if (takesAnySuccess)
    it.each(believable)('believes %s', async (_, first) => {
      await expect(run(writesAnswered(first))).resolves.toBeUndefined()
    })

  if (isRepeated && !takesAnySuccess)
    it('is sent again after a cut answer', async () => {
      await expect(run(writesAnswered(...lost.slice(2).map(([, cut]) => cut)))).resolves.toBeUndefined()
    })
})

it("does not believe an inbox's own error under a status of success", async () => {
  const options = writesAnswered(() => Response.json({ code: 40000, message: 'Bad request' }))
  const { contacts, id } = await inbox(options)
  const dismissing = contacts.notifications.dismiss(id)
  await expect(dismissing).rejects.toMatchObject({ code: 'bad_response', applied: 'unknown' })
})

it("does not believe Artu's own error under a status of success", async () => {
  const options = writesAnswered(() => Response.json({ defined: false, code: 'FORBIDDEN', message: 'No' }))
  const { contacts, id } = await artu(options)
  const deleting = contacts.contactMethods.delete(id)
  await expect(deleting).rejects.toMatchObject({ code: 'bad_response', applied: 'unknown' })
})
