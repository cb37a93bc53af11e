import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import type { nativeCapabilities } from './testing/capabilities.ts'
import { nativeClient, scanningClient } from './testing/clients.ts'
import { failureOf } from './testing/failure.ts'
import type { FakeCall } from './testing/fake-adapter.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'
import type { ContactsWith } from './types.ts'

failOnUnhandledRejections()

type Options = { readonly signal: AbortSignal }
type ContactOperation = keyof typeof nativeCapabilities
type Run = (options: Options) => unknown

function contactRuns(before: (call: FakeCall) => void): {
  readonly runs: Record<string, Run>
  calls(): number
} {
  const native = nativeClient({ before })
  const scanning = scanningClient({ before })
  const items = [{ externalId: 'user-1', name: 'A' }]
  const clients: Record<string, ContactsWith<ContactOperation>> = {
    native: native.contacts,
    scanning: scanning.contacts,
  }
  const runs: Record<string, Run> = {}
  for (const [name, contacts] of Object.entries(clients)) {
    runs[`${name} list`] = (options) => contacts.list(options)
    runs[`${name} list, iterated`] = (options) => contacts.list(options).toArray()
    runs[`${name} list, by page`] = (options) => contacts.list(options).pages().next()
    runs[`${name} get`] = (options) => contacts.get('c1', options)
    runs[`${name} get by a key`] = (options) =>
      contacts.get({ externalId: 'user-1' }, { ...options, scan: true })
    runs[`${name} find`] = (options) => contacts.find('c1', options)
    runs[`${name} find by a key`] = (options) =>
      contacts.find({ externalId: 'user-1' }, { ...options, scan: true })
    runs[`${name} create`] = (options) => contacts.create({ name: 'A' }, options)
    runs[`${name} update`] = (options) => contacts.update('c1', { name: 'A' }, options)
    runs[`${name} update of nothing`] = (options) => contacts.update('c1', {}, options)
    runs[`${name} delete`] = (options) => contacts.delete('c1', options)
    runs[`${name} upsert`] = (options) =>
      contacts.upsert({ externalId: 'user-1', name: 'A' }, { by: 'externalId', scan: true, ...options })
    runs[`${name} search`] = (options) => contacts.search('ana', options)
    runs[`${name} count`] = (options) => contacts.count(options)
    runs[`${name} createMany`] = (options) => contacts.createMany(items, options)
    runs[`${name} updateMany`] = (options) =>
      contacts.updateMany([{ ref: 'c1', patch: { name: 'A' } }], options)
    runs[`${name} upsertMany`] = (options) =>
      contacts.upsertMany(items, { by: 'externalId', scan: true, ...options })
    runs[`${name} deleteMany`] = (options) => contacts.deleteMany(['c1'], options)
  }
  return { runs, calls: () => native.calls.length + scanning.calls.length }
}

function groupRuns(before: (call: FakeCall) => void): {
  readonly runs: Record<string, Run>
  calls(): number
} {
  const { api: calls, ...adapter } = groupedAdapter(before)
  const contacts = createContacts({ ...adapter, api: calls })
  const { notifications, contactMethods: group } = contacts
  const input = { type: 'other', value: 'x' } as const
  return {
    calls: () => calls.length,
    runs: {
      'conversations.list': (options) => contacts.conversations.list('c1', options),
      'conversations.list by a key': (options) =>
        contacts.conversations.list({ externalId: 'user-1' }, options),
      'comments.list': (options) => contacts.comments.list('c1', options),
      'comments.create': (options) => contacts.comments.create('c1', { text: 'x' }, options),
      'comments.delete': (options) => contacts.comments.delete('c1', 'k1', options),
      'files.list': (options) => contacts.files.list('c1', options).toArray(),
      'activities.list': (options) => contacts.activities.list('k1', options),
      'avatar.upload': (options) => contacts.avatar.upload({ data: new Blob([]) }, options),
      'notifications.list': (options) => notifications.list(options),
      'notifications.markRead': (options) => notifications.markRead(['n1'], options),
      'notifications.dismiss': (options) => notifications.dismiss('n1', options),
      'notifications.dismissAll': (options) => notifications.dismissAll(options),
      'contactMethods.list': (options) => group.list('c1', options),
      'contactMethods.get': (options) => group.get('m1', options),
      'contactMethods.getByExternalId': (options) => group.getByExternalId('x', options),
      'contactMethods.getByMetadata': (options) => group.getByMetadata('a', 'b', options),
      'contactMethods.create': (options) => group.create({ externalId: 'user-1' }, input, options),
      'contactMethods.createMany': (options) => group.createMany('c1', [input], options),
      'contactMethods.update': (options) => group.update('m1', {}, options),
      'contactMethods.delete': (options) => group.delete('m1', options),
      'contactMethods.getPrimary': (options) => group.getPrimary('c1', 'email', options),
      'contactMethods.setPrimary': (options) => group.setPrimary('m1', options),
      'contactMethods.sync': (options) => group.sync('c1', [], options),
    },
  }
}

const reasons: Record<string, unknown> = {
  'an object': { why: 'left' },
  text: 'left',
  // Neither named nor copied: also an error of ours is the caller's own when it is the reason.
  'an error of ours': new ContactsError({ code: 'not_found', message: 'The user left.' }),
  'the platform’s own': AbortSignal.abort().reason,
}

describe.each([
  ['contacts', contactRuns],
  ['groups', groupRuns],
] as const)('an abort, in operations on %s', (_name, runsOf) => {
  const names = Object.keys(runsOf(() => undefined).runs)

  it.each(names)('before the call is thrown as it is, and nothing is sent: %s', async (name) => {
    for (const reason of Object.values(reasons)) {
      const { runs, calls } = runsOf(() => undefined)
      expect(await failureOf(() => runs[name]?.({ signal: AbortSignal.abort(reason) }))).toBe(reason)
      expect(calls()).toBe(0)
    }
  })

  it.each(names)('during the call is thrown as it is: %s', async (name) => {
    for (const reason of Object.values(reasons)) {
      const controller = new AbortController()
      const { runs, calls } = runsOf(({ context }) => {
        controller.abort(reason)
        // What a request would do.
        context.call.signal.throwIfAborted()
      })
      expect(await failureOf(() => runs[name]?.({ signal: controller.signal }))).toBe(reason)
      expect(calls()).toBe(1)
    }
  })
})
