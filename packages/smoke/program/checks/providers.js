import { ContactsError, copyContacts, exportCsv } from '@anycontact/core'
import {
  importContacts,
  readCsv,
  readNdjson,
  readVCards,
  writeNdjson,
  writeVCards,
} from '@anycontact/formats'
import { memory } from '@anycontact/memory'
import { clientsOn, credentials } from '../bench.js'
import { equal, failureOf, holds } from '../checking.js'

/** @import { Bench } from '../bench.js' */
/** @import { Check } from '../checking.js' */
/** @import { ContactInput, ContactsWith } from '@anycontact/core' */
/** @import { ContactRow } from '@anycontact/formats' */

/** Everybody's name has letters of several bytes in UTF-8, so that a chunk can end within one. */
const people = Array.from({ length: 7 }, (_, at) => ({
  key: `crm/${at}`,
  name: `Zoë ${at} 李小龍 🦊`,
  email: `zoe${at}@example.com`,
}))

/**
 * The providers, and the key by which each takes contacts in.
 *
 * @param {Bench} bench
 */
function providers(bench) {
  const clients = clientsOn(bench)
  return [
    { name: 'memory', contacts: memory(), by: 'externalId' },
    { name: 'chatbotkit', contacts: clients.chatbotkit, by: 'externalId' },
    { name: 'cognipeer', contacts: clients.cognipeer, by: 'externalId' },
    { name: 'channel-inbox', contacts: clients.channelInbox, by: 'email' },
    { name: 'contact-methods', contacts: clients.contactMethods, by: 'id' },
  ]
}

/**
 * What every provider does, whatever it runs on.
 *
 * @param {Bench} bench
 * @returns {Check[]}
 */
export function providerChecks(bench) {
  return providers(bench).flatMap(({ name, contacts: client, by }) => {
    // As a program without types has it: whichever it is, it has these.
    const contacts = /** @type {ContactsWith<'list' | 'get' | 'count' | 'upsert' | 'upsertMany'>} */ (
      /** @type {unknown} */ (client)
    )
    const options = /** @type {never} */ ({ by, scan: true, unsupportedFields: 'drop' })
    const inputs = people.map(({ key, ...fields }) => (by === 'email' ? fields : { ...fields, [by]: key }))
    const emails = people.map(({ email }) => email)

    return [
      {
        name: `${name}: upsert, one and many, tells what it did`,
        async run() {
          const [first, ...others] = inputs
          const outcomes = []
          for (const input of [
            first,
            first,
            { ...first, email: 'zoe0@example.com', phone: '+351912345678' },
          ]) {
            outcomes.push((await contacts.upsert(/** @type {never} */ (input), options)).outcome)
          }
          equal(outcomes, ['created', 'unchanged', 'updated'], 'outcomes')
          async function* arriving() {
            yield* others
          }
          const { succeeded, failed } = await contacts.upsertMany(/** @type {never} */ (arriving()), options)
          equal([succeeded.length, failed], [6, []], 'batch')
        },
      },
      {
        name: `${name}: list gives pages, and everybody`,
        async run() {
          const page = await contacts.list({ pageSize: 3 })
          equal(page.items.length, 3, 'items')
          holds(page.nextCursor !== undefined, 'there is a next page')
          equal(await listed(contacts, 3), emails, 'by pages')
          equal(await listed(contacts), emails, 'streamed')
          equal(await contacts.count(), 7, 'count')
        },
      },
      {
        name: `${name}: an iteration that stops early leaves nothing open`,
        async run() {
          for await (const contact of contacts.list()) {
            holds(contact.email, 'it has an email')
            break
          }
          const [found] = await contacts.list({ where: { email: 'zoe3@example.com' } }).toArray({ limit: 1 })
          equal(found?.email, 'zoe3@example.com', 'filtered')
        },
      },
      {
        name: `${name}: an unknown contact is an error that says so`,
        async run() {
          const error = await failureOf(contacts.get('00000000-0000-4000-8000-000000009999'))
          holds(ContactsError.is(error), 'it is a ContactsError')
          equal([error.code, error.applied, error.provider], ['not_found', 'no', name], 'error')
          holds(error instanceof Error && error instanceof ContactsError, 'instanceof')
          showsNothingSecret(error)
        },
      },
      {
        name: `${name}: exportCsv, by for await, by a reader, and as the body of a Response`,
        async run() {
          const columns = /** @type {const} */ (['email', 'phone'])
          const rows = people.map(({ email }, at) => `${email},${at === 0 ? '+351912345678' : ''}\r\n`).sort()
          const expected = ['email,phone\r\n', ...rows]
          let text = ''
          for await (const chunk of exportCsv(contacts, { columns })) text += chunk
          equal(sorted(text), expected, 'for await')

          const reader = exportCsv(contacts, { columns }).getReader()
          text = ''
          for (let read = await reader.read(); !read.done; read = await reader.read()) text += read.value
          equal(sorted(text), expected, 'a reader')

          const body = exportCsv(contacts, { columns }).pipeThrough(new TextEncoderStream())
          equal(sorted(await new Response(body).text()), expected, 'a Response')
        },
      },
      {
        name: `${name}: contacts in files of each format are read back, as text and as bytes`,
        async run() {
          const columns = /** @type {const} */ (['id', 'name', 'email', 'phone'])
          const by = /** @type {const} */ ('id')
          const formats = [
            { name: 'CSV', write: () => exportCsv(contacts, { columns }), read: readCsv },
            { name: 'vCard', write: () => writeVCards(contacts.list()), read: readVCards },
            { name: 'NDJSON', write: () => writeNdjson(contacts.list()), read: readNdjson },
          ]
          for (const { name: format, write, read } of formats) {
            for (const encode of [false, true]) {
              const text = write()
              /** @type {AsyncIterable<ContactRow<ContactInput & { id: string }>>} */
              const rows = read(encode ? text.pipeThrough(new TextEncoderStream()) : text, { by })
              const target = memory()
              const report = await importContacts(rows, (items) => target.upsertMany(items, { by }))
              equal([report.created, report.failures], [7, []], `${format}, ${encode ? 'bytes' : 'text'}`)
              equal(await listed(target), emails, `${format}, imported`)
            }
          }
        },
      },
      {
        name: `${name}: copyContacts to memory, and from there`,
        async run() {
          const target = memory()
          const { created, failed } = await copyContacts(contacts, target)
          equal([created, failed], [7, []], 'to memory')
          const again = await copyContacts(contacts, target)
          equal([again.created, again.unchanged], [0, 7], 'again')
          if (by !== 'externalId') return
          const back = await copyContacts(
            target,
            /** @type {typeof target} */ (/** @type {unknown} */ (client)),
          )
          equal([back.created, back.failed], [0, []], 'back')
        },
      },
    ]
  })
}

/**
 * @param {ContactsWith<'list'>} contacts
 * @param {number} [pageSize]
 */
async function listed(contacts, pageSize) {
  const emails = []
  for await (const { email } of contacts.list(pageSize === undefined ? {} : { pageSize })) emails.push(email)
  return emails.sort()
}

/** @param {string} text */
function sorted(text) {
  const [header, ...rows] = text.split(/(?<=\r\n)/)
  return [header, ...rows.sort()]
}

/**
 * However an error is printed, it shows no credential and nothing of a contact.
 *
 * @param {unknown} error
 */
export function showsNothingSecret(error) {
  let text = ''
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    text += `${current} ${current.stack} ${JSON.stringify(current)} ${JSON.stringify(Object.entries(current))}`
  }
  for (const secret of [...credentials, 'wrong-credential', 'Souza', 'ana@example.com']) {
    holds(!text.includes(secret), `nothing of ${secret.slice(0, 3)}… in ${text}`)
  }
}
