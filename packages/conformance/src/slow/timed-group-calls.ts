import type { CallOptions, Contact, ContactMethod, ContactMethodInput } from '@anycontact/core'
import { fail } from '../assert.ts'
import type { Session } from '../session.ts'
import type { TimedCall } from './timed-call.ts'

type Call = (options: CallOptions) => PromiseLike<unknown>
type MakeCalls = (session: Session) => readonly TimedCall[]

/** The calls of the groups, by operation. */
export const timedGroupCalls: Readonly<Record<string, MakeCalls>> = {
  'conversations.list': ofContact('conversation', ({ client }, contact, options) =>
    client.conversations.list(contact, options),
  ),
  'comments.list': ofContact('comment', ({ client }, contact, options) =>
    client.comments.list(contact, options),
  ),
  'comments.create': write('comments.create', async (session) => {
    const contact = await session.make()
    return (options) => session.client.comments.create(contact, { text: 'Called back' }, options)
  }),
  'comments.delete': write('comments.delete', async (session) => {
    const contact = await session.make()
    const id = await session.add('comment', contact.id)
    return (options) => session.client.comments.delete(contact, id, options)
  }),
  'files.list': ofContact('file', ({ client }, contact, options) => client.files.list(contact, options)),
  'activities.list': read('activities.list', async (session) => {
    const contact = await session.make()
    const conversation = await session.add('conversation', contact.id)
    return (options) => session.client.activities.list(conversation, options)
  }),
  'avatar.upload': write('avatar.upload', async ({ client }) => {
    const data = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    return (options) => client.avatar.upload({ data, name: 'a.png', type: 'image/png' }, options)
  }),
  'notifications.list': read('notifications.list', async (session) => {
    await session.add('notification')
    return (options) => session.client.notifications.list(options)
  }),
  'notifications.markRead': write('notifications.markRead', async (session) => {
    const ids = [await session.add('notification'), await session.add('notification')]
    return (options) => session.client.notifications.markRead(ids, options)
  }),
  'notifications.dismiss': write('notifications.dismiss', async (session) => {
    const id = await session.add('notification')
    return (options) => session.client.notifications.dismiss(id, options)
  }),
  'notifications.dismissAll': write('notifications.dismissAll', async (session) => {
    await session.add('notification')
    return (options) => session.client.notifications.dismissAll(options)
  }),
  'contactMethods.list': read('contactMethods.list', async (session) => {
    const contact = await session.make()
    return (options) => session.client.contactMethods.list(contact, options)
  }),
  'contactMethods.get': ofMethod(false, 'get', ({ client }, { id }, options) =>
    client.contactMethods.get(id, options),
  ),
  'contactMethods.getByExternalId': ofMethod(
    false,
    'getByExternalId',
    ({ client }, { externalId = '' }, options) => client.contactMethods.getByExternalId(externalId, options),
  ),
  'contactMethods.getByMetadata': ofMethod(false, 'getByMetadata', ({ client }, { customFields }, options) =>
    client.contactMethods.getByMetadata('key', String(customFields?.key), options),
  ),
  'contactMethods.create': write('contactMethods.create', async (session) => {
    const contact = await session.make()
    const input = methodInput(session)
    return (options) => session.client.contactMethods.create(contact, input, options)
  }),
  'contactMethods.createMany': write('contactMethods.createMany', async (session) => {
    const contact = await session.make()
    const inputs = [methodInput(session)]
    return async (options) => {
      const { failed } = await session.client.contactMethods.createMany(contact, inputs, options)
      for (const { error } of failed) throw error
    }
  }),
  'contactMethods.update': ofMethod(true, 'update', (session, { id }, options) =>
    session.client.contactMethods.update(id, { label: 'changed', primary: true }, options),
  ),
  'contactMethods.delete': ofMethod(true, 'delete', ({ client }, { id }, options) =>
    client.contactMethods.delete(id, options),
  ),
  'contactMethods.getPrimary': read('contactMethods.getPrimary', async (session) => {
    const contact = await session.make()
    return (options) => session.client.contactMethods.getPrimary(contact, 'email', options)
  }),
  'contactMethods.setPrimary': ofMethod(true, 'setPrimary', ({ client }, { id }, options) =>
    client.contactMethods.setPrimary(id, options),
  ),
  'contactMethods.sync': write('contactMethods.sync', async (session) => {
    const contact = await session.make()
    const methods = [methodInput(session), methodInput(session)]
    return (options) => session.client.contactMethods.sync(contact, methods, options)
  }),
}

function read(what: string, prepare: (session: Session) => Promise<Call>): MakeCalls {
  return (session) => [{ what, isWrite: false, isScan: false, prepare: () => prepare(session) }]
}

function write(what: string, prepare: (session: Session) => Promise<Call>): MakeCalls {
  return (session) => [{ what, isWrite: true, isScan: false, prepare: () => prepare(session) }]
}

/** What lists something that belongs to a contact. */
function ofContact(
  kind: 'conversation' | 'comment' | 'file',
  call: (session: Session, contact: Contact, options: CallOptions) => PromiseLike<unknown>,
): MakeCalls {
  return read(`${kind}s.list`, async (session) => {
    const contact = await session.make()
    await session.add(kind, contact.id)
    return (options) => call(session, contact, options)
  })
}

/** What is about a contact method that is there. */
function ofMethod(
  isWrite: boolean,
  name: string,
  call: (
    session: Session,
    method: ContactMethod & { readonly id: string },
    options: CallOptions,
  ) => PromiseLike<unknown>,
): MakeCalls {
  return (isWrite ? write : read)(`contactMethods.${name}`, async (session) => {
    const method = await addMethod(session)
    const { id = fail('a contact method that was added has no id') } = method
    return (options) => call(session, { ...method, id }, options)
  })
}

async function addMethod(session: Session): Promise<ContactMethod> {
  const { getByExternalId, getByMetadata } = session.capabilities.contactMethods ?? {}
  const contact = await session.make()
  return session.client.contactMethods.create(contact, {
    ...methodInput(session),
    ...(getByExternalId && { externalId: session.samples.externalId(session.number()) }),
    ...(getByMetadata && { customFields: { key: session.samples.externalId(session.number()) } }),
  })
}

/** A further email; no other contact has it. */
function methodInput(session: Session): ContactMethodInput {
  return { type: 'email', value: session.samples.email(session.number()) }
}
