import type { Contact } from '@anycontact/core'
import { createContacts, defineAdapter } from '@anycontact/core/adapter-kit'
import type { PlainContact } from '../changes/state.ts'

/** A client of a provider that holds exactly these contacts, whatever is in them, and gives some a page. */
export function stored(
  contacts: readonly PlainContact[],
  perPage = 100,
  { complete = true, count }: { readonly complete?: boolean; readonly count?: number } = {},
) {
  const items = contacts.map((contact): Contact => ({ ...contact, raw: {} }))
  const lookup = { mode: 'native', by: ['id'] } as const
  const pages: number[] = []
  const held = (id: string): Contact => {
    const found = items.find((contact) => contact.id === id)
    if (!found) throw new Error('The tests ask for contacts that are there.')
    return found
  }
  const adapter = defineAdapter({
    specVersion: 1,
    provider: 'stored',
    api: undefined,
    capabilities: {
      list: {
        mode: 'native',
        pagination: 'offset',
        maxPageSize: perPage,
        complete,
        total: false,
        where: {},
        orderBy: [],
      },
      get: lookup,
      find: lookup,
      update: { ...lookup, fields: ['name', 'note', 'tags', 'customFields'] },
      delete: lookup,
      search: { mode: 'emulated' },
      count: { mode: count === undefined ? 'emulated' : 'native' },
    },
    async list({ cursor = '0', pageSize = perPage }) {
      pages.push(pageSize)
      const end = Number(cursor) + pageSize
      return {
        items: items.slice(Number(cursor), end),
        ...(end < items.length && { nextCursor: String(end) }),
      }
    },
    get: async ({ value }) => held(value),
    ...(count !== undefined && { count: async () => count }),
    async update({ value }, { note }) {
      return { ...held(value), ...(typeof note === 'string' && { note }) }
    },
    async delete({ value }) {
      items.splice(items.indexOf(held(value)), 1)
    },
  })
  return { contacts: createContacts(adapter), pages }
}

/** A contact with nothing but what is given. */
export function person(id: string, more: Partial<PlainContact> = {}): PlainContact {
  return { provider: 'stored', id, contactMethods: [], customFields: {}, ...more }
}
