import type { Adapter } from '../../adapter/adapter.ts'
import type { Capabilities } from '../../adapter/capabilities.ts'
import type { AdapterContext } from '../../adapter/context.ts'
import { defineAdapter } from '../../adapter/define-adapter.ts'
import type { AdapterPage } from '../../adapter/pages.ts'
import { ContactsError } from '../../errors.ts'
import type { ContactMethod } from '../../model/contact-method.ts'
import type { ContactMethodWrite } from '../../model/contact-method-input.ts'
import { ana } from './clients.ts'
import type { FakeCall } from './fake-adapter.ts'

/** A provider with every group. */
export const groupedCapabilities = {
  get: { mode: 'native', by: ['id', 'externalId'] },
  conversations: { list: 'native' },
  comments: { list: 'native', create: 'native', delete: 'native' },
  files: { list: 'native' },
  activities: { list: 'native' },
  avatar: { upload: 'native' },
  notifications: { list: 'native', markRead: 'native', dismiss: 'native', dismissAll: 'native' },
  contactMethods: {
    list: 'native',
    get: 'native',
    getByExternalId: 'native',
    getByMetadata: 'native',
    create: 'native',
    createMany: 'native',
    update: 'native',
    delete: 'native',
    getPrimary: 'native',
    setPrimary: 'native',
    sync: 'native',
  },
} as const satisfies Capabilities

export type GroupedAdapter = Adapter<typeof groupedCapabilities, unknown, never, FakeCall[]>

/** Makes an adapter whose groups answer in two pages and note what they were asked. */
export function groupedAdapter(before?: (call: FakeCall) => unknown): GroupedAdapter {
  const calls: FakeCall[] = []
  const enter = async (method: string, context: AdapterContext, ...args: unknown[]): Promise<void> => {
    const call: FakeCall = { method, args, context }
    calls.push(call)
    await before?.(call)
  }
  const pages = <Item>(item: (id: string) => Item, cursor: string | undefined): AdapterPage<Item> =>
    cursor === undefined
      ? { items: [item('1'), item('2')], nextCursor: 'more', total: 3, extra: { unread: 1 } }
      : { items: [item('3')] }
  const method = (id: string): ContactMethod => ({
    id,
    type: 'email',
    value: `${id}@example.com`,
    primary: false,
  })
  const made = (input: ContactMethodWrite): ContactMethod => ({ ...method(input.value), value: input.value })
  const record = (id: string) => ({ provider: 'fake', id, raw: null })
  return defineAdapter<typeof groupedCapabilities, unknown, never, FakeCall[]>({
    specVersion: 1,
    provider: 'fake',
    capabilities: groupedCapabilities,
    api: calls,
    async get(ref, context) {
      await enter('get', context, ref)
      if (ref.value === ana[ref.key]) return ana
      throw new ContactsError({ code: 'not_found', message: 'There is none.' })
    },
    conversations: {
      async list(contactId, query, context) {
        await enter('conversations.list', context, contactId, query)
        return pages((id) => ({ ...record(id), customFields: {} }), query.cursor)
      },
    },
    comments: {
      async list(contactId, query, context) {
        await enter('comments.list', context, contactId, query)
        return pages(record, query.cursor)
      },
      async create(contactId, input, context) {
        await enter('comments.create', context, contactId, input)
        return { ...record('1'), contactId, ...input }
      },
      delete: (contactId, id, context) => enter('comments.delete', context, contactId, id),
    },
    files: {
      async list(contactId, query, context) {
        await enter('files.list', context, contactId, query)
        return pages(record, query.cursor)
      },
    },
    activities: {
      async list(conversationId, query, context) {
        await enter('activities.list', context, conversationId, query)
        return pages(record, query.cursor)
      },
    },
    avatar: {
      async upload(source, context) {
        await enter('avatar.upload', context, source)
        return { url: 'https://example.com/a.png' }
      },
    },
    notifications: {
      async list(query, context) {
        await enter('notifications.list', context, query)
        return pages((id) => ({ ...record(id), read: false }), query.cursor)
      },
      markRead: (ids, context) => enter('notifications.markRead', context, ids),
      dismiss: (id, context) => enter('notifications.dismiss', context, id),
      dismissAll: (context) => enter('notifications.dismissAll', context),
    },
    contactMethods: {
      async list(contactId, query, context) {
        await enter('contactMethods.list', context, contactId, query)
        return pages(method, query.cursor)
      },
      async get(id, context) {
        await enter('contactMethods.get', context, id)
        return method(id)
      },
      async getByExternalId(externalId, context) {
        await enter('contactMethods.getByExternalId', context, externalId)
        return { ...method('m1'), externalId }
      },
      async getByMetadata(key, value, context) {
        await enter('contactMethods.getByMetadata', context, key, value)
        return { ...method('m1'), customFields: { [key]: value } }
      },
      async create(contactId, input, context) {
        await enter('contactMethods.create', context, contactId, input)
        return made(input)
      },
      async createMany(contactId, inputs, options, context) {
        await enter('contactMethods.createMany', context, contactId, inputs, options)
        return inputs.map((input) => ({ value: made(input) }))
      },
      async update(id, patch, context) {
        await enter('contactMethods.update', context, id, patch)
        return method(id)
      },
      delete: (id, context) => enter('contactMethods.delete', context, id),
      async getPrimary(contactId, type, context) {
        await enter('contactMethods.getPrimary', context, contactId, type)
        return type === 'fax' ? undefined : { ...method('m1'), type, primary: true }
      },
      async setPrimary(id, context) {
        await enter('contactMethods.setPrimary', context, id)
        return { ...method(id), primary: true }
      },
      async sync(contactId, methods, context) {
        await enter('contactMethods.sync', context, contactId, methods)
        return { created: methods.map(made), updated: [], deleted: ['m9'] }
      },
    },
  })
}
