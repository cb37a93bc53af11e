/**
 * What one record costs once its text is here. Each program gets ready, and gives what is then measured.
 *
 * The mappings are no exports of the packages, so their sources are bundled here, each with what it imports, as an application's
 * bundle would have it.
 *
 * @typedef {import('./listing.js').Outcome} Outcome
 *
 * @typedef {object} Environment
 * @property {number} count How many contacts
 *
 * @typedef {(environment: Environment) => Promise<() => Promise<Outcome> | Outcome>} Program
 */
import { fileURLToPath } from 'node:url'
import { NAMES, Tally } from './tally.js'

/** @param {string} path Below `packages` */
const inPackages = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

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
      resolveDir: inPackages(''),
      loader: 'js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['import'],
    // One copy of core: that of the mapping's own source.
    alias: {
      '@anycontact/core/adapter-kit': inPackages('core/src/adapter-kit/index.ts'),
      '@anycontact/core': inPackages('core/src/index.ts'),
    },
    nodePaths: [inPackages('core/node_modules')],
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
  async ({ count }) => {
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
