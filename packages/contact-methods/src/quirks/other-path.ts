// The path for reading a client may be another than ours, which is inferred. Source: only sibling resources show such a path.
import { ContactsError } from '@anycontact/core'
import type { AdapterContext } from '@anycontact/core/adapter-kit'
import type { ContactMethodRequests } from '../api/contact-methods/index.ts'
import { badConfig } from '../api/errors.ts'
import { type ContactMethodRecord, readRecord } from '../api/wire.ts'
import { readClient } from '../lookup.ts'

/**
 * Reads all the contact methods of a client that may have none, so that "not found" means none. A server whose path for reading a
 * client is another answers so too, and then contacts would be missing, or made again; so the listing is asked, whose path is
 * documented.
 *
 * @param mapRecords - `context.mapRecords` in a listing. @default throws for a record that cannot be read
 * @throws ContactsError `config` when the listing has methods of the client
 */
export async function readOrNone(
  requests: ContactMethodRequests,
  clientId: string,
  context: AdapterContext,
  mapRecords?: AdapterContext['mapRecords'],
): Promise<readonly ContactMethodRecord[]> {
  try {
    return await readClient(requests, clientId, context, mapRecords)
  } catch (error) {
    if (!ContactsError.is(error) || error.code !== 'not_found') throw error
  }
  const { records } = await requests.list({ filter: { clientId }, limit: 1 }, context.call)
  const isThere = records.some((record, index) => readRecord(record, `data.${index}`).clientId === clientId)
  if (!isThere) return []
  throw badConfig(
    'the server answers "not found" where the methods of a client are read, and lists methods of that client. Give the path by which it reads them as `endpoints.listByClient`.',
  )
}
