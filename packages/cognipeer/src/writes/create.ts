import type { Contact } from '@anycontact/core'
import {
  type AdapterContext,
  type CallScope,
  type ContactWrite,
  type CreateKey,
  createOnce,
  diffContact,
} from '@anycontact/core/adapter-kit'
import { type CognipeerRecord, readRecord } from '../api/wire.ts'
import { ALWAYS_THERE, listTwins, type Workspace, wholeRecord } from '../lookup.ts'
import { type CognipeerVendorFields, toContact, toCreateBody } from '../mapping.ts'
import { objectChanges } from '../quirks/merged-objects.ts'
import { reportVendorFields } from './vendor-fields.ts'

/** So far apart may the server's clock and ours be. */
const CLOCK_SKEW_MS = 5 * 60_000

/**
 * Creates a contact. It is never sent a second time where the first may have been applied, because nothing says that the vendor
 * keeps any key unique: it is looked up by its external id or email instead.
 */
export async function create(
  workspace: Workspace,
  write: ContactWrite,
  context: AdapterContext<CognipeerVendorFields>,
): Promise<Contact<CognipeerRecord>> {
  const { call, vendor } = context
  const body = toCreateBody(write, vendor)
  const { made } = await createOnce({
    call,
    send: async () => readRecord(await workspace.client.contacts.create(body, call)),
    key: keyOf(workspace, write, call),
  })
  const record = await wholeRecord(workspace, made, { ...ALWAYS_THERE, ...body }, call)
  if (vendor) reportVendorFields(vendor, objectChanges({ _id: record._id }, write, vendor), record, context)
  return toContact(record)
}

/** How a create whose answer was lost is found again; `undefined` where it has nothing to be looked up by. */
function keyOf(
  { client }: Workspace,
  write: ContactWrite,
  call: CallScope,
): CreateKey<CognipeerRecord> | undefined {
  const startedAt = call.clock.now()
  const { externalId, email } = write
  const [field, value] = externalId ? ['integrationId', externalId] : ['email', email]
  if (!value) return undefined
  return {
    isUnique: false,
    // The newest: older ones may have the same value.
    find: async () => (await listTwins(client, field, value, call)).records.at(-1),
    isOurs(record) {
      const contact = toContact(record)
      const { createdAt } = contact
      const isNew = createdAt === undefined || Date.parse(createdAt) >= startedAt - CLOCK_SKEW_MS
      return isNew && diffContact(contact, write) === undefined
    },
  }
}
