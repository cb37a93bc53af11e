import type { Contact, RefKey } from '@anycontact/core'
import { refBy } from '@anycontact/core/adapter-kit'
import type { SyncClient } from '../project/plan.ts'

/** With what a side is asked. */
interface Asking {
  readonly signal: AbortSignal
  readonly deadlineMs: number
}

/**
 * Finds the contact of a key, as somebody who uses the provider sees it. Where contacts are kept as deleted, a lookup may give one of
 * those although another one has the key now: then the listing tells, which leaves them out.
 *
 * @returns `undefined` where there is none
 */
export async function findLive(
  client: SyncClient,
  by: RefKey,
  key: string,
  asking: Asking,
): Promise<Contact | undefined> {
  const found = await client.find?.(refBy(by, key), { ...asking, scan: true })
  if (!found?.deleted) return found
  for await (const contact of client.list({ where: { [by]: key }, signal: asking.signal }))
    if (!contact.deleted) return contact
  return undefined
}
