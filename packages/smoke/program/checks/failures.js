import { ContactsError, chatbotkit } from '@anycontact/chatbotkit'
import { clientsOn } from '../bench.js'
import { equal, failureOf, holds } from '../checking.js'
import { showsNothingSecret } from './providers.js'

/** @import { Bench } from '../bench.js' */
/** @import { Check } from '../checking.js' */

/** What is repeated is repeated at once. */
const quick = { retry: { baseDelayMs: 1 } }

/** No port that systems give out by themselves, nor one that browsers refuse. */
const NOBODY = 'http://127.0.0.1:65437'

/**
 * What goes wrong on the way, and is told or made good wherever the program runs.
 *
 * @param {Bench} bench
 * @param {boolean} tellsRefusals
 * @returns {Check[]}
 */
export function failureChecks(bench, tellsRefusals) {
  const ana = { externalId: 'crm/ana', name: 'Ana Souza', email: 'ana@example.com' }
  return [
    {
      name: 'a create whose answer is lost is made once, and gives the contact',
      async run() {
        const { chatbotkit, cognipeer } = clientsOn(bench, quick)
        await bench.fault('chatbotkit', { method: 'POST', path: '/contact/create', cut: 'answer' })
        equal((await chatbotkit.create(ana)).name, 'Ana Souza', 'chatbotkit')
        await bench.fault('cognipeer', { method: 'POST', cut: 'answer' })
        equal((await cognipeer.create(ana)).name, 'Ana Souza', 'cognipeer')
        const { stored, doubled } = await bench.state()
        equal([stored.chatbotkit, stored.cognipeer, doubled], [1, 1, 0], 'stored')
      },
    },
    {
      name: 'a create without a key whose answer is lost is not sent again, and says that it does not know',
      async run() {
        const { chatbotkit } = clientsOn(bench, quick)
        await bench.fault('chatbotkit', { method: 'POST', path: '/contact/create', cut: 'answer' })
        const error = await failureOf(chatbotkit.create({ name: 'Ana Souza', email: 'ana@example.com' }))
        holds(ContactsError.is(error), 'it is a ContactsError')
        equal([error.code, error.applied], ['network', 'unknown'], 'error')
        showsNothingSecret(error)
        const { stored, doubled, requests } = await bench.state()
        equal(
          [stored.chatbotkit, doubled, requests.chatbotkit.length],
          [1, 0, 1],
          'stored, doubled, requests',
        )
      },
    },
    {
      name: 'a write on a connection that served others before is not sent again by the runtime',
      async run() {
        const { chatbotkit } = clientsOn(bench, quick)
        for (let at = 0; at < 5; at++) await chatbotkit.list({ pageSize: 1 })
        await bench.fault('chatbotkit', { method: 'POST', path: '/contact/create', cut: 'answer', times: 3 })
        for (let at = 0; at < 3; at++) await failureOf(chatbotkit.create({ name: `Ana Souza ${at}` }))
        const { stored, doubled } = await bench.state()
        equal([stored.chatbotkit, doubled], [3, 0], 'stored, doubled')
      },
    },
    {
      name: 'where nobody listens nothing was applied, as far as the runtime tells',
      async run() {
        const contacts = chatbotkit({ secret: 'wrong-credential', baseUrl: NOBODY, ...quick })
        const read = await failureOf(contacts.list())
        holds(ContactsError.is(read), 'it is a ContactsError')
        equal([read.code, read.applied, read.retryable], ['network', 'no', true], 'a read')
        const error = await failureOf(contacts.create({ name: 'Ana Souza' }))
        holds(ContactsError.is(error), 'it is a ContactsError')
        equal([error.code, error.applied], ['network', tellsRefusals ? 'no' : 'unknown'], 'a create')
        showsNothingSecret(error)
      },
    },
    {
      name: 'a read that is cut off is sent again',
      async run() {
        const { channelInbox } = clientsOn(bench, quick)
        await bench.seed('channelInbox', [{ display_name: 'Ana' }])
        await bench.fault('channelInbox', { cut: 'answer' })
        await bench.fault('channelInbox', { cut: { afterBytes: 20 } })
        equal((await channelInbox.list()).items.length, 1, 'items')
      },
    },
    {
      name: 'a stream that is cut goes on after the last contact, with letters cut in two',
      async run() {
        const { chatbotkit } = clientsOn(bench, quick)
        const names = Array.from({ length: 600 }, (_, at) => `Zoë ${at} 李小龍 🦊`)
        await bench.seed(
          'chatbotkit',
          names.map((name, at) => ({ name, createdAt: 1_700_000_000_000 + at })),
        )
        await bench.fault('chatbotkit', { path: '/contact/list', cut: { afterLines: 150 }, chunkBytes: 1009 })
        await bench.fault('chatbotkit', { path: '/contact/list', cut: { afterBytes: 40_001 } })
        const seen = []
        for await (const { name } of chatbotkit.list()) seen.push(name)
        equal(seen.length, 600, 'how many')
        equal(seen.sort(), names.sort(), 'who')
      },
    },
    {
      name: 'a stream that is left is given up at the server too',
      async run() {
        const { chatbotkit } = clientsOn(bench)
        const text = 'x'.repeat(2000)
        await bench.seed(
          'chatbotkit',
          Array.from({ length: 15_000 }, () => ({ description: text })),
        )
        for await (const { id } of chatbotkit.list()) {
          holds(id, 'there is one')
          break
        }
        for (let waits = 0; (await bench.state()).openStreams > 0; waits++) {
          holds(waits < 50, 'no stream is open')
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      },
    },
    {
      name: 'a redirect to another origin is not followed',
      async run() {
        const { channelInbox } = clientsOn(bench, quick)
        await bench.fault('channelInbox', { status: 307, headers: { location: `${NOBODY}/v1` } })
        const error = await failureOf(channelInbox.list())
        equal(ContactsError.is(error) && error.code, 'bad_response', 'code')
      },
    },
    {
      name: 'a limit of requests is kept, by a clock that may stand still between requests',
      async run() {
        const { contactMethods } = clientsOn(bench, { rateLimit: { requests: 2, perMs: 100 } })
        const startedAt = Date.now()
        await Promise.all(Array.from({ length: 6 }, () => contactMethods.list()))
        const tookMs = Date.now() - startedAt
        holds(tookMs >= 190 && tookMs < 5000, `six requests take two waits, not ${tookMs} ms`)
      },
    },
    {
      name: 'how long the provider asks to wait is read, in seconds and as a date',
      async run() {
        const { contactMethods } = clientsOn(bench, { retry: false })
        await bench.fault('contactMethods', { retryAfter: 7 })
        const error = await failureOf(contactMethods.list())
        holds(ContactsError.is(error), 'it is a ContactsError')
        equal(
          [error.code, error.status, error.retryAfterMs, error.retryable],
          ['rate_limited', 429, 7000, true],
          '429',
        )
        const date = new Date(Date.now() + 60_000).toUTCString()
        await bench.fault('contactMethods', { status: 503, headers: { 'retry-after': date } })
        const later = await failureOf(contactMethods.list())
        holds(ContactsError.is(later), 'it is a ContactsError')
        holds(
          later.retryAfterMs && later.retryAfterMs > 50_000 && later.retryAfterMs < 70_000,
          'about a minute',
        )
      },
    },
    {
      name: 'a wrong credential is an error that does not show it',
      async run() {
        const contacts = chatbotkit({ secret: 'wrong-credential', ...bench.reach('chatbotkit') })
        const error = await failureOf(contacts.create(ana))
        holds(ContactsError.is(error), 'it is a ContactsError')
        equal([error.code, error.applied, error.status], ['unauthenticated', 'no', 401], 'error')
        showsNothingSecret(error)
      },
    },
    {
      name: 'an answer that does not come in time is given up, in the body too',
      async run() {
        const { chatbotkit } = clientsOn(bench, { timeoutMs: 100, retry: false })
        await bench.seed('chatbotkit', [{ name: 'Ana' }])
        for (const stall of ['answer', { afterBytes: 10 }]) {
          await bench.fault('chatbotkit', { path: '/contact/list', stall })
          const error = await failureOf(chatbotkit.list())
          equal(ContactsError.is(error) && error.code, 'timeout', 'code')
        }
        await bench.fault('chatbotkit', { path: '/contact/list', stall: { afterLines: 1 } })
        const error = await failureOf(chatbotkit.list().toArray())
        equal(ContactsError.is(error) && error.code, 'timeout', 'a silent stream')
      },
    },
    {
      name: 'the caller’s own abort comes through untouched, of a request and of a stream',
      async run() {
        const { chatbotkit } = clientsOn(bench)
        await bench.seed('chatbotkit', [{ name: 'Ana' }, { name: 'Bo' }])
        for (const stall of ['request', { afterBytes: 10 }]) {
          await bench.fault('chatbotkit', { path: '/contact/list', stall })
          const controller = new AbortController()
          const call = failureOf(chatbotkit.list({ signal: controller.signal }))
          setTimeout(() => controller.abort('enough'), 50)
          equal(await call, 'enough', 'reason')
        }
        const controller = new AbortController()
        const names = []
        const reading = async () => {
          for await (const { name } of chatbotkit.list({ signal: controller.signal })) {
            names.push(name)
            controller.abort('enough')
          }
        }
        await bench.fault('chatbotkit', { path: '/contact/list', stall: { afterLines: 1 } })
        equal([await failureOf(reading()), names.length], ['enough', 1], 'a stream')
        const signal = AbortSignal.timeout(30)
        await bench.fault('chatbotkit', { path: '/contact/list', stall: 'request' })
        const error = await failureOf(chatbotkit.list({ signal }))
        equal(/** @type {Error} */ (error).name, 'TimeoutError', 'a signal that times out')
      },
    },
  ]
}
