import type { Adapter } from '../../adapter/adapter.ts'
import type { Capabilities } from '../../adapter/capabilities.ts'
import type { AdapterContext } from '../../adapter/context.ts'
import { defineAdapter } from '../../adapter/define-adapter.ts'
import type { AdapterItemResult, AdapterListQuery, AdapterPage } from '../../adapter/pages.ts'
import { ContactsError } from '../../errors.ts'
import type { Contact } from '../../model/contact.ts'
import type { ContactWrite } from '../../model/input.ts'
import type { RefKey, ResolvedRef } from '../../model/ref.ts'
import { compileTextSearch } from '../../text-match.ts'
import { compileConditions } from '../../where/evaluate.ts'
import { diffContact } from '../upserts.ts'
import {
  applyWrite,
  type FakeContact,
  type FakeRecord,
  type FakeVendorFields,
  fakeContact,
} from './fake-contacts.ts'

/** A call that reached the adapter. */
export interface FakeCall {
  readonly method: string
  /** What it was called with, the context aside. */
  readonly args: readonly unknown[]
  readonly context: AdapterContext
}

/** The vendor-shaped client of the invented vendor: what it has, and what it was asked. */
export interface FakeApi {
  readonly contacts: Map<string, FakeContact>
  readonly calls: FakeCall[]
}

export type FakeAdapter<C extends Capabilities> = Adapter<C, FakeRecord, FakeVendorFields, FakeApi>

/** How the invented vendor behaves. */
export interface FakeOptions {
  readonly contacts?: readonly FakeContact[]
  /** How many contacts a page has when nothing is asked for. @default 2 */
  readonly pageSize?: number
  /** Runs before each method; what it throws is the method's failure. */
  readonly before?: (call: FakeCall) => unknown
  /** Sees to the answers of the batch routes. */
  readonly answers?: <T>(answers: T[]) => T[]
}

/** The status of a contact that a listing cannot map. */
export const UNMAPPABLE = 'unmappable'

function toContact(record: unknown): FakeContact {
  const contact = record as FakeContact // the store holds nothing else
  if (contact.status !== UNMAPPABLE) return contact
  throw new ContactsError({
    code: 'bad_response',
    message: 'The record has no name.',
    issues: [{ path: 'name', message: 'is missing' }],
  })
}

/** Makes an adapter that has a method for exactly what the capabilities declare native. */
export function fakeAdapter<const C extends Capabilities>(
  capabilities: C,
  { contacts = [], pageSize = 2, before, answers = (all) => all }: FakeOptions = {},
): FakeAdapter<C> {
  const api: FakeApi = { contacts: new Map(contacts.map((contact) => [contact.id, contact])), calls: [] }
  let made = api.contacts.size
  const enter = async (method: string, context: AdapterContext, ...args: unknown[]): Promise<void> => {
    const call: FakeCall = { method, args, context }
    api.calls.push(call)
    await before?.(call)
    context.call.signal.throwIfAborted()
  }
  const locate = ({ key, value }: ResolvedRef): FakeContact => {
    const [found, second] = [...api.contacts.values()].filter((contact) => contact[key] === value)
    if (!found) throw new ContactsError({ code: 'not_found', message: 'There is none.' })
    if (second) throw new ContactsError({ code: 'ambiguous', message: 'There are several.' })
    return found
  }
  const store = (contact: FakeContact): FakeContact => {
    api.contacts.set(contact.id, contact)
    return contact
  }
  const create = (input: ContactWrite): FakeContact => {
    const taken = [...api.contacts.values()].some(
      ({ externalId }) => externalId !== undefined && externalId === input.externalId,
    )
    if (taken) throw new ContactsError({ code: 'conflict', message: 'The external id is taken.' })
    return store(fakeContact(input.id ?? `c${++made}`, input))
  }
  const update = (ref: ResolvedRef, patch: ContactWrite): FakeContact => store(applyWrite(locate(ref), patch))
  const remove = (ref: ResolvedRef): void => {
    api.contacts.delete(locate(ref).id)
  }
  const upsert = (input: ContactWrite, by: RefKey) => {
    const existing = [...api.contacts.values()].find((contact) => contact[by] === input[by])
    if (!existing) return { contact: create(input), outcome: 'created' as const }
    if (!diffContact(existing, input)) return { contact: existing, outcome: 'unchanged' as const }
    return { contact: store(applyWrite(existing, input)), outcome: 'updated' as const }
  }
  const each = <In, Out>(items: readonly In[], run: (item: In) => Out): AdapterItemResult<Out>[] =>
    answers(
      items.map((item) => {
        try {
          return { value: run(item) }
        } catch (error) {
          return { error }
        }
      }),
    )
  const page = (
    all: readonly FakeContact[],
    query: { readonly pageSize?: number | undefined; readonly cursor?: string | undefined },
  ): AdapterPage<FakeContact> => {
    const start = Number(query.cursor ?? 0)
    const end = start + (query.pageSize ?? pageSize)
    return {
      items: all.slice(start, end),
      nextCursor: end < all.length ? String(end) : undefined,
      total: capabilities.list?.total ? all.length : undefined,
    }
  }
  const matching = ({ where, orderBy }: Pick<AdapterListQuery, 'where' | 'orderBy'>): FakeContact[] => {
    const all = [...api.contacts.values()].filter(compileConditions(where))
    if (!orderBy) return all
    const sortKey = (contact: Contact): string => String(Reflect.get(contact, orderBy.field) ?? '')
    const sorted = all.sort((a, b) => sortKey(a).localeCompare(sortKey(b)))
    return orderBy.direction === 'desc' ? sorted.reverse() : sorted
  }
  const every: Partial<FakeAdapter<C>> = {
    async list(query, context) {
      await enter('list', context, query)
      const { items, ...rest } = page(matching(query), query)
      return { ...rest, items: context.mapRecords(items, toContact) }
    },
    async *stream(query, context) {
      await enter('stream', context, query)
      const all = matching(query).slice(Number(query.cursor ?? 0))
      for (let start = 0; start < all.length; start += pageSize) {
        yield context.mapRecords(all.slice(start, start + pageSize), toContact)
      }
    },
    async get(ref, context) {
      await enter('get', context, ref)
      return locate(ref)
    },
    async create(input, context) {
      await enter('create', context, input)
      return create(input)
    },
    async update(ref, patch, context) {
      await enter('update', context, ref, patch)
      return update(ref, patch)
    },
    async delete(ref, context) {
      await enter('delete', context, ref)
      remove(ref)
    },
    async upsert(input, by, context) {
      await enter('upsert', context, input, by)
      return upsert(input, by)
    },
    async search(text, query, context) {
      await enter('search', context, text, query)
      return page([...api.contacts.values()].filter(compileTextSearch(text)), query)
    },
    async count(where, context) {
      await enter('count', context, where)
      return matching({ where }).length
    },
    async createMany(inputs, options, context) {
      await enter('createMany', context, inputs, options)
      return each(inputs, create)
    },
    async updateMany(updates, options, context) {
      await enter('updateMany', context, updates, options)
      return each(updates, ({ ref, patch }) => update(ref, patch))
    },
    async upsertMany(inputs, by, options, context) {
      await enter('upsertMany', context, inputs, by, options)
      return each(inputs, (input) => upsert(input, by))
    },
    async deleteMany(refs, options, context) {
      await enter('deleteMany', context, refs, options)
      return each(refs, remove)
    },
  }
  const isNative = (method: string): boolean =>
    method === 'stream'
      ? capabilities.list?.streaming === true
      : Reflect.get(Reflect.get(capabilities, method) ?? {}, 'mode') === 'native'
  const methods: Partial<FakeAdapter<C>> = Object.fromEntries(
    Object.entries(every).filter(([method]) => isNative(method)),
  )
  return defineAdapter<C, FakeRecord, FakeVendorFields, FakeApi>({
    ...methods,
    specVersion: 1,
    provider: 'fake',
    capabilities,
    api,
  })
}
