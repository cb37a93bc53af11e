import { type AdapterContext, type Contact, ContactsError, type ResolvedRef } from '@anycontact/core'
import { listMethods, MAX_LIMIT } from './api/requests.ts'
import { walkPages } from './api/walk-pages.ts'
import { parseRecord, type RecordPage } from './api/wire.ts'
import { callOf, type NextCall, readClient } from './calls.ts'
import { PROVIDER } from './errors.ts'
import { type ContactMethodsClientRecord, toContact } from './mapping.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

/**
 * Reads the contact that a key names: all the methods of a client.
 *
 * @throws ContactsError `not_found` for a client without methods; `ambiguous` when several clients have the address
 */
export async function get(
  runtime: ContactMethodsRuntime,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<Contact<ContactMethodsClientRecord>> {
  const next = callOf(runtime, context)
  const clientId = await clientIdOf(runtime, ref, next)
  const records = await readClient(runtime, clientId, next)
  if (records.length === 0) throw noContact(ref.key)
  return toContact(clientId, records)
}

/**
 * The client that a key names. By `email` and `phone` it is the one whose primary method of that type has exactly this value.
 *
 * @throws ContactsError `not_found`, `ambiguous`
 */
export async function clientIdOf(
  { transport }: ContactMethodsRuntime,
  { key, value }: ResolvedRef,
  next: NextCall,
): Promise<string> {
  if (key !== 'email' && key !== 'phone') return value
  const filter = { type: key, value, isPrimary: true } as const
  const found = new Set<string>()
  const { operation } = next()
  const readPage = (cursor: string | undefined): Promise<RecordPage> =>
    listMethods(transport, { filter, limit: MAX_LIMIT, cursor }, next())
  for await (const { records } of walkPages(readPage, operation)) {
    for (const [index, data] of records.entries()) {
      const record = parseRecord(data, `data.${index}`, operation)
      // A filter may compare more loosely than by the same text, or be passed over.
      if (record.type === key && record.value === value && record.isPrimary === true)
        found.add(record.clientId)
    }
    if (found.size > 1) throw ambiguous(key)
  }
  const [clientId] = found
  if (clientId === undefined) throw noContact(key)
  return clientId
}

/** The error for a contact that is not there. */
export function noContact(key: string): ContactsError {
  return new ContactsError({
    code: 'not_found',
    message: `There is no client with that ${key} that has contact methods.`,
    provider: PROVIDER,
  })
}

function ambiguous(key: string): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several clients have that ${key}: name one of them by id.`,
    provider: PROVIDER,
  })
}
