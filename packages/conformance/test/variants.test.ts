import type { Capabilities } from '@anycontact/core'
import { type Contact, ContactsError } from '@anycontact/core'
import type { ContactWrite, ResolvedRef } from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { type Mutation, runSuite } from './run-suite.ts'
import { TINY_CAPABILITIES, type TinyAdapter } from './tiny-adapter.ts'
import { type TinyRecord, type TinyStore, toContact } from './tiny-store.ts'

const { list, create, update, upsert } = TINY_CAPABILITIES
const seed = (store: TinyStore) => ({
  fields: create.fields,
  add: (inputs: readonly ContactWrite[]) => inputs.map((input) => toContact(store.insert(input)).id),
})

/** The tiny adapter with other capabilities, and only the methods that these name. */
function only(honest: TinyAdapter, capabilities: Capabilities): TinyAdapter {
  const methods = Object.entries(capabilities).filter(
    ([, declared]) => !('mode' in declared) || declared.mode === 'native',
  )
  const members = Object.fromEntries(methods.map(([name]) => [name, Reflect.get(honest, name)]))
  return { specVersion: 1, provider: 'tiny', api: honest.api, capabilities, ...members }
}

const VARIANTS: readonly (readonly [name: string, mutation: Mutation])[] = [
  [
    'a listing and nothing else',
    {
      seed,
      adapter: (honest) =>
        only(honest, {
          list: { ...list, where: {}, orderBy: [] },
          count: { mode: 'emulated' },
          search: { mode: 'emulated' },
        }),
    },
  ],
  [
    'an inbox whose contacts others make, with offsets for cursors',
    {
      seed,
      adapter: (honest) => ({
        ...only(honest, {
          list: { ...list, pagination: 'offset', where: {}, orderBy: [] },
          get: { mode: 'native', by: ['id'], scan: ['email', 'phone'] },
          find: { mode: 'native', by: ['id'], scan: ['email', 'phone'] },
          update: { mode: 'native', by: ['id'], fields: ['name', 'email', 'phone', 'note'] },
          updateMany: { mode: 'emulated' },
          search: { mode: 'native' },
          count: { mode: 'emulated' },
          conversations: { list: 'native' },
        }),
        list: async ({ cursor = '0', pageSize = 3 }) => {
          const contacts = honest.api.records.map(toContact)
          const end = Number(cursor) + pageSize
          const more = end < contacts.length && { nextCursor: String(end) }
          return { items: contacts.slice(Number(cursor), end), total: contacts.length, ...more }
        },
      }),
    },
  ],
  [
    'contacts known by their keys alone, which cannot be deleted',
    {
      adapter: (honest) =>
        only(honest, {
          list,
          get: { mode: 'native', by: ['externalId'], scan: ['id', 'email', 'phone'] },
          find: { mode: 'native', by: ['externalId'], scan: ['id', 'email', 'phone'] },
          create,
          update: { ...update, by: ['externalId'], scan: ['id', 'phone'] },
          upsert: { mode: 'emulated', by: ['externalId'], scan: ['email', 'phone'], fields: upsert.fields },
          createMany: { mode: 'emulated' },
          updateMany: { mode: 'emulated' },
          upsertMany: { mode: 'emulated' },
          search: { mode: 'emulated' },
          count: { mode: 'emulated' },
        }),
    },
  ],
  [
    'contacts whose ids the caller gives, upserted by nothing else',
    {
      adapter: (honest) => withGivenIds(honest),
      differences: { required: ['id'], sample: { id: (n) => `given-${n}` } },
    },
  ],
  [
    'a provider with a will of its own',
    {
      adapter: ({ createMany: _createMany, ...honest }, store) => ({
        ...honest,
        canonical: (field, value) => String(ownWay({ [field]: value })[field] ?? value),
        create: (input, context) => {
          if (input.email === undefined)
            throw new ContactsError({ code: 'invalid_input', message: 'An email is needed.' })
          return (
            honest.create?.({ externalId: `made-${store.now()}`, ...ownWay(input) }, context) ??
            Promise.reject()
          )
        },
        capabilities: { ...honest.capabilities, createMany: { mode: 'emulated' } },
        update: (ref, patch, context) => {
          if (patch.email === null || patch.externalId === null || patch.note === null) {
            throw new ContactsError({ code: 'unsupported_field', message: 'That cannot be cleared.' })
          }
          return honest.update?.(ref, ownWay(patch), context) ?? Promise.reject()
        },
        upsert: (input, by, context) => honest.upsert?.(ownWay(input), by, context) ?? Promise.reject(),
      }),
      differences: {
        required: ['email'],
        permanent: ['externalId', 'note'],
        generated: ['externalId'],
        normalize: {
          email: (written) => written.toLowerCase(),
          phone: (written) => written.replace(/[^\d+]/g, ''),
        },
        sample: { email: (n) => `N${n}@Example.com`, phone: (n) => `+1 (415) ${2_000_000 + n}` },
      },
    },
  ],
]

/** The tiny adapter with its keys for ids. */
function withGivenIds(honest: TinyAdapter): TinyAdapter {
  const fields = ['id', 'name', 'email', 'note'] as const
  const byId = { mode: 'native', by: ['id'] } as const
  const toGiven = ({ externalId, ...contact }: Contact<TinyRecord>): Contact<TinyRecord> => ({
    ...contact,
    id: externalId ?? contact.id,
  })
  const toTiny = ({ id, ...write }: ContactWrite): ContactWrite => ({
    ...write,
    ...(id !== undefined && { externalId: id }),
  })
  const keyOf = ({ value }: ResolvedRef): ResolvedRef => ({ key: 'externalId', value })
  const { list: read, get, create: make, update: change, delete: remove } = honest
  if (!read || !get || !make || !change || !remove) throw new Error('The tiny adapter has all of these.')
  return {
    ...only(honest, {
      list: { ...list, where: {}, orderBy: [] },
      get: byId,
      find: byId,
      create: { mode: 'native', fields },
      update: { ...byId, fields: ['name', 'email', 'note'] },
      delete: byId,
      upsert: { mode: 'emulated', by: ['id'], fields },
      search: { mode: 'emulated' },
      count: { mode: 'emulated' },
      createMany: { mode: 'emulated' },
      updateMany: { mode: 'emulated' },
      upsertMany: { mode: 'emulated' },
      deleteMany: { mode: 'emulated' },
    }),
    list: async (query, context) => {
      const { items, ...rest } = await read(query, context)
      return { ...rest, items: items.map(toGiven) }
    },
    get: async (ref, context) => toGiven(await get(keyOf(ref), context)),
    create: async (input, context) => toGiven(await make(toTiny(input), context)),
    update: async (ref, patch, context) => toGiven(await change(keyOf(ref), patch, context)),
    delete: (ref, context) => remove(keyOf(ref), context),
  }
}

function ownWay(write: ContactWrite): ContactWrite {
  return {
    ...write,
    ...(typeof write.email === 'string' && { email: write.email.toLowerCase() }),
    ...(typeof write.phone === 'string' && { phone: write.phone.replace(/[^\d+]/g, '') }),
  }
}

describe('adapters of other kinds pass', () => {
  test.each(VARIANTS)('%s', async (_name, mutation) => {
    expect((await runSuite(/./, mutation)).failures).toEqual([])
  })

  test('and differences that are not told are found', async () => {
    const [, mutation] = VARIANTS.at(-1) ?? []
    const { failures } = await runSuite(/./, { ...mutation, differences: {} })
    const names = failures.map(({ name }) => name)
    for (const name of [
      'create stores name',
      'update writes, leaves and clears note',
      'create takes null and undefined for absent',
    ]) {
      expect(names).toContain(name)
    }
  })

  test('and without a way to make contacts the suite says what it needs', async () => {
    const [, mutation] = VARIANTS[0] ?? []
    const { seed: _seed, ...rest } = mutation ?? {}
    const { failures } = await runSuite(/list reaches every contact/, rest)
    expect(failures[0]?.message).toContain('must have `seed`')
  })

  test('and without a fixture for a group the suite says what it needs', async () => {
    const { failures } = await runSuite(/notifications\.dismiss removes/, { fixtures: {} })
    expect(failures[0]?.message).toContain('fixtures.notification')
  })
})
