/**
 * The emulators, in process, with many contacts in them. Needs `--expose-gc`.
 *
 * @typedef {object} Environment
 * @property {number} count How many contacts there are
 *
 * @typedef {object} Outcome
 * @property {number} items How many contacts there are
 * @property {number} seedMicros CPU time to put one in
 * @property {number} bytesEach What one holds of the heap
 * @property {number} createMicros CPU time of a create
 * @property {number} getMicros CPU time of a look-up
 * @property {number} pageMicros CPU time of a page of 100 in the middle
 * @property {number} filteredMicros CPU time of a page of 100 that has to be looked for
 * @property {number} newsMicros CPU time of a write and a page right after it
 *
 * @typedef {{ path: string, method?: string, body?: object }} Call
 *
 * @typedef {object} Vendor
 * @property {(from: number, to: number) => unknown} seed Puts contacts in, by their numbers
 * @property {(call: Call) => Promise<any>} send
 * @property {(index: number) => Call} create
 * @property {(index: number) => Call} get
 * @property {(index: number) => Call} page
 * @property {() => Call} filtered
 */
import * as emulators from '@anycontact/emulator'
import { NAMES } from './tally.js'

const AT_ONCE = 10_000
const T0 = Date.UTC(2026, 0, 1)

/** @param {number} index */
const name = (index) => NAMES[index & 7] ?? ''
/** @param {number} index */
const email = (index) => `person${index}@example.com`
/** @param {number} index */
const plan = (index) => (index % 10 === 0 ? 'pro' : 'free')
/** @param {number} index */
const time = (index) => new Date(T0 + index * 1000).toISOString()

/**
 * @param {{ fetch: typeof fetch }} emulator
 * @param {string} base
 * @param {Record<string, string>} headers
 * @returns {Vendor['send']}
 */
const sender =
  (emulator, base, headers) =>
  async ({ path, method = 'GET', body }) => {
    const response = await emulator.fetch(base + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = JSON.parse(await response.text())
    if (!response.ok) throw new Error(JSON.stringify(answer))
    return answer
  }

/** @type {Record<string, () => Vendor>} */
const vendors = {
  chatbotkit() {
    const { chatbotkit } = emulators.createEmulator()
    /** @param {number} index */
    const id = (index) => `c${String(index).padStart(24, '0')}`
    return {
      seed: (from, to) =>
        chatbotkit.seed(
          range(from, to, (index) => ({
            id: id(index),
            name: name(index),
            email: email(index),
            fingerprint: `crm-user-${String(index).padStart(12, '0')}`,
            meta: { plan: plan(index) },
            createdAt: T0 + index * 1000,
          })),
        ),
      send: sender(chatbotkit, 'https://emulator.test/api/v1/contact', {
        authorization: `Bearer ${emulators.CHATBOTKIT_SECRET}`,
      }),
      create: (index) => ({ path: '/create', method: 'POST', body: { name: name(index) } }),
      get: (index) => ({ path: `/${id(index)}/fetch` }),
      page: (index) => ({ path: `/list?take=100&cursor=${id(index)}` }),
      filtered: () => ({ path: '/list?take=100&meta.plan=pro' }),
    }
  },
  cognipeer() {
    const { cognipeer } = emulators.createEmulator()
    return {
      seed: (from, to) =>
        cognipeer.seed(
          range(from, to, (index) => ({
            _id: index.toString(16).padStart(24, '0'),
            name: name(index),
            email: email(index),
            integrationId: `crm-${index}`,
            properties: { plan: plan(index) },
            createdDate: time(index),
          })),
        ),
      send: sender(cognipeer, 'https://emulator.test/v1/sdk/contact', {
        authorization: `Bearer ${emulators.COGNIPEER_TOKEN}`,
        'x-hook-id': emulators.COGNIPEER_HOOK_ID,
      }),
      create: (index) => ({ path: '', method: 'POST', body: { name: name(index) } }),
      get: (index) => ({ path: `?integrationId=crm-${index}` }),
      page: (index) => ({
        path: '/list',
        method: 'POST',
        body: { page: Math.ceil(index / 100), limit: 100, filter: {}, sort: { _id: 1 } },
      }),
      filtered: () => ({
        path: '/list',
        method: 'POST',
        body: { page: 1, limit: 100, filter: { 'properties.plan': 'pro' }, sort: { _id: 1 } },
      }),
    }
  },
  channelInbox() {
    const { channelInbox } = emulators.createEmulator()
    /** @param {number} index */
    const id = (index) => `con_${String(index).padStart(24, '0')}`
    return {
      seed: (from, to) =>
        channelInbox.seed(
          range(from, to, (index) => ({
            id: id(index),
            display_name: name(index),
            email: email(index),
            labels: [plan(index)],
            created_at: time(index),
          })),
        ),
      send: sender(channelInbox, 'https://emulator.test/channel-service/v1/contacts', {
        'x-api-key': emulators.CHANNEL_INBOX_API_KEY,
      }),
      create: (index) => ({ path: '', method: 'POST', body: { display_name: name(index) } }),
      get: (index) => ({ path: `/${id(index)}` }),
      page: (index) => ({ path: `?limit=100&skip=${index}` }),
      filtered: () => ({ path: '/_search?limit=100&q=souza' }),
    }
  },
  contactMethods() {
    const { contactMethods } = emulators.createEmulator()
    /** @param {number} index */
    const id = (index) => `00000001-0000-4000-8000-${String(index).padStart(12, '0')}`
    /** @param {number} index */
    const clientId = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
    return {
      seed: (from, to) =>
        contactMethods.seed(
          range(from, to, (index) => ({
            id: id(index),
            clientId: clientId(index),
            type: /** @type {const} */ ('email'),
            value: email(index),
            label: plan(index),
            createdAt: time(index),
          })),
        ),
      send: sender(contactMethods, 'https://emulator.test', {
        authorization: `Bearer ${emulators.CONTACT_METHODS_API_KEY}`,
        'x-environment': 'test',
      }),
      create: (index) => ({
        path: '/contact-methods',
        method: 'POST',
        body: { clientId: clientId(index), type: 'other', value: name(index) },
      }),
      get: (index) => ({ path: `/contact-methods/${id(index)}` }),
      page: (index) => ({
        path: '/contact-methods/list',
        method: 'POST',
        body: { limit: 100, offset: index, sort: [{ field: 'clientId', direction: 'asc' }] },
      }),
      filtered: () => ({
        path: '/contact-methods/list',
        method: 'POST',
        body: { limit: 100, filter: { type: 'email', value: email(7) } },
      }),
    }
  },
}

/**
 * @template T
 * @param {number} from
 * @param {number} to
 * @param {(index: number) => T} make
 */
const range = (from, to, make) => Array.from({ length: to - from }, (_, at) => make(from + at))

/** @returns {number} milliseconds */
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const heap = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/**
 * CPU time of one call, in microseconds.
 *
 * @param {Vendor} vendor
 * @param {number} times
 * @param {(at: number) => readonly Call[]} calls
 */
const costOf = async ({ send }, times, calls) => {
  // The first one compiles, and sorts where something is sorted once.
  for (const call of calls(0)) await send(call)
  const before = cpu()
  for (let at = 1; at <= times; at++) for (const call of calls(at)) await send(call)
  return ((cpu() - before) * 1000) / times
}

/**
 * @param {string} vendorName
 * @returns {(environment: Environment) => Promise<() => Promise<Outcome>>}
 */
const emulating =
  (vendorName) =>
  async ({ count }) => {
    if (!globalThis.gc) throw new Error('Run it with --expose-gc.')
    const vendor = /** @type {() => Vendor} */ (vendors[vendorName])()
    return async () => {
      const heapBefore = heap()
      const seedBefore = cpu()
      for (let from = 0; from < count; from += AT_ONCE) vendor.seed(from, Math.min(from + AT_ONCE, count))
      const seedMicros = ((cpu() - seedBefore) * 1000) / count
      const bytesEach = (heap() - heapBefore) / count
      const half = count / 2
      return {
        items: count,
        seedMicros,
        bytesEach,
        createMicros: await costOf(vendor, 1000, (at) => [vendor.create(at)]),
        getMicros: await costOf(vendor, 1000, (at) => [vendor.get(half + (at % 100))]),
        pageMicros: await costOf(vendor, 100, (at) => [vendor.page(half + (at % 3) * 100)]),
        filteredMicros: await costOf(vendor, 20, () => [vendor.filtered()]),
        newsMicros: await costOf(vendor, 3, (at) => [vendor.create(at), vendor.page(half)]),
      }
    }
  }

export const chatbotkit = emulating('chatbotkit')
export const cognipeer = emulating('cognipeer')
export const channelInbox = emulating('channelInbox')
export const contactMethods = emulating('contactMethods')
