/**
 * The emulated providers of a sync, in a thread of their own: what they hold and what they cost is not the sync's. `reach` gives the
 * other end, `fetch` of which goes to them.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createEmulator } from '@anycontact/emulator'
import { NAMES } from './tally.js'

const AT_ONCE = 10_000

/** @param {number} index */
const person = (index) => ({
  integrationId: `crm-user-${String(index).padStart(12, '0')}`,
  name: NAMES[index & 7] ?? '',
  email: `person${index}@example.com`,
  status: 'active',
  properties: { plan: index % 10 === 0 ? 'pro' : 'free', seats: index % 7 },
})

/**
 * An emulator whose Cognipeer has so many contacts, and whose ChatBotKit has none.
 *
 * @param {number} count
 */
export const filled = (count) => {
  const emulator = createEmulator({ chatbotkit: { recordLimit: 100 }, cognipeer: { recordLimit: 100 } })
  for (let from = 0; from < count; from += AT_ONCE) {
    emulator.cognipeer.seed(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => person(from + index)),
    )
  }
  return emulator
}

if (!isMainThread && workerData?.contacts !== undefined && parentPort) serve(parentPort, workerData.contacts)

/**
 * @param {import('node:worker_threads').MessagePort} port
 * @param {number} count
 */
function serve(port, count) {
  const emulator = filled(count)
  port.on('message', async ({ id, url, init }) => {
    const response = await emulator.fetch(url, init)
    const answer = { status: response.status, headers: [...response.headers], text: await response.text() }
    port.postMessage({ id, answer })
  })
  port.postMessage({})
}

/**
 * Starts the thread.
 *
 * @param {number} contacts How many Cognipeer has
 */
export const reach = async (contacts) => {
  const thread = new Worker(new URL(import.meta.url), { workerData: { contacts } })
  await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject))
  const waiting = new Map()
  let sent = 0
  thread.on('message', ({ id, answer: { status, headers, text } }) => {
    waiting.get(id)?.(new Response(text, { status, headers }))
    waiting.delete(id)
  })
  return {
    /** How many requests were sent. */
    requests: () => sent,
    /** @type {typeof globalThis.fetch} */
    fetch: (input, { method, headers, body } = {}) =>
      new Promise((resolve) => {
        const id = sent++
        waiting.set(id, resolve)
        const init = { method, headers: Object.fromEntries(new Headers(headers)), body }
        thread.postMessage({ id, url: String(input), init })
      }),
    end: () => thread.terminate(),
  }
}
