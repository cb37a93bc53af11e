/**
 * What one record costs once its text is here, and what is done with contacts in this process: filtered, printed, copied, read from a
 * file. Each program gets ready, and gives what is then measured.
 *
 * The mappings are no exports of the packages, so their sources are bundled here, each with what it imports, as an application's
 * bundle would have it.
 *
 * @typedef {import('./listing.js').Outcome} Outcome
 *
 * @typedef {object} Environment
 * @property {number} [count] How many contacts. By default 200,000 are mapped, and 100,000 filtered, printed, copied or read
 * @property {string} [url] Where the server is, for what needs one
 *
 * @typedef {(environment: Environment) => Promise<() => Promise<Outcome> | Outcome>} Program
 */
import { NAMES, Tally } from './tally.js'

/** So many records are parsed at a time. */
const TEXT_SIZE = 1000

/**
 * @typedef {object} Mapping
 * @property {(index: number) => object} recordOf
 * @property {(record: any, path: string) => unknown} check
 * @property {(records: readonly unknown[]) => readonly import('@anycontact/core').Contact[]} map As a listing maps a page
 * @property {boolean} hasNames Whether its contacts have names
 */

/** What each adapter's mapping is reached by: the entry of a bundle. */
const MAPPINGS = {
  chatbotkit: `
    import { toContact } from './chatbotkit/src/mapping.ts'
    export { readContact as check } from './chatbotkit/src/api/wire.ts'
    export { chatBotKitRecord as recordOf } from './bench/src/server/records.ts'
    export const map = (records) => context.mapRecords(records, toContact)
    export const hasNames = true`,
  cognipeer: `
    import { toContact } from './cognipeer/src/mapping.ts'
    export { readRecord as check } from './cognipeer/src/api/wire.ts'
    export { cognipeerRecord as recordOf } from './bench/src/server/records.ts'
    export const map = (records) => context.mapRecords(records, toContact)
    export const hasNames = true`,
  inbox: `
    import { toContact } from './channel-inbox/src/mapping.ts'
    export { readRecord as check } from './channel-inbox/src/api/wire.ts'
    export { channelInboxRecord as recordOf } from './bench/src/server/records.ts'
    export const map = (records) => context.mapRecords(records, toContact)
    export const hasNames = true`,
  methods: `
    import { toContact } from './contact-methods/src/mapping.ts'
    import { readRecord } from './contact-methods/src/api/wire.ts'
    export { contactMethodRecords as recordOf } from './bench/src/server/records.ts'
    const read = (record, index) => readRecord(record, \`data.\${index}\`)
    export const check = (records) => records.forEach(read)
    export const map = (clients) =>
      clients.map((records) => toContact(records[0].clientId, context.mapRecords(records, read)))
    export const hasNames = false`,
}

/** A listing's context, which maps its records. */
const CONTEXT = `
  import { createContext } from './core/src/client/runtime.ts'
  const context = createContext(
    { adapter: { provider: 'bench' }, policy: {} },
    { scope: { operation: 'list' } },
  )`

/**
 * @param {keyof typeof MAPPINGS} adapter
 * @returns {Promise<Mapping>}
 */
async function mappingOf(adapter) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: {
      contents: CONTEXT + MAPPINGS[adapter],
      resolveDir: new URL('../..', import.meta.url).pathname,
      loader: 'js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['import'],
    // One copy of core: that of the mapping's own source.
    alias: {
      '@anycontact/core/adapter-kit': new URL('../../core/src/adapter-kit/index.ts', import.meta.url)
        .pathname,
      '@anycontact/core': new URL('../../core/src/index.ts', import.meta.url).pathname,
    },
    nodePaths: [new URL('../../core/node_modules', import.meta.url).pathname],
  })
  const text = outputFiles[0]?.text ?? ''
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
}

/** @typedef {(records: readonly unknown[], mapping: Mapping, tally: Tally) => void} Handling */

/**
 * The programs of one adapter: its records are parsed, and then handled.
 *
 * @param {keyof typeof MAPPINGS} adapter
 * @param {Handling} handle
 * @returns {Program}
 */
const records =
  (adapter, handle) =>
  async ({ count = 200_000 }) => {
    const mapping = await mappingOf(adapter)
    const text = JSON.stringify(Array.from({ length: TEXT_SIZE }, (_, index) => mapping.recordOf(index)))
    return () => {
      const tally = new Tally()
      while (tally.items < count) handle(JSON.parse(text), mapping, tally)
      return tally.outcome()
    }
  }

/** @type {Handling} */
const parsed = (records, _, tally) => {
  for (let index = 0; index < records.length; index++) tally.add(NAMES[index & 7])
}

/** @type {Handling} */
const checked = (records, { check }, tally) => {
  for (const record of records) {
    check(record, 'data.0')
    tally.add(NAMES[tally.items & 7])
  }
}

/** @type {Handling} */
const mapped = (records, { map, hasNames }, tally) => {
  for (const { name } of map(records)) tally.add(hasNames ? name : NAMES[tally.items & 7])
}

/** `JSON.parse` of 1,000 of ChatBotKit's records, again and again: the raw cost. */
export const chatbotkitParse = records('chatbotkit', parsed)
/** The same, each record checked by the adapter's schema. Peer: `chatbotkitParse`. */
export const chatbotkitCheck = records('chatbotkit', checked)
/** The same, each record checked and mapped to a contact, as in a listing. Peer: `chatbotkitParse`. */
export const chatbotkitMap = records('chatbotkit', mapped)

/** As `chatbotkitParse`, of Cognipeer's records. */
export const cognipeerParse = records('cognipeer', parsed)
/** As `chatbotkitCheck`, of Cognipeer's records. Peer: `cognipeerParse`. */
export const cognipeerCheck = records('cognipeer', checked)
/** As `chatbotkitMap`, of Cognipeer's records. Peer: `cognipeerParse`. */
export const cognipeerMap = records('cognipeer', mapped)

/** As `chatbotkitParse`, of the channel inbox's records. */
export const inboxParse = records('inbox', parsed)
/** As `chatbotkitCheck`, of the channel inbox's records. Peer: `inboxParse`. */
export const inboxCheck = records('inbox', checked)
/** As `chatbotkitMap`, of the channel inbox's records. Peer: `inboxParse`. */
export const inboxMap = records('inbox', mapped)

/** `JSON.parse` of 1,000 clients with two contact methods each, again and again. */
export const methodsParse = records('methods', parsed)
/** The same, both methods checked. Peer: `methodsParse`. */
export const methodsCheck = records('methods', checked)
/** The same, made into one contact. Peer: `methodsParse`. */
export const methodsMap = records('methods', mapped)

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
          maxPageSize: TEXT_SIZE,
          complete: true,
          total: false,
          where: {},
          orderBy: [],
        },
      },
      async list({ cursor = '0' }) {
        const next = Number(cursor) + TEXT_SIZE
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
  async ({ count = 100_000 }) => {
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
export const csvExport = async ({ count = 100_000 }) => {
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
export const csvPapaparse = async ({ count = 100_000 }) => {
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
export const csvRead = async ({ count = 100_000 }) => {
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
export const csvImport = async ({ count = 100_000 }) => {
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
export const copyMemory = async ({ count = 100_000 }) => {
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
