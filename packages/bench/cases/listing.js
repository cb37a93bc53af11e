/**
 * Listings, each read to its end: by a plain loop, by what users would otherwise take, and by AnyContact. Each program gets ready, and
 * gives what is then measured.
 *
 * @typedef {object} Environment
 * @property {string} url Where the server is
 * @property {number} count How many contacts it has
 *
 * @typedef {object} Outcome
 * @property {number} items How many contacts came
 * @property {number} damaged Of how many the name was not as it is stored
 *
 * @typedef {(environment: Environment) => Promise<() => Promise<Outcome>>} Program
 */
import { Tally } from './tally.js'

const PAGE = 100

/** @type {Program} */
export const pagesRaw =
  async ({ url }) =>
  async () => {
    const tally = new Tally()
    let cursor = ''
    for (;;) {
      const response = await fetch(
        `${url}/api/v1/contact/list?take=${PAGE}${cursor && `&cursor=${cursor}`}`,
        {
          headers: { authorization: 'Bearer secret' },
        },
      )
      const page = JSON.parse(await response.text())
      for (const item of page.items) tally.add(item.name)
      if (page.items.length === 0) return tally.outcome()
      cursor = page.cursor
    }
  }

/** @type {Program} */
export const pagesOfetch = async ({ url }) => {
  const { ofetch } = await import('ofetch')
  return async () => {
    const tally = new Tally()
    let cursor
    for (;;) {
      /** @type {any} */
      const page = await ofetch('/api/v1/contact/list', {
        baseURL: url,
        query: { take: PAGE, cursor },
        headers: { authorization: 'Bearer secret' },
      })
      for (const item of page.items) tally.add(item.name)
      if (page.items.length === 0) return tally.outcome()
      cursor = page.cursor
    }
  }
}

/**
 * The same program for the vendor's client and for ours of the same shape.
 *
 * @param {any} client
 */
const listLoop = (client) => async () => {
  const tally = new Tally()
  let cursor
  for (;;) {
    /** @type {any} */
    const page = await client.list({ take: PAGE, ...(cursor && { cursor }) })
    for (const item of page.items) tally.add(item.name)
    if (page.items.length === 0) return tally.outcome()
    cursor = page.cursor
  }
}

/** @param {any} client */
const streamLoop = (client) => async () => {
  const tally = new Tally()
  for await (const event of client.list().stream()) if (event.type === 'item') tally.add(event.data.name)
  return tally.outcome()
}

/** @param {string} url */
const sdkClient = async (url) => {
  const { ContactClient } = await import('@chatbotkit/sdk/contact/index.js')
  const { hostname, port } = new URL(url)
  return new ContactClient(
    /** @type {any} */ ({ secret: 'secret', host: `${hostname}:${port}`, protocol: 'http:' }),
  )
}

/** @param {string} url */
const apiClient = async (url) => {
  const { ContactClient } = await import('@anycontact/chatbotkit/api')
  return new ContactClient({ secret: 'secret', baseUrl: url })
}

/** @type {Program} */
export const pagesSdk = async ({ url }) => listLoop(await sdkClient(url))

/** @type {Program} */
export const pagesApi = async ({ url }) => listLoop(await apiClient(url))

/** @type {Program} */
export const streamSdk = async ({ url }) => streamLoop(await sdkClient(url))

/** @type {Program} */
export const streamApi = async ({ url }) => streamLoop(await apiClient(url))

/** @type {Program} */
export const pagesOurs = async ({ url }) => {
  const { chatbotkit } = await import('@anycontact/chatbotkit')
  const contacts = chatbotkit({ secret: 'secret', baseUrl: url })
  return async () => {
    const tally = new Tally()
    for await (const page of contacts.list({ pageSize: PAGE }).pages())
      for (const { name } of page.items) tally.add(name)
    return tally.outcome()
  }
}

/** @type {Program} */
export const streamRaw =
  async ({ url }) =>
  async () => {
    const tally = new Tally()
    const response = await fetch(`${url}/api/v1/contact/list`, {
      headers: { authorization: 'Bearer secret', accept: 'application/jsonl' },
    })
    const decoder = new TextDecoder()
    let rest = ''
    if (!response.body) throw new Error('no body')
    for await (const chunk of response.body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tally.add(JSON.parse(line).data.name)
    }
    return tally.outcome()
  }

/**
 * @param {any} contacts
 */
const everyContact = (contacts) => async () => {
  const tally = new Tally()
  for await (const { name } of contacts.list()) tally.add(name)
  return tally.outcome()
}

/** @type {Program} */
export const streamOurs = async ({ url }) => {
  const { chatbotkit } = await import('@anycontact/chatbotkit')
  return everyContact(chatbotkit({ secret: 'secret', baseUrl: url }))
}

/** @type {Program} */
export const numberedRaw =
  async ({ url }) =>
  async () => {
    const tally = new Tally()
    for (let page = 1; ; page++) {
      const response = await fetch(`${url}/v1/sdk/contact/list`, {
        method: 'POST',
        headers: { authorization: 'Bearer secret', 'x-hook-id': 'hook', 'content-type': 'application/json' },
        body: JSON.stringify({ page, limit: PAGE, filter: {}, sort: { _id: 1 } }),
      })
      const answer = JSON.parse(await response.text())
      for (const item of answer.data) tally.add(item.name)
      if (page * PAGE >= answer.total) return tally.outcome()
    }
  }

/** @type {Program} */
export const numberedOurs = async ({ url }) => {
  const { cognipeer } = await import('@anycontact/cognipeer')
  return everyContact(cognipeer({ token: 'secret', hookId: 'hook', baseUrl: `${url}/v1` }))
}
