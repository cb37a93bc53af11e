import type { Capabilities } from '@anycontact/core'
import { type Contact, ContactsError } from '@anycontact/core'
import {
  type Adapter,
  type AdapterListQuery,
  type AdapterPage,
  compileConditions,
  compileTextSearch,
  createTransport,
  diffContact,
  type HttpConfig,
} from '@anycontact/core/adapter-kit'
import { type TinyRecord, type TinyStore, toContact } from './tiny-store.ts'

const lookup = { mode: 'native', by: ['id', 'externalId'], scan: ['email'] } as const
const fields = ['externalId', 'name', 'email', 'phone', 'note', 'tags', 'customFields'] as const

/** Less than everything: some keys are scans, some operations emulated, some fields, filters and groups missing. */
export const TINY_CAPABILITIES = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 3,
    complete: true,
    total: true,
    where: {
      name: ['eq', 'ne', 'exists'],
      email: ['eq', 'in'],
      tags: ['eq'],
      createdAt: ['gte', 'lt'],
      'customFields.*': ['eq'],
    },
    orderBy: ['name', 'createdAt'],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields },
  update: { ...lookup, by: ['id'], fields },
  delete: { ...lookup, by: ['id'] },
  upsert: { mode: 'native', by: ['externalId'], scan: ['email'], fields },
  search: { mode: 'native' },
  count: { mode: 'native' },
  createMany: { mode: 'native', maxItems: 4, atomic: true },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
  conversations: { list: 'native' },
  comments: { create: 'native', delete: 'native' },
  notifications: { list: 'native', markRead: 'native', dismiss: 'native' },
  request: { mode: 'native' },
} as const satisfies Capabilities

/** The tiny adapter, loosely typed, so that a mutant can break whatever it likes. */
export type TinyAdapter = Adapter<Capabilities, TinyRecord, unknown, TinyStore>

/**
 * A small, honest adapter over the tiny vendor.
 *
 * @param http - what requests by hand go by
 */
export function tinyAdapter(store: TinyStore, http: Pick<HttpConfig, 'fetch' | 'clock'> = {}): TinyAdapter {
  const defaultBaseUrl = 'https://tiny.example/v1'
  const { request } = createTransport({ ...http, provider: 'tiny', defaultBaseUrl, routes: {} })
  return {
    request,
    specVersion: 1,
    provider: 'tiny',
    capabilities: TINY_CAPABILITIES,
    api: store,
    async list(query, { call }) {
      call.signal.throwIfAborted()
      return page(store, query, compileConditions(query.where))
    },
    async get({ key, value }, { call }) {
      call.signal.throwIfAborted()
      return toContact(store.find(key, value))
    },
    async create(input, { call }) {
      call.signal.throwIfAborted()
      return toContact(store.insert(input))
    },
    async update({ key, value }, patch, { call }) {
      call.signal.throwIfAborted()
      const record = store.find(key, value)
      store.requireFree(patch, record)
      return toContact(store.change(record, patch))
    },
    async delete({ key, value }, { call }) {
      call.signal.throwIfAborted()
      const record = store.find(key, value)
      store.records = store.records.filter((other) => other !== record)
    },
    async upsert(input, by, { call }) {
      call.signal.throwIfAborted()
      const record = store.records.find((candidate) => toContact(candidate)[by] === input[by])
      if (!record) return { contact: toContact(store.insert(input)), outcome: 'created' }
      const contact = toContact(record)
      if (!diffContact(contact, input)) return { contact, outcome: 'unchanged' }
      return { contact: toContact(store.change(record, input)), outcome: 'updated' }
    },
    async search(text, query, { call }) {
      call.signal.throwIfAborted()
      return page(store, { ...query, where: [] }, compileTextSearch(text))
    },
    async count(where, { call }) {
      call.signal.throwIfAborted()
      return store.records.map(toContact).filter(compileConditions(where)).length
    },
    async createMany(inputs, { atomic }, { call }) {
      call.signal.throwIfAborted()
      const before = [...store.records]
      return inputs.map((input) => {
        try {
          return { value: toContact(store.insert(input)) }
        } catch (error) {
          if (!atomic) return { error }
          store.records = before
          throw error
        }
      })
    },
    conversations: {
      async list(contactId, { pageSize = 10, cursor = '0' }, { call }) {
        call.signal.throwIfAborted()
        const rows = store.rows.filter(({ owner }) => owner === contactId)
        const end = Number(cursor) + pageSize
        const items = rows.slice(Number(cursor), end).map(({ id }) => ({
          provider: 'tiny',
          id,
          contactId,
          customFields: {},
          raw: { id },
        }))
        return { items, ...(end < rows.length && { nextCursor: String(end) }) }
      },
    },
    comments: {
      async create(contactId, { text }, { call }) {
        call.signal.throwIfAborted()
        const { number } = store.find('id', contactId)
        const comment = { id: `comment-${store.now()}`, owner: String(number), words: text }
        store.comments.push(comment)
        return { provider: 'tiny', id: comment.id, contactId, text, raw: comment }
      },
      async delete(contactId, id, { call }) {
        call.signal.throwIfAborted()
        const comment = store.comments.find((one) => one.id === id && one.owner === contactId)
        if (!comment) throw new ContactsError({ code: 'not_found', message: 'There is no such comment.' })
        store.comments = store.comments.filter((one) => one !== comment)
      },
    },
    notifications: {
      async list({ pageSize = 10, cursor = '0' }, { call }) {
        call.signal.throwIfAborted()
        const rows = store.rows.filter(({ owner }) => owner === '')
        const end = Number(cursor) + pageSize
        const items = rows
          .slice(Number(cursor), end)
          .map(({ id, read }) => ({ provider: 'tiny', id, read, raw: { id } }))
        return { items, ...(end < rows.length && { nextCursor: String(end) }) }
      },
      async markRead(ids, { call }) {
        call.signal.throwIfAborted()
        for (const row of store.rows) row.read ||= ids?.includes(row.id) ?? true
      },
      async dismiss(id, { call }) {
        call.signal.throwIfAborted()
        store.rows = store.rows.filter((row) => row.id !== id)
      },
    },
  }
}

/** One page, in the order that is asked for. The cursor is the last contact's own place in that order. */
export function page(
  store: TinyStore,
  { cursor, pageSize = 3, orderBy }: AdapterListQuery,
  keep: (contact: Contact) => boolean,
): AdapterPage<Contact<TinyRecord>> {
  const placeOf = ({ number, title = '' }: TinyRecord): readonly [string, number] => [
    orderBy?.field === 'name' ? title : '',
    number,
  ]
  const sign = orderBy?.direction === 'desc' ? -1 : 1
  const compare = (a: readonly [string, number], b: readonly [string, number]): number =>
    sign * (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])
  const sorted = store.records
    .filter((record) => keep(toContact(record)))
    .sort((a, b) => compare(placeOf(a), placeOf(b)))
  const start = cursor === undefined ? undefined : readPlace(cursor)
  const left = start ? sorted.filter((record) => compare(placeOf(record), start) > 0) : sorted
  const items = left.slice(0, pageSize)
  const last = items.at(-1)
  const hasMore = last !== undefined && items.length < left.length
  return {
    items: items.map(toContact),
    total: sorted.length,
    ...(hasMore && { nextCursor: JSON.stringify(placeOf(last)) }),
  }
}

function readPlace(cursor: string): readonly [string, number] {
  const place: unknown = JSON.parse(cursor)
  if (Array.isArray(place) && typeof place[0] === 'string' && typeof place[1] === 'number')
    return [place[0], place[1]]
  throw new ContactsError({ code: 'invalid_input', message: 'That is no cursor.' })
}
