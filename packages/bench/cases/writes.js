/**
 * Writes: new contacts by `upsertMany`, and by the loop that users would otherwise write.
 *
 * @typedef {object} Environment
 * @property {string} url Where the server is
 * @property {number} count How many contacts are written
 * @property {number} concurrency How many of them at once
 *
 * @typedef {object} Outcome
 * @property {number} items How many contacts were written
 * @property {number} requests How many requests the server received
 *
 * @typedef {(environment: Environment) => Promise<() => Promise<Outcome>>} Program
 */
import { NAMES } from './tally.js'

/** @param {number} index */
const contact = (index) => ({
  externalId: `crm-user-${String(index).padStart(12, '0')}`,
  name: NAMES[index & 7] ?? '',
  email: `person${index}@example.com`,
  phone: `+1415555${String(index % 10_000).padStart(4, '0')}`,
  customFields: { plan: 'free', seats: index % 7 },
})

/** @param {number} count */
function* contacts(count) {
  for (let index = 0; index < count; index++) yield contact(index)
}

/**
 * How many requests came since this was asked before; what they wrote is forgotten.
 *
 * @param {string} url
 * @returns {Promise<number>}
 */
const requestsSince = async (url) => (await (await fetch(`${url}/requests`)).json()).requests

/**
 * @param {Environment} environment
 * @param {any} client
 */
const upsertMany = async ({ url, count, concurrency }, client) => {
  await requestsSince(url)
  return async () => {
    let items = 0
    for await (const result of client.upsertMany(contacts(count), { by: 'externalId', concurrency })) {
      if (!result.ok) throw result.error
      items++
    }
    return { items, requests: await requestsSince(url) }
  }
}

/** @type {Program} */
export const chatbotkitOurs = async (environment) => {
  const { chatbotkit } = await import('@anycontact/chatbotkit')
  const { url, concurrency } = environment
  return upsertMany(environment, chatbotkit({ secret: 'secret', baseUrl: url, concurrency }))
}

/** @type {Program} */
export const cognipeerOurs = async (environment) => {
  const { cognipeer } = await import('@anycontact/cognipeer')
  const { url, concurrency } = environment
  const client = cognipeer({ token: 'secret', hookId: 'hook', baseUrl: `${url}/v1`, concurrency })
  return upsertMany(environment, client)
}

/**
 * The vendor's client in a loop: each contact is created, whether it is there or not, and not read back.
 *
 * @type {Program}
 */
export const chatbotkitSdk = async ({ url, count }) => {
  const { ContactClient } = await import('@chatbotkit/sdk/contact/index.js')
  const { hostname, port } = new URL(url)
  const options = { secret: 'secret', host: `${hostname}:${port}`, protocol: 'http:' }
  const client = new ContactClient(/** @type {any} */ (options))
  await requestsSince(url)
  return async () => {
    let items = 0
    for (const { externalId, customFields, ...fields } of contacts(count)) {
      await client.create({ ...fields, fingerprint: externalId, meta: customFields })
      items++
    }
    return { items, requests: await requestsSince(url) }
  }
}
