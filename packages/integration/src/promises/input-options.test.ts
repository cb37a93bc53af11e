import { ContactsError, copyContacts, exportCsv } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import {
  call,
  failureOf,
  type LooseClient,
  looseClient,
  pathsOf,
  providerNames,
  providers,
  supports,
} from './loose-clients.ts'

const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'
const METHOD = { type: 'email', value: 'ana@example.com' }

/** A good call of each operation, without its options. */
const calls: readonly (readonly [operation: string, args: readonly unknown[], options?: object])[] = [
  ['list', []],
  ['explain', []],
  ['count', []],
  ['search', ['ana']],
  ['get', [ID]],
  ['find', [ID]],
  ['create', [{ email: 'ana@example.com' }]],
  ['update', [ID, { email: 'ana@example.com' }]],
  ['delete', [ID]],
  ['upsert', [{ externalId: 'user-42' }], { by: 'externalId' }],
  ['createMany', [[{ email: 'ana@example.com' }]]],
  ['updateMany', [[{ ref: ID, patch: { email: 'ana@example.com' } }]]],
  ['upsertMany', [[{ externalId: 'user-42' }]], { by: 'externalId' }],
  ['deleteMany', [[ID]]],
  ['conversations.list', [ID]],
  ['comments.list', [ID]],
  ['comments.create', [ID, { text: 'Called back' }]],
  ['comments.delete', [ID, ID]],
  ['files.list', [ID]],
  ['activities.list', [ID]],
  ['avatar.upload', [{ data: new Uint8Array(1) }]],
  ['notifications.list', []],
  ['notifications.markRead', [[ID]]],
  ['notifications.dismiss', [ID]],
  ['notifications.dismissAll', []],
  ['contactMethods.list', [ID]],
  ['contactMethods.get', [ID]],
  ['contactMethods.getByExternalId', ['x']],
  ['contactMethods.getByMetadata', ['x', 'y']],
  ['contactMethods.create', [ID, METHOD]],
  ['contactMethods.createMany', [ID, [METHOD]]],
  ['contactMethods.update', [ID, { label: 'work' }]],
  ['contactMethods.delete', [ID]],
  ['contactMethods.getPrimary', [ID, 'email']],
  ['contactMethods.setPrimary', [ID]],
  ['contactMethods.sync', [ID, [METHOD]]],
  ['request', [{ path: `/v1/things/${ID}` }]],
]

const throwing = (member: string): object => ({
  get [member]() {
    throw new TypeError('a getter of the caller')
  },
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const trap = (): never => {
  throw new RangeError('a trap of the caller')
}
const hostile = (): object => new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap })

/** What options cannot be, with the path under which it is refused. */
const badOptions: readonly (readonly [what: string, make: () => unknown, path: string])[] = [
  ['null', () => null, ''],
  ['a number', () => 5, ''],
  ['text', () => 'x', ''],
  ['an array', () => [], ''],
  ['a Map', () => new Map(), ''],
  ['an unknown name', () => ({ limit: 3 }), 'limit'],
  ['another unknown name', () => ({ foo: 1 }), 'foo'],
  ['a symbol key', () => ({ [Symbol('limit')]: 3 }), ''],
  ['a __proto__ key', () => JSON.parse('{"__proto__":{}}'), '__proto__'],
  ['a getter that throws', () => throwing('timeoutMs'), 'timeoutMs'],
  ['a proxy whose traps throw', hostile, ''],
  ['a revoked proxy', revoked, ''],
  ['a signal that is none', () => ({ signal: hostile() }), 'signal'],
  ['a time that is none', () => ({ timeoutMs: Number.NaN }), 'timeoutMs'],
  ['a deadline that is none', () => ({ deadlineMs: '5' }), 'deadlineMs'],
  ['headers that are none', () => ({ headers: { a: 1 } }), 'headers'],
  ['headers that throw', () => ({ headers: throwing('a') }), 'headers.a'],
  ['retry: null', () => ({ retry: null }), 'retry'],
  ['retry with a time that is none', () => ({ retry: { attempts: 0 } }), 'retry.attempts'],
  ['retry with an unknown name', () => ({ retry: { retries: 3 } }), 'retry.retries'],
]

describe.each(providerNames)('options of a call that cannot be used, at %s', (name) => {
  it.each(badOptions)('are refused in every operation: %s', async (_what, make, path) => {
    for (const [operation, args] of calls) {
      const { contacts, requests } = looseClient(name)
      if (!supports(contacts, operation)) continue
      const error = await failureOf(() => call(contacts, operation, ...args, make()))
      expect(ContactsError.is(error), `${operation}: ${error}`).toBe(true)
      expect(pathsOf(error), operation).toEqual([path])
      expect(requests(), operation).toBe(0)
    }
  })

  it('are good for every operation when they are right', async () => {
    for (const [operation, args, good] of calls) {
      const { contacts } = looseClient(name)
      if (!supports(contacts, operation)) continue
      const options = { timeoutMs: 5_000, headers: { 'x-a': 'b' }, retry: { attempts: 1 }, ...good }
      const error = await failureOf(() => call(contacts, operation, ...args, options))
      if (ContactsError.is(error)) expect(error.message, operation).not.toContain('The options of')
      else expect(error, operation).toBeUndefined()
    }
  })
})

describe.each(providerNames)('what an operation is called with, at %s', (name) => {
  const values: readonly (readonly [string, () => unknown])[] = [
    ['null', () => null],
    ['a symbol', () => Symbol('x')],
    ['a bigint', () => 10n],
    ['a function', () => () => ID],
    ['a Date', () => new Date(0)],
    ['a getter that throws', () => throwing('email')],
    ['a proxy whose traps throw', hostile],
    ['a revoked proxy', revoked],
    ['a symbol key', () => ({ [Symbol('x')]: 1 })],
  ]

  it.each(values)('is refused before any request: %s', async (_what, make) => {
    for (const [operation, args, good] of calls) {
      for (const index of args.keys()) {
        // The identity of what stands there does not matter, and a thing of its own does.
        const { contacts, requests } = looseClient(name)
        if (!supports(contacts, operation) || operation === 'explain') continue
        const changed = args.map((arg, at) => (at === index ? make() : arg))
        let given: unknown
        const error = await failureOf(async () => {
          given = await call(contacts, operation, ...changed, ...(good ? [good] : []))
        })
        const failed: unknown = Reflect.get(Object(given), 'failed')
        const found = Array.isArray(failed) ? failed[0]?.error : error
        expect(ContactsError.is(found), `${operation} ${index}: ${found}`).toBe(true)
        expect(requests(), operation).toBe(0)
      }
    }
  })

  it('is refused where one item of a batch cannot be read, and the others are done', async () => {
    const { contacts } = looseClient(name)
    if (!supports(contacts, 'createMany')) return
    const fields: unknown = Reflect.get(
      Object(Reflect.get(Object(contacts.capabilities), 'create')),
      'fields',
    )
    const id = Array.isArray(fields) && fields.includes('id') ? { id: ID } : {}
    const good = { ...id, email: 'ana@example.com' }
    const items = [hostile(), good, throwing('email'), { then: () => undefined }]
    const totals = Object(await call(contacts, 'createMany', items))
    expect(totals.succeeded).toHaveLength(1)
    expect(totals.failed).toHaveLength(3)
    for (const { error } of totals.failed) expect(ContactsError.is(error)).toBe(true)
  })
})

describe.each(providerNames)('the options of a factory, at %s', (name) => {
  const isHttp = name !== 'memory'
  const make = (options: unknown): LooseClient => {
    const { factory } = providers[name]
    return factory(options as Readonly<Record<string, unknown>>)
  }
  const besides = (options: unknown): unknown => {
    const isPlain = typeof options === 'object' && options !== null && !Array.isArray(options)
    return isPlain ? { ...providers[name].options, ...options } : options
  }
  const both: readonly (readonly [unknown, string])[] = [
    [{ foo: 1 }, 'foo'],
    [{ timeout: 1 }, 'timeout'],
    [{ [Symbol('x')]: 1 }, ''],
    [5, ''],
    [[], ''],
    [{ clock: 5 }, 'clock'],
    [{ clock: null }, 'clock'],
    [{ clock: {} }, 'clock'],
    [{ onWarning: 5 }, 'onWarning'],
    [{ onInvalid: null }, 'onInvalid'],
    [{ unsupportedFields: null }, 'unsupportedFields'],
    [{ concurrency: null }, 'concurrency'],
    [{ deadlineMs: null }, 'deadlineMs'],
  ]
  const http: readonly (readonly [unknown, string])[] = [
    [{ rateLimit: null }, 'rateLimit'],
    [{ rateLimit: { requests: 5, perMs: 5, per: 5 } }, 'rateLimit.per'],
    [{ rateLimit: hostile() }, 'rateLimit'],
    [{ endpoints: null }, 'endpoints'],
    [{ endpoints: { foo: '/x' } }, 'endpoints.foo'],
    [{ endpoints: throwing('list') }, 'endpoints.list'],
    [{ fetch: null }, 'fetch'],
    [{ fetch: 'x' }, 'fetch'],
    [{ random: 5 }, 'random'],
    [{ headers: null }, 'headers'],
    [{ headers: throwing('a') }, 'headers.a'],
    [{ retry: null }, 'retry'],
    [{ retry: { times: 3 } }, 'retry.times'],
    [{ timeoutMs: null }, 'timeoutMs'],
    [{ maxResponseBytes: null }, 'maxResponseBytes'],
    [{ onRequest: 5 }, 'onRequest'],
    [{ onResponse: {} }, 'onResponse'],
    [{ onRetry: null }, 'onRetry'],
    [{ baseUrl: 5 }, 'baseUrl'],
  ]

  it.each([...both, ...(isHttp ? http : [])])(
    'that cannot be used are refused: %#',
    async (options, path) => {
      const error = await failureOf(() => make(besides(options)))
      expect(ContactsError.is(error) && error.code, String(error)).toBe('config')
      if (ContactsError.is(error)) {
        expect(error.issues?.map((issue) => issue.path) ?? [path]).toEqual([path])
        expect(error.message).toContain(path)
      }
    },
  )

  it('that cannot be read are refused', async () => {
    for (const options of [hostile(), revoked(), throwing('onWarning')]) {
      const error = await failureOf(() => make(options))
      expect(ContactsError.is(error) && error.code, String(error)).toBe('config')
    }
  })

  if (isHttp)
    it('a fetch that gives no Response', async () => {
      for (const given of [undefined, null, 5, 'x', {}, { ok: true }, { status: 200 }]) {
        const { contacts } = looseClient(name, { fetch: async () => given, retry: false })
        const error = await failureOf(() => call(contacts, 'get', ID))
        expect(ContactsError.is(error) && error.code, String(error)).toBe('config')
      }
    })
})

describe.each(providerNames)('functions beside the client, and methods of a pager, at %s', (name) => {
  it('refuse what they cannot use, before any request', async () => {
    const { contacts, requests } = looseClient(name)
    const exporting = exportCsv as unknown as (...args: unknown[]) => ReadableStream
    const copying = copyContacts as unknown as (...args: unknown[]) => Promise<unknown>
    const drain = async (stream: ReadableStream): Promise<unknown> => stream.getReader().read()
    const pager = (): { toArray(options: unknown): Promise<unknown> } =>
      Object(Reflect.get(contacts, 'list'))()
    const target = looseClient('memory').contacts
    const cases: readonly (readonly [string, () => unknown, string])[] = [
      ['toArray(null)', () => pager().toArray(null), ''],
      ['toArray of an unknown name', () => pager().toArray({ count: 3 }), 'count'],
      ['toArray of a symbol', () => pager().toArray({ limit: Symbol('x') }), 'limit'],
      ['toArray of a getter that throws', () => pager().toArray(throwing('limit')), 'limit'],
      ['exportCsv without a client', () => exporting(null), 'contacts'],
      ['exportCsv of something else', () => exporting(hostile()), 'contacts'],
      ['exportCsv of null options', () => exporting(contacts, null), ''],
      ['exportCsv of an unknown name', () => drain(exporting(contacts, { limit: 3 })), 'limit'],
      ['exportCsv of a header that is none', () => exporting(contacts, { header: 'no' }), 'header'],
      ['exportCsv of columns that throw', () => exporting(contacts, throwing('columns')), 'columns'],
      ['copyContacts from nothing', () => copying(null, target), 'from'],
      ['copyContacts to nothing', () => copying(contacts, null), 'to'],
      ['copyContacts of null options', () => copying(contacts, target, null), ''],
      ['copyContacts of an unknown name', () => copying(contacts, target, { limit: 3 }), 'limit'],
      ['map: 5', () => copying(contacts, target, { map: 5 }), 'map'],
      ['onProgress: 5', () => copying(contacts, target, { onProgress: 5 }), 'onProgress'],
      ['a key that is none', () => copying(contacts, target, { by: 'name' }), 'by'],
    ]
    for (const [what, run, path] of cases) {
      const error = await failureOf(run)
      expect(ContactsError.is(error) && error.code, `${what}: ${error}`).toBe('invalid_input')
      expect(pathsOf(error), what).toEqual([path])
      expect(requests(), what).toBe(0)
    }
  })

  it('refuse an upload that is none', async () => {
    const { contacts, requests } = looseClient(name)
    if (!supports(contacts, 'avatar.upload')) return
    const data = new Uint8Array(1)
    for (const [source, path] of [
      [{ data, name: ['a.png'] }, 'name'],
      [{ data, name: { toString: trap } }, 'name'],
      [{ data, type: 5 }, 'type'],
      [{ data, filename: 'a.png' }, 'filename'],
      [{ data: hostile() }, 'data'],
      [throwing('data'), 'data'],
    ] as const) {
      expect(pathsOf(await failureOf(() => call(contacts, 'avatar.upload', source)))).toEqual([path])
    }
    expect(requests()).toBe(0)
  })
})
