import { runInNewContext } from 'node:vm'
import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { call, failureOf, looseClient, pathsOf, providerNames, providers, supports } from './loose-clients.ts'

const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

/** The same options in every form in which programs hold them. */
const forms: Readonly<Record<string, (options: object) => object>> = {
  'a frozen object': (options) => Object.freeze({ ...options }),
  'without a prototype': (options) => Object.assign(Object.create(null), options),
  'made of defaults': (options) => Object.create(options),
  'made of defaults of which one is overridden': (options) =>
    Object.assign(Object.create({ ...options, deadlineMs: 'soon' }), {
      deadlineMs: Number.POSITIVE_INFINITY,
    }),
  'an instance of a class': (options) => Object.assign(new (class Config {})(), options),
  'an instance of a class with getters': (options) => {
    class Config {}
    for (const [name, value] of Object.entries(options)) {
      Object.defineProperty(Config.prototype, name, { get: () => value })
    }
    return new Config()
  },
  'a proxy that keeps watch': (options) => new Proxy(options, {}),
  'of another realm': (options) => Object.assign(runInNewContext('({})'), options),
}

describe.each(providerNames)('options of an ordinary form, at %s', (name) => {
  it.each(Object.entries(forms))('are good for every kind of call: %s', async (_form, make) => {
    const { contacts, requests } = looseClient(name)
    const options = make({ headers: { 'x-a': 'b' }, retry: { attempts: 2 } })
    await call(contacts, 'list', options)
    await call(contacts, 'find', ID, options)
    if (supports(contacts, 'createMany')) await call(contacts, 'createMany', [], options)
    const pager: { toArray(given: object): Promise<unknown[]> } = Object(Reflect.get(contacts, 'list'))()
    expect(await pager.toArray(Object.create({ limit: 2 }))).toEqual([])
    expect(requests() > 0 || name === 'memory').toBe(true)
  })

  it.each(Object.entries(forms))('are good for the factory: %s', async (_form, make) => {
    const { fetch, options } = { fetch: undefined, ...providers[name] }
    const given = make({ ...options, ...(fetch && { fetch: fetch() }), concurrency: 2 })
    const contacts = providers[name].factory(given as Readonly<Record<string, unknown>>)
    expect(await call(contacts, 'list')).toMatchObject({ items: [] })
  })

  it('are obeyed wherever they stand', async () => {
    for (const make of Object.values(forms)) {
      const { contacts, requests } = looseClient(name)
      const reason = new Error('enough')
      const options = make({ signal: AbortSignal.abort(reason) })
      expect(await failureOf(() => call(contacts, 'find', ID, options))).toBe(reason)
      expect(requests()).toBe(0)
    }
  })

  it('are refused where they are something else', async () => {
    const { contacts, requests } = looseClient(name)
    const signal = new AbortController().signal
    for (const given of [signal, new Map(), new Date(), [], Promise.resolve({}), new URL('https://x.test')]) {
      expect(pathsOf(await failureOf(() => call(contacts, 'list', given)))).toEqual([''])
    }
    const slip = Object.assign(new (class Config {})(), { limit: 3 })
    expect(pathsOf(await failureOf(() => call(contacts, 'list', slip)))).toEqual(['limit'])
    expect(requests()).toBe(0)
  })

  it('may have members that are undefined, in headers too', async () => {
    const headers = { 'x-tenant': undefined, 'x-team': 'sales' }
    const http = name === 'memory' ? {} : { headers, endpoints: { listContacts: undefined, list: undefined } }
    const known = name === 'memory' ? {} : { headers }
    const { contacts } = looseClient(name, { ...known, onWarning: undefined })
    expect(await call(contacts, 'list', { headers, retry: { attempts: undefined } })).toMatchObject({
      items: [],
    })
    if (name === 'memory') return
    const routes = await failureOf(() => looseClient(name, http))
    // The names differ from vendor to vendor; a value that is absent is never what is wrong.
    if (routes !== undefined) expect(ContactsError.is(routes) && routes.message).toContain('endpoints.list')
  })
})

describe.each(providerNames)('the query of a listing, at %s', (name) => {
  it('also counts what it lists', async () => {
    const { contacts } = looseClient(name)
    const warned: unknown[] = []
    const query = {
      where: { name: 'Ana' },
      pageSize: 2,
      includeDeleted: false,
      onWarning: (warning: unknown) => warned.push(warning),
    }
    expect(await call(contacts, 'list', query)).toMatchObject({ items: [] })
    expect(await call(contacts, 'count', query)).toBe(0)
    expect(await call(contacts, 'count', { pageSize: 2 })).toBe(0)
    const sorted = { orderBy: { field: 'createdAt' } }
    const [listed, counted] = [
      await failureOf(() => call(contacts, 'list', sorted)),
      await failureOf(() => call(contacts, 'count', sorted)),
    ]
    expect(pathsOf(counted)).toEqual(pathsOf(listed))
    expect(pathsOf(await failureOf(() => call(contacts, 'count', { cursor: 'x' })))).toEqual(['cursor'])
    expect(warned).toEqual([])
  })
})

describe.each(providerNames.filter((name) => name !== 'memory'))(
  'a function that gives headers, at %s',
  (name) => {
    it.each([
      ['a Headers object', () => new Headers({ 'x-team': 'sales' })],
      ['a Map', () => new Map([['x-team', 'sales']])],
      ['a list', () => [['x-team', 'sales']]],
      ['text', () => 'x-team: sales'],
      ['null', () => null],
      [
        'a getter that throws',
        () => ({
          get a(): never {
            throw new TypeError('of the caller')
          },
        }),
      ],
    ])('is not obeyed in part: %s', async (_what, headers) => {
      const { contacts, requests } = looseClient(name, { headers, retry: false })
      const error = await failureOf(() => call(contacts, 'list'))
      expect(ContactsError.is(error) && error.code, String(error)).toBe('config')
      expect(requests()).toBe(0)
    })

    it('may give none, or some that are undefined', async () => {
      for (const headers of [() => undefined, async () => ({}), () => ({ 'x-team': undefined })]) {
        const { contacts } = looseClient(name, { headers })
        expect(await call(contacts, 'list')).toMatchObject({ items: [] })
      }
    })
  },
)
