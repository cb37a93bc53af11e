import { ContactsError } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { type ApiSetup, apiSetup } from '../testing/api-setup.ts'
import * as face from './index.ts'

const fail = (): never => {
  throw new RangeError('of the caller')
}

/** A proxy that throws, whatever is done with it. */
const thrower = new Proxy(
  {},
  { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail },
)

const circular: Record<string, unknown> = {}
circular.meta = circular

/** What nobody should give, and what no function of the face takes in any place but that of an option. */
const nonsense: Readonly<Record<string, unknown>> = {
  number: 5,
  NaN: Number.NaN,
  'blank text': ' ',
  flag: true,
  bigint: 10n,
  symbol: Symbol('s'),
  array: ['x'],
  function: () => {},
  Date: new Date(0),
  Map: new Map(),
  proxy: thrower,
  getter: {
    get take() {
      return fail()
    },
  },
  'symbol key': { [Symbol('s')]: 1 },
  'itself within': circular,
  bigints: { take: 10n, signal: 10n },
  functions: { take: () => {}, signal: () => {} },
}

/** What takes the place of what is not nonsense in a call. */
const good = {
  contactId: 'c1',
  secretId: 's1',
  request: {},
  call: {},
  path: '/api/v1/contact/list',
  options: {},
}
type Place = keyof typeof good

const functions = {
  listContacts: ['request', 'call'],
  exportContacts: ['request', 'call'],
  fetchContact: ['contactId', 'call'],
  createContact: ['request', 'call'],
  updateContact: ['contactId', 'request', 'call'],
  deleteContact: ['contactId', 'request', 'call'],
  ensureContact: ['request', 'call'],
  listConversations: ['contactId', 'request', 'call'],
  listTasks: ['contactId', 'request', 'call'],
  listSpaces: ['contactId', 'request', 'call'],
  listSecrets: ['contactId', 'request', 'call'],
  verifySecret: ['contactId', 'secretId', 'call'],
  authenticateSecret: ['contactId', 'secretId', 'call'],
  revokeSecret: ['contactId', 'secretId', 'call'],
} as const satisfies Partial<Record<keyof typeof face, readonly Place[]>>

const methods = {
  list: ['request', 'call'],
  export: ['request', 'call'],
  fetch: ['contactId', 'call'],
  create: ['request', 'call'],
  update: ['contactId', 'request', 'call'],
  delete: ['contactId', 'call'],
  ensure: ['request', 'call'],
  clientFetch: ['path', 'options'],
} as const satisfies Partial<Record<keyof face.ContactClient, readonly Place[]>>

/** Calls with one nonsense argument, by what they are. */
function calls(
  name: string,
  places: readonly Place[],
  call: (setup: ApiSetup, args: readonly unknown[]) => unknown,
): readonly [string, (setup: ApiSetup) => unknown][] {
  return places.flatMap((place, at) =>
    Object.entries(nonsense).map(([what, value]): [string, (setup: ApiSetup) => unknown] => [
      `${name}, ${place}: ${what}`,
      (setup) =>
        call(
          setup,
          places.map((each, index) => (index === at ? value : good[each])),
        ),
    ]),
  )
}

/** What a call comes to, thrown at once or later. */
const outcome = (run: () => unknown): Promise<unknown> => failure((async () => run())())

describe('nonsense', () => {
  const everyCall = [
    ...Object.entries(functions).flatMap(([name, places]) =>
      calls(name, places, ({ client }, args) =>
        Reflect.apply(Reflect.get(face, name), undefined, [client, ...args]),
      ),
    ),
    ...Object.entries(methods).flatMap(([name, places]) =>
      calls(name, places, ({ client }, args) => Reflect.apply(Reflect.get(client, name), client, args)),
    ),
    ...(['conversation', 'task', 'space', 'secret'] as const).flatMap((sub) =>
      calls(`${sub}.list`, ['contactId', 'request', 'call'], ({ client }, args) =>
        Reflect.apply(client[sub].list, client[sub], args),
      ),
    ),
  ]

  it('is refused before anything is sent, wherever it stands', async () => {
    const taken: string[] = []
    for (const [what, call] of everyCall) {
      const setup = apiSetup({ retry: false })
      const error = await outcome(() => call(setup)).catch(() => 'it was taken')
      const isRefused = ContactsError.is(error) && error.code === 'invalid_input'
      if (!isRefused || setup.vendor.requests.length > 0) taken.push(`${what}: ${String(error)}`)
    }
    expect(taken).toEqual([
      // It is a path, of which the server knows nothing.
      expect.stringContaining(
        'clientFetch, path: blank text: ContactsError: chatbotkit clientFetch: not found',
      ),
      // None of its members is an option, and what is none is passed over, as by the vendor's client.
      'clientFetch, options: itself within: it was taken',
    ])
  })

  it('is no client', async () => {
    for (const [name, places] of Object.entries(functions)) {
      for (const client of [...Object.values(nonsense), null, undefined, {}]) {
        const args = [client, ...places.map((place) => good[place])]
        const error = await outcome(() => Reflect.apply(Reflect.get(face, name), undefined, args))
        expect(error, name).toMatchObject({ code: 'invalid_input', provider: 'chatbotkit' })
      }
    }
  })

  it('is no options of a client', async () => {
    for (const [what, value] of Object.entries(nonsense)) {
      const { client } = apiSetup()
      const made = [
        () => Reflect.construct(face.ContactClient, [value]),
        () => Reflect.construct(face.ContactClient, [{ secret: 'sk-1', headers: value }]),
        () =>
          Reflect.construct(face.ContactClient, [
            { secret: 'sk-1', retries: what === 'number' ? -1 : value },
          ]),
        () => Reflect.apply(client.extend, client, [{ endpoints: value }]),
      ]
      // A function gives headers, and objects that are no options give no option.
      for (const make of what === 'function' ? made.slice(0, 1) : made) {
        expect(await outcome(make), what).toMatchObject({ code: 'config' })
      }
    }
  })

  it.each([
    'method',
    'headers',
    'query',
    'record',
    'buffer',
    'file',
    'external',
    'timeout',
    'retries',
    'retryDelay',
    'retryTimeout',
    'fetchFn',
    'endpoint',
    'effect',
    'signal',
    'operation',
  ])('is no %s of a clientFetch', async (option) => {
    for (const value of [Symbol('s'), 10n, thrower, () => fail()]) {
      if (option === 'fetchFn' && typeof value === 'function') continue
      const { client, vendor } = apiSetup({ retry: false })
      const call = () =>
        Reflect.apply(client.clientFetch, client, ['/api/v1/contact/list', { [option]: value }])
      expect(await outcome(call)).toMatchObject({ code: 'invalid_input' })
      expect(await outcome(async () => call().cache())).toMatchObject({ code: 'invalid_input' })
      expect(vendor.requests).toHaveLength(0)
    }
  })

  it.each([
    ['cursor', 5],
    ['meta', 5],
    ['meta', ['x']],
    ['meta', { plan: new Date() }],
    ['take', 10n],
    ['take', Symbol('s')],
    ['order', () => {}],
  ])('is no %s of a listing, which would give another page, or everything', async (name, value) => {
    const { client, vendor } = apiSetup({ retry: false })
    for (const lists of [client, client.conversation, client.task, client.space, client.secret]) {
      const given = lists === client ? [{ [name]: value }] : ['c1', { [name]: value }]
      const listing = () => Reflect.apply(lists.list, lists, given)
      expect(await outcome(listing)).toMatchObject({ code: 'invalid_input' })
      expect(await outcome(() => listing().stream().next())).toMatchObject({ code: 'invalid_input' })
    }
    expect(vendor.requests).toHaveLength(0)
  })

  it('is no argument of a stream, and no key of a cache', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    for (const value of [5, 'text', thrower, { abortSignal: 5 }, { abortSignal: {} }]) {
      const stream = () => Reflect.apply(client.list().stream, client.list(), [value])
      expect(await outcome(stream)).toMatchObject({ code: 'invalid_input' })
    }
    expect(vendor.requests).toHaveLength(0)
    const kept = client.list()
    expect(await Reflect.apply(kept.cache, kept, [thrower])).toEqual({ items: [] })
  })

  it('is what null is not: nothing, as for the vendor’s client', async () => {
    const { client, vendor } = apiSetup()
    const none: unknown[] = [null, null, null]
    expect(await Reflect.apply(client.list, client, none)).toEqual({ items: [] })
    const { id } = await Reflect.apply(client.create, client, none)
    expect(await Reflect.apply(client.update, client, [id, null])).toEqual({ id })
    expect(await Reflect.apply(client.clientFetch, client, ['/api/v1/contact/list', null])).toMatchObject({
      items: [{}],
    })
    expect(await Reflect.apply(client.extend, client, none).list({ take: 1 })).toMatchObject({
      items: [{ id }],
    })
    expect(vendor.requests.map(({ json }) => json)).toEqual([undefined, {}, {}, undefined, undefined])
  })
})
