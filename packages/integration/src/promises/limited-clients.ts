import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type {
  BatchOptions,
  BatchRun,
  CallOptions,
  Contact,
  ContactsWith,
  FetchFunction,
  HttpOptions,
  Pager,
} from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'

/** How a client is made. */
export interface Given extends Omit<HttpOptions, 'fetch'> {
  /** How many people the vendor knows already. @default 0 */
  readonly people?: number
  /** Stands between the client and the emulated vendor. */
  readonly between?: (vendor: FetchFunction) => FetchFunction
  /** Gives the credential. @default the one that is accepted */
  readonly credential?: (accepted: string) => string | Promise<string>
}

type Batch = (count: number, options?: Omit<BatchOptions, 'atomic'>) => BatchRun<object>
type Read = (options?: CallOptions) => Promise<unknown>

/** A client, and what can be done with it in the same words at every vendor. */
export interface Client {
  /** The batches that the client has, with so many items. Those that name people name the ones that are there. */
  readonly batches: Readonly<Record<string, Batch>>
  readonly list: (options?: CallOptions & { readonly pageSize?: number }) => Pager<Contact>
  /** The requests of one person each, and what asks for many things in one call. */
  readonly reads: Readonly<Record<string, Read>>
  readonly copyTo?: ContactsWith<'upsertMany'>
}

/** How the client of a vendor is made. */
export type Connect = (given?: Given) => Client

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const count = <Item>(length: number, make: (n: number) => Item): Item[] =>
  Array.from({ length }, (_, n) => make(n))
const named = (n: number) => ({ name: `New ${n}`, externalId: `new-${n}` })

/** The vendors by name, with how a client is connected to an emulated one. */
export const vendors: Readonly<Record<string, Connect>> = {
  chatbotkit(given = {}) {
    const vendor = emulator(given).chatbotkit
    const ids = vendor.seed(count(given.people ?? 0, (n) => ({ name: `P ${n}` }))).map(({ id }) => id)
    const contacts = chatbotkit({ ...options(given, vendor.fetch), secret: secret(given, CHATBOTKIT_SECRET) })
    return {
      batches: {
        createMany: (length, call) => contacts.createMany(count(length, named), call),
        updateMany: (length, call) => contacts.updateMany(changes(ids, length), call),
        upsertMany: (length, call) =>
          contacts.upsertMany(count(length, named), { ...call, by: 'externalId' }),
        'upsertMany by email': (length, call) => {
          const items = count(length, (n) => ({ name: `New ${n}`, email: `new${n}@example.com` }))
          return contacts.upsertMany(items, { ...call, by: 'email', scan: true })
        },
        deleteMany: (length, call) => contacts.deleteMany(ids.slice(0, length), call),
      },
      list: (query) => contacts.list({ ...query, orderBy: { field: 'createdAt' } }),
      reads: {
        get: (call) => contacts.get(ids[0] ?? '', call),
        find: (call) => contacts.find(ids[0] ?? '', call),
        update: (call) => contacts.update(ids[0] ?? '', { note: 'x' }, call),
        upsert: (call) => contacts.upsert(named(0), { ...call, by: 'externalId' }),
        count: (call) => contacts.count(call),
        search: async (call) => contacts.search('P', call),
        'conversations.list': async (call) => contacts.conversations.list(ids[0] ?? '', call),
      },
      copyTo: contacts,
    }
  },
  cognipeer(given = {}) {
    const vendor = emulator(given).cognipeer
    const seeds = count(given.people ?? 0, (n) => ({ name: `P ${n}`, integrationId: `p-${n}` }))
    const ids = vendor.seed(seeds).map(({ _id }) => _id)
    const contacts = cognipeer({
      ...options(given, vendor.fetch),
      token: secret(given, COGNIPEER_TOKEN),
      hookId: COGNIPEER_HOOK_ID,
    })
    return {
      batches: {
        createMany: (length, call) => contacts.createMany(count(length, named), call),
        updateMany: (length, call) => contacts.updateMany(changes(ids, length), call),
        upsertMany: (length, call) =>
          contacts.upsertMany(count(length, named), { ...call, by: 'externalId' }),
      },
      list: (query) => contacts.list(query),
      reads: {
        get: (call) => contacts.get(ids[0] ?? '', call),
        find: (call) => contacts.find({ externalId: 'nobody' }, call),
        update: (call) => contacts.update(ids[0] ?? '', { status: 'x' }, call),
        upsert: (call) => contacts.upsert(named(0), { ...call, by: 'externalId' }),
        count: (call) => contacts.count(call),
        search: async (call) => contacts.search('P', call),
        'list of 60 ids': (call) => contacts.list({ ...call, where: { id: { in: ids } } }).toArray(),
      },
      copyTo: contacts,
    }
  },
  'channel-inbox'(given = {}) {
    const vendor = emulator(given).channelInbox
    const seeds = count(given.people ?? 0, (n) => ({ display_name: `P ${n}`, email: `p${n}@example.com` }))
    const ids = vendor.seed(seeds).map(({ id }) => id)
    const notes = vendor.seedNotifications(count(given.people ?? 0, (n) => ({ title: `N ${n}` })))
    const noteIds = notes.map(({ id }) => id)
    const contacts = channelInbox({
      ...options(given, vendor.fetch),
      apiKey: secret(given, CHANNEL_INBOX_API_KEY),
    })
    return {
      batches: {
        updateMany: (length, call) => contacts.updateMany(changes(ids, length), call),
        'updateMany by email': (length, call) => {
          const items = count(length, (n) => ({
            ref: { email: `p${n}@example.com` },
            patch: { name: `Q ${n}` },
          }))
          return contacts.updateMany(items, { ...call, scan: true })
        },
      },
      list: (query) => contacts.list(query),
      reads: {
        get: (call) => contacts.get(ids[0] ?? '', call),
        find: (call) => contacts.find(ids[0] ?? '', call),
        update: (call) => contacts.update(ids[0] ?? '', { name: 'x' }, call),
        count: (call) => contacts.count(call),
        search: async (call) => contacts.search('P', call),
        'notifications.list': async (call) => contacts.notifications.list(call),
        'notifications.markRead of 60 ids': (call) => contacts.notifications.markRead(noteIds, call),
      },
    }
  },
  'contact-methods'(given = {}) {
    const vendor = emulator(given).contactMethods
    const ids = count(given.people ?? 0, (n) => uuid(n + 1))
    vendor.seed(ids.map((clientId, n) => ({ clientId, type: 'email', value: `p${n}@example.com` })))
    const contacts = contactMethods({
      ...options(given, vendor.fetch),
      apiKey: secret(given, CONTACT_METHODS_API_KEY),
      environment: 'test',
    })
    const client = (n: number) => ({ id: uuid(n + 5_000), email: `new${n}@example.com` })
    return {
      batches: {
        createMany: (length, call) => contacts.createMany(count(length, client), call),
        updateMany: (length, call) =>
          contacts.updateMany(
            ids.slice(0, length).map((ref, n) => ({ ref, patch: { phone: `+52 55 ${1000 + n}` } })),
            call,
          ),
        upsertMany: (length, call) => contacts.upsertMany(count(length, client), { ...call, by: 'id' }),
        deleteMany: (length, call) => contacts.deleteMany(ids.slice(0, length), call),
        'contactMethods.createMany': (length, call) =>
          contacts.contactMethods.createMany(
            ids[0] ?? '',
            count(length, (n) => ({ type: 'email' as const, value: `m${n}@example.com` })),
            call,
          ),
      },
      list: (query) => contacts.list(query),
      reads: {
        get: (call) => contacts.get(ids[0] ?? '', call),
        find: (call) => contacts.find(ids[0] ?? '', call),
        update: (call) => contacts.update(ids[0] ?? '', { phone: '+52 55 1' }, call),
        upsert: (call) => contacts.upsert(client(0), { ...call, by: 'id' }),
        count: (call) => contacts.count(call),
        search: async (call) => contacts.search('p0', call),
        'list of 60 ids': (call) => contacts.list({ ...call, where: { id: { in: ids } } }).toArray(),
        'contactMethods.list': async (call) => contacts.contactMethods.list(ids[0] ?? '', call),
      },
      copyTo: contacts,
    }
  },
}

/** Every batch of every vendor. */
export const batches: readonly (readonly [vendor: string, batch: string, connect: Connect])[] =
  Object.entries(vendors).flatMap(([vendor, connect]) =>
    Object.keys(connect().batches).map((batch) => [vendor, batch, connect] as const),
  )

function emulator({ clock }: Given): ReturnType<typeof createEmulator> {
  return createEmulator({ seed: 1, ...(clock && { now: clock.now }) })
}

function options({ people, between, credential, ...rest }: Given, fetch: FetchFunction): HttpOptions {
  return { random: () => 0.5, ...rest, fetch: between ? between(fetch) : fetch }
}

function secret({ credential }: Given, accepted: string): string | (() => string | Promise<string>) {
  return credential ? () => credential(accepted) : accepted
}

function changes(ids: readonly string[], length: number): { ref: string; patch: { name: string } }[] {
  return ids.slice(0, length).map((ref, n) => ({ ref, patch: { name: `Q ${n}` } }))
}
