// What an update does not name is written back as it came, or not at all.
import type { ContactsWith } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import {
  type Answering,
  CLIENT_ID,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  isWrite,
  type ServerOptions,
} from './vendor-servers.ts'

const STAND_IN = 111_222_333
const NUMBERS = [
  '17841400008460057',
  '0.12345678901234567891',
  '-98765432109876543210',
  '1234567890123456789e5',
]

const held = { instagram: STAND_IN, deep: { ids: [STAND_IN] }, plan: 'free', town: 'free', old: 'x' }

interface Vendor {
  readonly name: string
  /** Whether it reads a stream of lines, which is UTF-8 whatever it says. */
  readonly streams?: true
  /** Writes one custom field of a contact and removes another; the contact has the others already. */
  run(options: ServerOptions): Promise<unknown>
}

const patch = { customFields: { plan: 'pro', old: null } }

const vendors: readonly Vendor[] = [
  {
    name: 'chatbotkit update',
    async run(options) {
      const { emulator, contacts } = chatbotkitServer(options)
      const [ana] = emulator.seed([{ name: 'Ana', meta: held }])
      await contacts.update(ana?.id ?? '', patch)
    },
  },
  {
    name: 'chatbotkit upsert',
    streams: true,
    async run(options) {
      const { emulator, contacts } = chatbotkitServer(options)
      emulator.seed([{ name: 'Ana', email: 'ana@example.com', meta: held }])
      await contacts.upsert({ email: 'ana@example.com', ...patch }, { by: 'email', scan: true })
    },
  },
  {
    name: 'cognipeer update',
    async run(options) {
      const { emulator, contacts } = cognipeerServer(options)
      emulator.seed([{ integrationId: 'user-1', properties: held }])
      await contacts.update({ externalId: 'user-1' }, patch)
    },
  },
  {
    name: 'cognipeer upsert',
    async run(options) {
      const { emulator, contacts } = cognipeerServer(options)
      emulator.seed([{ integrationId: 'user-1', properties: held }])
      await contacts.upsert({ externalId: 'user-1', ...patch }, { by: 'externalId' })
    },
  },
  {
    name: 'contact-methods contactMethods.update',
    async run(options) {
      const { emulator, contacts } = contactMethodsServer(options)
      const [mail] = emulator.seed([
        { clientId: CLIENT_ID, type: 'email', value: 'ana@example.com', metadata: held },
      ])
      await contacts.contactMethods.update(mail?.id ?? '', patch)
    },
  },
  {
    name: 'contact-methods update',
    async run(options) {
      const { emulator, contacts } = contactMethodsServer(options)
      emulator.seed([{ clientId: CLIENT_ID, type: 'email', value: 'ana@example.com', metadata: held }])
      await contacts.update(CLIENT_ID, {
        contactMethods: [{ type: 'email', value: 'ana@example.com', ...patch }],
      })
    },
  },
]

describe.each(vendors)('$name', ({ run, streams }) => {
  it.each(NUMBERS)('writes %s back with every digit', async (number) => {
    const bodies: string[] = []
    const answer: Answering = async (sent, serve) => {
      if (isWrite(sent)) bodies.push(sent.text)
      const response = await serve()
      return new Response((await response.text()).replaceAll(String(STAND_IN), number), response)
    }
    await run({ answer })
    const whole = bodies.at(-1) ?? ''
    expect(whole).toContain(`"instagram":${number}`)
    expect(whole).toContain(`"ids":[${number}]`)
  })

  if (!streams)
    it('reads text in the encoding that the answer names', async () => {
      const bodies: string[] = []
      await run({
        answer: latin1('application/json; charset=iso-8859-1', (sent) => {
          if (isWrite(sent)) bodies.push(sent.text)
        }),
      })
      expect(bodies.join()).not.toContain('\ufffd')
    })

  it('reads UTF-8 as such, whatever encoding the answer names', async () => {
    const bodies: string[] = []
    await run({
      async answer(sent, serve) {
        if (isWrite(sent)) bodies.push(sent.text)
        const response = await serve()
        const text = (await response.text()).replaceAll('"free"', '"Zo\u00eb"')
        const named = response.headers.get('content-type')?.replace(/;.*|$/, '; charset=iso-8859-1') ?? ''
        return new Response(text, { status: response.status, headers: { 'content-type': named } })
      },
    })
    expect(bodies.join()).not.toContain('\u00c3')
  })

  it('refuses text in no encoding that the answer names, and writes nothing back', async () => {
    const bodies: string[] = []
    const running = run({
      answer: latin1('application/json', (sent) => {
        if (isWrite(sent)) bodies.push(sent.text)
      }),
    })
    await expect(running).rejects.toMatchObject({ code: 'bad_response', applied: 'no' })
    expect(bodies).toEqual([])
  })
})

/** A server that has "Zoë" for every `free`, and sends Latin-1. */
function latin1(contentType: string, note: (sent: Parameters<Answering>[0]) => void): Answering {
  return async (sent, serve) => {
    note(sent)
    const response = await serve()
    const text = (await response.text()).replaceAll('"free"', '"Zo\u00eb"')
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    return new Response(bytes, { status: response.status, headers: { 'content-type': contentType } })
  }
}

describe('a whole number that a JavaScript number does not hold', () => {
  const unsafe = { customFields: { instagram: 17841400008460056, list: [{ id: 2 ** 53 }] } }

  it.each([
    ['chatbotkit', chatbotkitServer],
    ['cognipeer', cognipeerServer],
  ] as const)('is refused by %s before any request', async (_, open) => {
    const {
      contacts,
      requests,
    }: { contacts: ContactsWith<'create' | 'update'>; requests: readonly unknown[] } = open()
    const writes = [contacts.create(unsafe), contacts.update({ id: 'c1' }, unsafe)]
    for (const writing of writes) {
      await expect(writing).rejects.toMatchObject({ code: 'invalid_input', applied: 'no' })
      await expect(writing).rejects.toThrow(/customFields/)
    }
    expect(requests).toEqual([])
  })

  it('is refused in contact methods and by memory, with its path', async () => {
    const { contacts, requests } = contactMethodsServer()
    const method = { type: 'email', value: 'ana@example.com', ...unsafe } as const
    const path = expect.stringMatching(/customFields\.instagram$/)
    for (const writing of [
      contacts.create({ id: CLIENT_ID, contactMethods: [method] }),
      contacts.contactMethods.create(CLIENT_ID, method),
      memory().create(unsafe),
    ]) {
      await expect(writing).rejects.toMatchObject({
        code: 'invalid_input',
        issues: expect.arrayContaining([expect.objectContaining({ path })]),
      })
    }
    expect(requests).toEqual([])
  })
})
