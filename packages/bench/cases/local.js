/**
 * What is done with contacts in this process: filtered, printed, copied, read from a file. Each program gets ready, and gives what is
 * then measured.
 *
 * @typedef {import('./listing.js').Environment} Environment
 * @typedef {import('./listing.js').Outcome} Outcome
 *
 * @typedef {(environment: Environment) => Promise<() => Promise<Outcome> | Outcome>} Program
 */
import { NAMES, Tally } from './tally.js'

/** So many contacts are in a page. */
const PAGE = 1000

/**
 * Contacts as a provider with everything gives them.
 *
 * @param {number} count
 * @returns {import('@anycontact/core').Contact[]}
 */
function contactsOf(count) {
  return Array.from({ length: count }, (_, index) => {
    const email = `person${index}@example.com`
    const phone = `+1415555${String(index % 10_000).padStart(4, '0')}`
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 61_337).toISOString()
    const id = `c${String(index).padStart(12, '0')}`
    return {
      provider: 'bench',
      id,
      externalId: `crm-${index}`,
      name: NAMES[index & 7] ?? '',
      email,
      phone,
      contactMethods: [
        { type: 'email', value: email, primary: true },
        { type: 'phone', value: phone, primary: true },
      ],
      tags: ['import', index % 10 === 0 ? 'vip' : 'lead'],
      customFields: { plan: index % 10 === 0 ? 'pro' : 'free', seats: index % 7, address: { city: 'Porto' } },
      createdAt,
      updatedAt: createdAt,
      raw: { id },
    }
  })
}

/**
 * A client over an adapter that only hands out contacts which are there: what is left is the filtering.
 *
 * @param {number} count
 */
async function clientOf(count) {
  const { createContacts, defineAdapter } = await import('@anycontact/core/adapter-kit')
  const contacts = contactsOf(count)
  return createContacts(
    defineAdapter({
      specVersion: 1,
      provider: 'bench',
      api: undefined,
      capabilities: {
        list: {
          mode: 'native',
          pagination: 'cursor',
          maxPageSize: PAGE,
          complete: true,
          total: false,
          where: {},
          orderBy: [],
        },
      },
      async list({ cursor = '0' }) {
        const next = Number(cursor) + PAGE
        const items = contacts.slice(Number(cursor), next)
        return { items, nextCursor: next < count ? String(next) : undefined }
      },
    }),
  )
}

/**
 * @param {import('@anycontact/core').Where | undefined} where
 * @param {(count: number) => number} kept How many of so many meet it
 * @returns {Program}
 */
const filtered =
  (where, kept) =>
  async ({ count }) => {
    const client = await clientOf(count)
    return async () => {
      let items = 0
      for await (const page of client.list(where && { where }).pages()) items += page.items.length
      return { items: count, damaged: Math.abs(items - kept(count)) }
    }
  }

/** A listing of 100,000 contacts which are there already, by pages of 1,000, without a filter. */
export const whereNone = filtered(undefined, (count) => count)
/** The same with one condition, on a custom field, which nine of ten meet. Peer: `whereNone`. */
export const whereOne = filtered({ customFields: { plan: 'free' } }, (count) => count - count / 10)
/** The same with three: a custom field, a time and a tag. Peer: `whereNone`. */
export const whereThree = filtered(
  {
    customFields: { plan: 'free' },
    createdAt: { gte: '2026-01-01T00:00:00.000Z' },
    tags: 'lead',
  },
  (count) => count - count / 10,
)
/** The same with a dotted path into the custom fields. Peer: `whereNone`. */
export const whereDotted = filtered({ 'customFields.address.city': 'Porto' }, (count) => count)

/**
 * 100,000 contacts, which are there already, as CSV.
 *
 * @type {Program}
 */
export const csvExport = async ({ count }) => {
  const { exportCsv } = await import('@anycontact/core')
  const contacts = contactsOf(count)
  const source = {
    async *list() {
      yield* contacts
    },
  }
  return async () => {
    let characters = 0
    for await (const chunk of exportCsv(source)) characters += chunk.length
    return { items: count, damaged: characters > count * 100 ? 0 : count }
  }
}

/**
 * A file of contacts as programs export them.
 *
 * @param {number} count
 */
function csvOf(count) {
  const rows = contactsOf(count).map(({ externalId, name, email, phone, customFields: { plan, seats } }) =>
    [externalId, name, email, phone, 'São Paulo', plan, seats].join(','),
  )
  return ['externalId,name,email,phone,city,plan,seats', ...rows, ''].join('\r\n')
}

/**
 * `papaparse` alone over a file of 100,000 rows: the raw cost of reading it.
 *
 * @type {Program}
 */
export const csvPapaparse = async ({ count }) => {
  const { default: Papa } = await import('papaparse')
  const text = csvOf(count)
  return () => {
    const tally = new Tally()
    Papa.parse(text, {
      header: true,
      skipEmptyLines: true,
      step: ({ data }) => tally.add(/** @type {{ name: string }} */ (data).name),
    })
    return tally.outcome()
  }
}

/**
 * `readCsv` over the same file: checked contacts. Peer: `csvPapaparse`.
 *
 * @type {Program}
 */
export const csvRead = async ({ count }) => {
  const { readCsv } = await import('@anycontact/formats')
  const text = csvOf(count)
  return async () => {
    const tally = new Tally()
    for await (const { contact } of readCsv(text, { by: 'externalId' })) tally.add(contact?.name)
    return tally.outcome()
  }
}

/**
 * `importContacts` of the same file into memory. Peer: `csvRead`.
 *
 * @type {Program}
 */
export const csvImport = async ({ count }) => {
  const { importContacts, readCsv } = await import('@anycontact/formats')
  const { memory } = await import('@anycontact/memory')
  const text = csvOf(count)
  const contacts = memory()
  return async () => {
    const rows = readCsv(text, { by: 'externalId' })
    const { created } = await importContacts(rows, (items) =>
      contacts.upsertMany(items, { by: 'externalId' }),
    )
    return { items: created, damaged: count - created }
  }
}

/**
 * @param {import('@anycontact/core').ContactsWith<'list'>} from
 * @returns {Promise<() => Promise<Outcome>>}
 */
async function copying(from) {
  const { copyContacts } = await import('@anycontact/core')
  const { memory } = await import('@anycontact/memory')
  const to = memory()
  return async () => {
    const { read, created } = await copyContacts(from, to)
    return { items: read, damaged: read - created }
  }
}

/**
 * `copyContacts` of 100,000 from memory to memory.
 *
 * @type {Program}
 */
export const copyMemory = async ({ count }) => {
  const { memory } = await import('@anycontact/memory')
  const contacts = contactsOf(count).map(({ provider: _provider, raw: _raw, ...fields }) => fields)
  return copying(memory({ contacts }))
}

/**
 * `copyContacts` from Cognipeer, over loopback, to memory. Peers: `numberedOurs` of the listings, and `copyMemory`.
 *
 * @type {Program}
 */
export const copyLoopback = async ({ url }) => {
  const { cognipeer } = await import('@anycontact/cognipeer')
  return copying(cognipeer({ token: 'secret', hookId: 'hook', baseUrl: `${url}/v1` }))
}
