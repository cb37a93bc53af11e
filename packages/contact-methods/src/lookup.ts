import { type Contact, ContactsError } from '@anycontact/core'
import { type AdapterContext, keyForm, type ResolvedRef } from '@anycontact/core/adapter-kit'
import { type ContactMethodRequests, MAX_LIMIT, walkPages } from './api/contact-methods/index.ts'
import { badAnswer, notFound, PROVIDER } from './api/errors.ts'
import { type ContactMethodRecord, readRecord } from './api/wire.ts'
import { type ContactMethodsClientRecord, toContact } from './mapping.ts'

/**
 * Reads the contact that a key names: all the methods of a client.
 *
 * @throws ContactsError `not_found` for a client without methods; `ambiguous` when several clients have the address
 */
export async function getContact(
  requests: ContactMethodRequests,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<Contact<ContactMethodsClientRecord>> {
  const { clientId, contactMethods } = await readTarget(requests, ref, context)
  return toContact(clientId, contactMethods)
}

/** Reads the client that a key names. @throws ContactsError `not_found` for one without methods; `ambiguous` */
export async function readTarget(
  requests: ContactMethodRequests,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<ContactMethodsClientRecord> {
  const clientId = await clientIdOf(requests, ref, context)
  const contactMethods = await readClient(requests, clientId, context)
  if (contactMethods.length === 0) throw noContact(ref.key)
  return { clientId, contactMethods }
}

/** How records that cannot be read are treated. */
type MapRecords = AdapterContext['mapRecords']

const strictly: MapRecords = (records, map) => records.map(map)

/**
 * Reads all the contact methods of a client, page by page to the end.
 *
 * @param mapRecords - `context.mapRecords` in a listing. @default throws for a record that cannot be read
 * @returns an empty list for a client without any; a server that tells it from no client at all answers `not_found` to that
 * @throws ContactsError `not_found`, `bad_response`
 */
export async function readClient(
  requests: ContactMethodRequests,
  clientId: string,
  { call }: AdapterContext,
  mapRecords = strictly,
): Promise<readonly ContactMethodRecord[]> {
  const result: ContactMethodRecord[] = []
  const pages = walkPages(
    (cursor) => requests.listByClient(clientId, { cursor, limit: MAX_LIMIT }, call),
    call.operation,
  )
  for await (const { records } of pages) {
    for (const record of mapRecords(records, (data, index) => readRecord(data, `data.${index}`))) {
      result.push(ofClient(clientId, record))
    }
  }
  return result
}

const OTHER_KEY = 'clients with one address were asked for, and one with another came.'

/** Hands back a record of a client, and refuses one of another. @throws ContactsError `bad_response` */
export function ofClient(clientId: string, record: ContactMethodRecord): ContactMethodRecord {
  if (record.clientId === clientId) return record
  throw badAnswer('the methods of another client came than were asked for.')
}

/** The client that a key names; by `email` and `phone`, the one whose primary method of that type has this value. */
async function clientIdOf(
  requests: ContactMethodRequests,
  { key, value }: ResolvedRef,
  { call }: AdapterContext,
): Promise<string> {
  if (key !== 'email' && key !== 'phone') return value
  const filter = { type: key, value, isPrimary: true } as const
  const found = new Set<string>()
  const pages = walkPages(
    (cursor) => requests.list({ filter, limit: MAX_LIMIT, cursor }, call),
    call.operation,
  )
  for await (const { records } of pages) {
    for (const [index, data] of records.entries()) {
      const record = readRecord(data, `data.${index}`)
      // Only a primary is a contact's key. A record with another value must not tell whom an update or a delete is about.
      if (record.type !== key || record.isPrimary !== true) continue
      if (keyForm(key, record.value) !== keyForm(key, value)) throw badAnswer(OTHER_KEY, call.operation)
      found.add(record.clientId)
    }
    if (found.size > 1) throw ambiguous(key)
  }
  const [clientId] = found
  if (clientId === undefined) throw noContact(key)
  return clientId
}

function noContact(key: string): ContactsError {
  return notFound(`client with that ${key} that has contact methods`)
}

function ambiguous(key: string): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several clients have that ${key}: name one of them by id.`,
    provider: PROVIDER,
  })
}
