import { consoleHooks } from '@anycontact/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Answering,
  brokenConnection,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
} from './vendor-servers.ts'

/** A text that stands nowhere by chance. */
const secret = fc.stringMatching(/^zq[a-z0-9]{8,14}$/)

const texts = fc.record({
  credential: secret,
  id: fc.oneof(secret, fc.uuid()),
  name: secret,
  email: secret.map((name) => `${name}@example.com`),
  phone: fc.integer({ min: 0, max: 9999 }).map((end) => `+1415777${String(end).padStart(4, '0')}`),
  key: secret,
  value: secret,
  header: secret,
})

/** How the server answers: as the vendor, not at all, or with everything that it was sent in what it says. */
const fates = fc.array(fc.constantFrom('served', 'cut', 503, 429, 400, 302), { minLength: 1, maxLength: 6 })

// biome-ignore lint/suspicious/noExplicitAny: the clients differ in what they take
type Any = any
const servers = {
  chatbotkit: chatbotkitServer,
  cognipeer: cognipeerServer,
  channelInbox: channelInboxServer,
  contactMethods: contactMethodsServer,
}

test.each(Object.entries(servers))('nothing that was given or sent is printed: %s', async (_, make) => {
  const printed = new Set<string>()
  await fc.assert(
    fc.asyncProperty(texts, fates, fc.boolean(), async (given, ways, isTrusted) => {
      const lines: string[] = []
      let count = 0
      const answer: Answering = async ({ path, text }, serve) => {
        const way = ways[count++ % ways.length]
        if (way === undefined || way === 'served') return serve()
        if (way === 'cut') throw brokenConnection()
        const echo = `${path} ${text}`.replace(/[^\x20-\x7e]/g, '').slice(0, 200)
        const headers = { 'x-echo': echo, location: `/v9/${given.id}?q=${given.email}`, 'retry-after': '0' }
        return new Response(JSON.stringify({ message: echo, error: echo }), { status: Number(way), headers })
      }
      const { contacts }: { contacts: Any } = make({
        answer,
        unsupportedFields: 'drop',
        headers: { 'x-trace': given.header },
        ...(!isTrusted && { credential: () => given.credential }),
        ...consoleHooks({ log: (line) => lines.push(line) }),
      })
      const { id, name, email, phone, key, value } = given
      const input = { name, email, phone, tags: [value], customFields: { [key]: value }, note: value }
      const settle = (run: () => PromiseLike<unknown>): Promise<unknown> =>
        Promise.resolve()
          .then(run)
          .catch(() => undefined)
      await settle(() => contacts.get(id))
      await settle(() => contacts.create(input))
      await settle(() => contacts.update(id, input))
      await settle(() => contacts.upsert({ ...input, externalId: id }, { by: 'externalId' }))
      await settle(() => contacts.list({ where: { email, customFields: { [key]: value } } }).toArray())
      await settle(() => contacts.find({ email }, { scan: true }))
      await settle(() => contacts.search(name))
      await settle(() =>
        contacts.request({ path: `/contacts/${id}/x`, query: { email }, json: input, method: 'POST' }),
      )
      for (const line of lines) {
        printed.add(line.replace(/\d+ ms.*/, ''))
        for (const [what, text] of Object.entries(given)) {
          const forms = [text, encodeURIComponent(text), text.replace(/\D/g, '').slice(-8)]
          for (const form of forms.filter((one) => one.length > 7)) {
            expect(line.toLowerCase(), what).not.toContain(form.toLowerCase())
          }
        }
      }
    }),
    { numRuns: 40 },
  )
  // Of each kind of line there was one at least.
  const all = [...printed].join('\n')
  for (const kind of [/ GET | POST /, /again in/, / network /, /503/]) expect(all).toMatch(kind)
})
