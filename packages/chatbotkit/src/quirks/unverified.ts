// `ensure` refuses a fingerprint whose record is unverified, and nothing else finds it. Source: the vendor's server source.
import { type Contact, ContactsError } from '@anycontact/core'
import { type AdapterContext, type CallScope, readMember, readText } from '@anycontact/core/adapter-kit'
import { walkListing } from '../api/contacts/index.ts'
import type { Transport } from '../api/transport.ts'
import type { ChatBotKitRecord } from '../api/wire.ts'
import { getContact } from '../lookup.ts'

/**
 * Finds an unverified contact by its fingerprint: in a listing, which the items of a batch share.
 *
 * @throws ContactsError `conflict`, retryable, when it is there no more
 */
export async function findUnverified(
  transport: Transport,
  fingerprint: string | undefined,
  { call, batch }: AdapterContext,
): Promise<Contact<ChatBotKitRecord>> {
  const unverified = await batch.once('unverified', () => listUnverified(transport, call))
  const id = unverified.get(fingerprint)
  if (id !== undefined) return getContact(transport, id, call)
  throw new ContactsError({
    code: 'conflict',
    message: 'The contact exists unverified, and was gone or changed when the listing was read. Try again.',
    retryable: true,
  })
}

/** The ids of the unverified contacts by fingerprint. */
async function listUnverified(
  transport: Transport,
  call: CallScope,
): Promise<ReadonlyMap<string | undefined, string>> {
  const ids = new Map<string | undefined, string>()
  for await (const records of walkListing(transport, { name: 'listContacts', query: {}, call })) {
    for (const record of records) {
      const [id, fingerprint] = [readText(record, 'id'), readText(record, 'fingerprint')]
      const isVerified = typeof readMember(record, 'verifiedAt') === 'number'
      if (id !== undefined && fingerprint !== undefined && !isVerified) ids.set(fingerprint, id)
    }
  }
  return ids
}
