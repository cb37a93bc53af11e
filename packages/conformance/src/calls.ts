import type { Capabilities, Contacts, OperationName } from '@anycontact/core'
import type { Adapter, OPERATIONS } from '@anycontact/core/adapter-kit'

/** The capabilities of a provider that can do everything. */
type EveryCapability = {
  readonly [Op in OperationName]-?: (typeof OPERATIONS)[Op] extends readonly []
    ? NonNullable<Capabilities[Op]> & (Op extends `${string}Many` ? { readonly atomic: true } : unknown)
    : Required<NonNullable<Capabilities[Op]>>
}

/** A client as JavaScript sees it: every operation is there, and those that are not declared refuse. */
export type AnyClient = Contacts<Adapter<EveryCapability, unknown, unknown, unknown>>

/**
 * Calls an operation with arguments that would do if it were there.
 *
 * @param name - an operation, or a group and its method, for example `avatar.upload`
 */
export function callOperation(client: AnyClient, name: string): unknown {
  const call = CALLS[name]
  if (!call) throw new TypeError(`The suite does not know ${name}.`)
  return call(client)
}

/** Every operation, with plausible arguments. */
export const CALLS: Readonly<Record<string, (client: AnyClient, signal?: AbortSignal) => unknown>> = {
  list: (client, signal) => client.list({ signal }),
  get: (client, signal) => client.get({ id: 'x' }, { signal }),
  find: (client, signal) => client.find({ id: 'x' }, { signal }),
  create: (client, signal) => client.create({}, { signal }),
  update: (client, signal) => client.update({ id: 'x' }, {}, { signal }),
  delete: (client, signal) => client.delete({ id: 'x' }, { signal }),
  upsert: (client, signal) => client.upsert({ externalId: 'x' }, { by: 'externalId', signal }),
  search: (client, signal) => client.search('x', { signal }),
  count: (client, signal) => client.count({ signal }),
  createMany: (client, signal) => client.createMany([], { signal }),
  updateMany: (client, signal) => client.updateMany([], { signal }),
  upsertMany: (client, signal) => client.upsertMany([], { by: 'externalId', signal }),
  deleteMany: (client, signal) => client.deleteMany([], { signal }),
  'conversations.list': (client, signal) => client.conversations.list('x', { signal }),
  'comments.list': (client, signal) => client.comments.list('x', { signal }),
  'comments.create': (client, signal) => client.comments.create('x', { text: 'x' }, { signal }),
  'comments.delete': (client, signal) => client.comments.delete('x', 'x', { signal }),
  'files.list': (client, signal) => client.files.list('x', { signal }),
  'activities.list': (client, signal) => client.activities.list('x', { signal }),
  'avatar.upload': (client, signal) => client.avatar.upload({ data: new Blob(['x']) }, { signal }),
  'notifications.list': (client, signal) => client.notifications.list({ signal }),
  'notifications.markRead': (client, signal) => client.notifications.markRead(['x'], { signal }),
  'notifications.dismiss': (client, signal) => client.notifications.dismiss('x', { signal }),
  'notifications.dismissAll': (client, signal) => client.notifications.dismissAll({ signal }),
  'contactMethods.list': (client, signal) => client.contactMethods.list('x', { signal }),
  'contactMethods.get': (client, signal) => client.contactMethods.get('x', { signal }),
  'contactMethods.getByExternalId': (client, signal) =>
    client.contactMethods.getByExternalId('x', { signal }),
  'contactMethods.getByMetadata': (client, signal) =>
    client.contactMethods.getByMetadata('x', 'x', { signal }),
  'contactMethods.create': (client, signal) =>
    client.contactMethods.create('x', { type: 'other', value: 'x' }, { signal }),
  'contactMethods.createMany': (client, signal) =>
    client.contactMethods.createMany('x', [{ type: 'other', value: 'x' }], { signal }),
  'contactMethods.update': (client, signal) => client.contactMethods.update('x', { label: 'x' }, { signal }),
  'contactMethods.delete': (client, signal) => client.contactMethods.delete('x', { signal }),
  'contactMethods.getPrimary': (client, signal) => client.contactMethods.getPrimary('x', 'email', { signal }),
  'contactMethods.setPrimary': (client, signal) => client.contactMethods.setPrimary('x', { signal }),
  'contactMethods.sync': (client, signal) => client.contactMethods.sync('x', [], { signal }),
  request: (client, signal) => client.request({ path: '/x' }, { signal }),
}
