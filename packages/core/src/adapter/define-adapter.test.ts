import { describe, expect, it } from 'vitest'
import { nativeCapabilities, readOnlyCapabilities, scanCapabilities } from '../client/testing/capabilities.ts'
import { fakeAdapter } from '../client/testing/fake-adapter.ts'
import { groupedAdapter } from '../client/testing/grouped-adapter.ts'
import type { AnyAdapter } from './adapter.ts'
import type { Capabilities } from './capabilities.ts'
import { defineAdapter } from './define-adapter.ts'
import { findAdapterProblems } from './find-problems.ts'

const never = (): never => {
  throw new Error('It is not called.')
}

/** An adapter that has these methods, whether or not it declares them. */
function adapterWith(capabilities: Capabilities, methods: object = {}): AnyAdapter {
  return { specVersion: 1, provider: 'crm', api: undefined, capabilities, ...methods }
}

/** What is wrong with capabilities whose native operations all have a method. */
function problemsOf(capabilities: Capabilities): string[] {
  const methods: Record<string, unknown> = {}
  for (const [operation, declared] of Object.entries(capabilities)) {
    if (Reflect.get(declared, 'mode') === 'native' && operation !== 'find') methods[operation] = never
  }
  if (capabilities.list?.streaming) methods.stream = never
  return findAdapterProblems(adapterWith(capabilities, methods))
}

describe('defineAdapter', () => {
  it('gives the adapter back as it is', () => {
    const adapter = adapterWith({ get: { mode: 'native', by: ['id'] } }, { get: never })
    expect(defineAdapter(adapter)).toBe(adapter)
  })

  it('throws with everything that is wrong', () => {
    const adapter = adapterWith({
      get: { mode: 'native', by: ['id'] },
      delete: { mode: 'native', by: ['id'] },
    })
    expect(() => defineAdapter(adapter)).toThrow(
      expect.objectContaining({
        code: 'config',
        provider: 'crm',
        message:
          'The adapter crm does not keep the contract: get is declared native but has no method; delete is declared native but has no method.',
      }),
    )
  })
})

describe('findAdapterProblems', () => {
  it('finds none in adapters that keep the contract', () => {
    for (const adapter of [
      fakeAdapter(nativeCapabilities),
      fakeAdapter(scanCapabilities),
      fakeAdapter(readOnlyCapabilities),
      groupedAdapter(),
      adapterWith({}),
    ]) {
      expect(findAdapterProblems(adapter)).toEqual([])
    }
  })

  it.each(Object.keys(nativeCapabilities).filter((operation) => operation !== 'find'))(
    'wants a method for %s when it is native, and a declaration for the method',
    (operation) => {
      const whole = fakeAdapter(nativeCapabilities)
      const { [operation as 'get']: _method, ...without } = whole
      expect(findAdapterProblems(without)).toContain(`${operation} is declared native but has no method`)
      const { [operation as 'get']: _declared, ...capabilities } = nativeCapabilities
      expect(findAdapterProblems({ ...whole, capabilities })).toContain(
        `${operation} has a method but is not declared native`,
      )
    },
  )

  it.each(
    Object.entries(groupedAdapter().capabilities).flatMap(([group, methods]) =>
      group === 'get' ? [] : Object.keys(methods).map((method) => [group, method] as const),
    ),
  )('wants the same of the method %s.%s of a group', (group, method) => {
    const whole = groupedAdapter()
    const { [method]: _method, ...rest } = Reflect.get(whole, group)
    expect(findAdapterProblems({ ...whole, [group]: rest })).toEqual([
      `${group}.${method} is declared native but has no method`,
    ])
    const declared: object = Reflect.get(whole.capabilities, group)
    const { [method as never]: _declared, ...less } = declared
    const capabilities: Capabilities = { ...whole.capabilities, [group]: less }
    expect(findAdapterProblems({ ...whole, capabilities })).toEqual([
      `${group}.${method} has a method but is not declared native`,
    ])
  })

  it('takes the method of get for find', () => {
    const find = { mode: 'native', by: ['id'] } as const
    expect(findAdapterProblems(adapterWith({ get: find, find }, { get: never }))).toEqual([])
    expect(findAdapterProblems(adapterWith({ find }))).toContain(
      'find is declared native but get has no method',
    )
  })

  it('wants an identity', () => {
    expect(findAdapterProblems({ ...adapterWith({}), specVersion: 2 as 1 })).toEqual([
      'specVersion must be 1',
    ])
    for (const provider of ['', 'Cr M', 'CRM', 'crm.com', '1crm', undefined as unknown as string]) {
      expect(findAdapterProblems({ ...adapterWith({}), provider })).toEqual([
        'provider must be a short name in lower case, with digits and hyphens',
      ])
    }
    expect(findAdapterProblems({ ...adapterWith({}), provider: 'channel-inbox-2' })).toEqual([])
  })

  it('wants the stream where streaming is declared, and nowhere else', () => {
    const { list } = scanCapabilities
    const message = 'list.streaming and the stream method go together'
    const streaming = { list: { ...list, streaming: true } }
    expect(findAdapterProblems(adapterWith(streaming, { list: never, stream: never }))).toEqual([])
    expect(findAdapterProblems(adapterWith(streaming, { list: never }))).toEqual([message])
    expect(findAdapterProblems(adapterWith({ list }, { list: never, stream: never }))).toEqual([message])
  })

  it.each(['list', 'create', 'update', 'delete'] as const)('knows that nothing emulates %s', (operation) => {
    const declared = { ...scanCapabilities[operation], mode: 'emulated' }
    const capabilities: Capabilities = { ...scanCapabilities, [operation]: declared }
    expect(problemsOf(capabilities)).toEqual([
      `${operation} is declared emulated, but there is no emulation of it`,
    ])
  })

  it('knows that nothing emulates the methods of a group', () => {
    expect(problemsOf({ notifications: { dismissAll: 'emulated' } })).toEqual([
      'notifications.dismissAll is declared emulated, but there is no emulation of it',
    ])
  })

  it('wants numbers that count', () => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const { list, createMany, updateMany, upsertMany, deleteMany } = nativeCapabilities
      const capabilities: Capabilities = {
        ...nativeCapabilities,
        list: { ...list, maxPageSize: value },
        createMany: { ...createMany, maxItems: value },
        updateMany: { ...updateMany, maxItems: value },
        upsertMany: { ...upsertMany, maxItems: value },
        deleteMany: { ...deleteMany, maxItems: value },
      }
      expect(problemsOf(capabilities)).toEqual(
        [
          'list.maxPageSize',
          'createMany.maxItems',
          'updateMany.maxItems',
          'upsertMany.maxItems',
          'deleteMany.maxItems',
        ].map((name) => `${name} must be a whole number of 1 or more`),
      )
    }
  })

  it.each<[keyof Capabilities, keyof Capabilities]>([
    ['count', 'list'],
    ['search', 'list'],
    ['upsert', 'create'],
    ['upsert', 'update'],
    ['createMany', 'create'],
    ['updateMany', 'update'],
    ['upsertMany', 'upsert'],
    ['deleteMany', 'delete'],
  ])('knows that %s is made of %s', (operation, other) => {
    const { [other as 'list']: _left, ...rest } = scanCapabilities
    expect(problemsOf(rest)).toContain(`${operation} needs ${other}, which is not declared`)
  })

  it('knows that what is native needs no more than it does', () => {
    const { search, upsert, delete: remove } = nativeCapabilities
    expect(problemsOf({ search, upsert, delete: remove })).toEqual([])
    const scanning: Capabilities = { upsert: { ...upsert, by: ['id'], scan: ['email'] } }
    expect(problemsOf(scanning)).toEqual([
      'upsert needs create, which is not declared',
      'upsert needs update, which is not declared',
      'upsert needs list, which is not declared, to scan',
    ])
  })

  it('knows what lookups are made of', () => {
    const { list, get } = scanCapabilities
    expect(problemsOf({ get })).toEqual(['get needs list, which is not declared, to scan'])
    expect(problemsOf({ list, get: { mode: 'native', by: ['id', 'email'], scan: ['email'] } })).toEqual([
      'get has email in both by and scan',
    ])
    expect(problemsOf({ list, get: { mode: 'emulated', by: ['email'], scan: ['phone'] } })).toEqual([
      'get is declared emulated, which it is by a scan alone, but has email in by',
    ])
    expect(problemsOf({ list, get: { mode: 'emulated', by: [], scan: ['phone'] } })).toEqual([])
    expect(problemsOf({ list, get, find: { mode: 'native', by: ['id', 'email'] } })).toEqual([
      'find has email in by, which get has not',
    ])
  })

  it('knows what an upsert is made of', () => {
    const { upsert, create, update } = scanCapabilities
    const upsertWith = (change: Partial<NonNullable<Capabilities['upsert']>>): string[] => {
      const { upsertMany: _left, ...rest } = scanCapabilities
      return problemsOf({ ...rest, upsert: { ...upsert, ...change } })
    }
    expect(upsertWith({ scan: ['externalId', 'id'] })).toEqual(['upsert goes by id, which its fields lack'])
    expect(upsertWith({ by: ['email'], scan: [] })).toEqual(['upsert goes by email, which get has not in by'])
    expect(upsertWith({ fields: [...create.fields, 'note'] })).toEqual([
      'upsert takes note, which create does not',
      'upsert takes note, which update does not',
    ])
    expect(upsertWith({ by: ['id'], fields: ['id', ...update.fields] })).toEqual([
      'upsert takes id, which create does not',
    ])
    const { upsertMany: _left, ...rest } = scanCapabilities
    expect(problemsOf({ ...rest, list: { ...rest.list, complete: false } })).toEqual([
      'upsert cannot scan a list that is not complete',
    ])
  })

  it('knows what is of no use to a write', () => {
    const create = { mode: 'native', fields: ['name'], slots: ['phone'] } as const
    expect(problemsOf({ create })).toEqual(['create has slots, but not contactMethods in its fields'])
    const plain = { mode: 'native', fields: ['name'] } as const
    expect(problemsOf({ create: plain, customFields: { plan: 'text' } })).toEqual([
      'custom fields are declared, but create has not customFields in its fields',
    ])
    const upsert = { mode: 'emulated', by: ['email'], fields: ['email'], outcome: 'stored' } as const
    expect(problemsOf({ upsert })).toContain(
      "upsert has the outcome 'stored', which only a native one can need",
    )
    const adapter = adapterWith({ create: plain }, { create: never, writesAnswer: 'id' })
    expect(findAdapterProblems(adapter)).toEqual([
      "writesAnswer is 'id', but get has not id in by, so that nothing could be read back",
    ])
  })
})
