import type { Contact, ListQuery } from '@anycontact/core'
import { createContacts } from '@anycontact/core/adapter-kit'
import type { Session } from './session.ts'

/**
 * What a listing must give, whoever filters it: found by a listing of the same contacts from which nothing is pushed down.
 *
 * @param everyone - every contact that there is, those that are kept as deleted too
 * @param query - of which `where` and `includeDeleted` are looked at
 */
export async function filteredHere(
  { provider, capabilities }: Session,
  everyone: readonly Contact[],
  { where, includeDeleted }: ListQuery,
): Promise<Contact[]> {
  const { softDeletes = false } = capabilities.list ?? {}
  const contacts = createContacts({
    specVersion: 1,
    provider,
    capabilities: {
      list: {
        mode: 'native',
        pagination: 'none',
        maxPageSize: everyone.length + 1,
        complete: true,
        total: false,
        softDeletes,
        where: {},
        orderBy: [],
      },
    },
    api: undefined,
    list: async () => ({ items: everyone }),
  } as const)
  return contacts.list({ where, includeDeleted }).toArray()
}
