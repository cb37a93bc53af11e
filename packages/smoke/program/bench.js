import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
} from '@anycontact/emulator'

/** @typedef {'chatbotkit' | 'cognipeer' | 'channelInbox' | 'contactMethods'} Vendor */

/**
 * What of the emulated vendors the checks look at.
 *
 * @typedef {object} State
 * @property {Record<Vendor, number>} stored How many contacts are stored, or contact methods
 * @property {Record<Vendor, readonly string[]>} requests Method and path of each request that was received
 * @property {number} doubled How many writes were doubled
 * @property {number} openStreams How many streamed answers are neither read to their end nor given up
 */

/**
 * The emulated vendors, and how a client gets to them. Everything else of the program is the same wherever it runs.
 *
 * @typedef {object} Bench
 * @property {(vendor: Vendor) => { readonly fetch?: typeof fetch, readonly baseUrl?: string }} reach The options that lead a client there
 * @property {(vendor: Vendor, fault: object) => Promise<void>} fault Queues a fault
 * @property {(vendor: Vendor, records: readonly object[]) => Promise<void>} seed Stores records
 * @property {() => Promise<State>} state
 * @property {() => Promise<void>} reset Forgets everything
 */

/**
 * The vendors' clients.
 *
 * @param {Bench} bench
 * @param {import('@anycontact/core').HttpOptions} [options] Options of all of them
 */
export function clientsOn(bench, options = {}) {
  return {
    chatbotkit: chatbotkit({ secret: CHATBOTKIT_SECRET, ...bench.reach('chatbotkit'), ...options }),
    cognipeer: cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      ...bench.reach('cognipeer'),
      ...options,
    }),
    channelInbox: channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, ...bench.reach('channelInbox'), ...options }),
    contactMethods: contactMethods({
      apiKey: CONTACT_METHODS_API_KEY,
      environment: 'test',
      ...bench.reach('contactMethods'),
      ...options,
    }),
  }
}

/** The credentials, which no error may show. */
export const credentials = [
  CHATBOTKIT_SECRET,
  COGNIPEER_TOKEN,
  COGNIPEER_HOOK_ID,
  CHANNEL_INBOX_API_KEY,
  CONTACT_METHODS_API_KEY,
]

/** Where each vendor's API is below the emulator's address. */
const PATHS = { chatbotkit: '', cognipeer: '/v1', channelInbox: '', contactMethods: '' }

/**
 * The way to emulators that are served somewhere.
 *
 * @param {string} url
 * @returns {Bench['reach']}
 */
export function reachBySocket(url) {
  return (vendor) => ({ baseUrl: url + PATHS[vendor] })
}

/**
 * A bench on emulators in this process.
 *
 * @param {import('@anycontact/emulator').Emulator} emulator
 * @param {Bench['reach']} [reach] in process when absent
 * @returns {Bench}
 */
export function benchOn(emulator, reach = (vendor) => ({ fetch: emulator[vendor].fetch })) {
  const { chatbotkit, cognipeer, channelInbox, contactMethods } = emulator
  const vendors = { chatbotkit, cognipeer, channelInbox, contactMethods }
  /**
   * @template T
   * @param {(vendor: typeof vendors[Vendor]) => T} read
   * @returns {Record<Vendor, T>}
   */
  const ofEach = (read) => ({
    chatbotkit: read(chatbotkit),
    cognipeer: read(cognipeer),
    channelInbox: read(channelInbox),
    contactMethods: read(contactMethods),
  })
  return {
    reach,
    async fault(vendor, fault) {
      vendors[vendor].faults.add(fault)
    },
    async seed(vendor, records) {
      vendors[vendor].seed(/** @type {never[]} */ (records))
    },
    async state() {
      return {
        stored: ofEach((vendor) => ('contacts' in vendor ? vendor.contacts : vendor.contactMethods).length),
        requests: ofEach(({ requests }) => requests.map(({ method, path }) => `${method} ${path}`)),
        doubled: emulator.audit().doubled.length,
        openStreams: chatbotkit.openStreams,
      }
    },
    async reset() {
      emulator.reset()
    },
  }
}

/**
 * A bench on emulators of another process, which does what it is asked by requests to `control`.
 *
 * @param {string} url Where the emulators are served
 * @param {string} control
 * @returns {Bench}
 */
export function benchByControl(url, control) {
  /** @param {unknown[]} call */
  const ask = async (...call) => {
    const answer = await fetch(control, { method: 'POST', body: JSON.stringify(call) })
    if (!answer.ok) throw new Error(`The control answered ${answer.status}: ${await answer.text()}`)
    return await answer.json()
  }
  return {
    reach: reachBySocket(url),
    fault: (vendor, fault) => ask('fault', vendor, fault),
    seed: (vendor, records) => ask('seed', vendor, records),
    state: () => ask('state'),
    reset: () => ask('reset'),
  }
}
