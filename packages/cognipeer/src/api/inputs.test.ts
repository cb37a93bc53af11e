import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/setup.ts'

describe('what is checked before anything is sent', () => {
  it.each([{}, { email: '' }, { email: '', integrationId: '' }])('get(%o)', async (options) => {
    const { client, vendor } = apiSetup()
    expect(await failure(client.contacts.get(options))).toMatchObject({
      code: 'invalid_input',
      operation: 'getContact',
      message: 'Either email or integrationId is required',
    })
    expect(vendor.requests).toEqual([])
  })

  it.each([
    [{ data: { name: 'x' } }, 'Either email or integrationId is required'],
    [{}, 'Either email or integrationId is required'],
    [{ email: 'a@ex.org' }, 'Data object with fields to update is required'],
    [{ email: 'a@ex.org', data: {} }, 'Data object with fields to update is required'],
    [{ email: 'a@ex.org', data: null }, 'Data object with fields to update is required'],
    [{ email: 'a@ex.org', data: [1] }, 'Data object with fields to update is required'],
    [{ email: 'a@ex.org', data: 'name' }, 'Data object with fields to update is required'],
  ])('update(%o) is refused in the vendor’s words', async (options, message) => {
    const { client, vendor } = apiSetup()
    const error = await failure(client.contacts.update(options as never))
    expect(error).toMatchObject({ code: 'invalid_input', operation: 'updateContact', message })
    expect(vendor.requests).toEqual([])
  })

  const nothing = [
    null,
    undefined,
    5,
    Number.NaN,
    'x',
    true,
    Symbol('x'),
    [],
    [1],
    new Date(),
    new Map(),
    () => 1,
  ]

  const { proxy, revoke } = Proxy.revocable({}, {})
  const odd = [...nothing, proxy, new Proxy({}, { getPrototypeOf: () => expect.unreachable() })]

  it.each(['create', 'get', 'update', 'list'] as const)('%s of what is no object', async (method) => {
    const { client, vendor } = apiSetup()
    revoke()
    for (const options of odd) {
      if (method === 'list' && options === undefined) continue
      const error = await failure(Reflect.apply(client.contacts[method], undefined, [options]))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'cognipeer', applied: 'no' })
    }
    expect(vendor.requests).toEqual([])
  })

  it.each([5, {}, [], ['a@ex.org'], ' ', '\t', true, 1n, Symbol('x')])('a key that is %o', async (key) => {
    const { client, vendor } = apiSetup()
    for (const name of ['email', 'integrationId']) {
      for (const [method, options] of [
        ['get', { [name]: key }],
        ['update', { [name]: key, data: { name: 'x' } }],
      ] as const) {
        const error = await failure(Reflect.apply(client.contacts[method], undefined, [options]))
        expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: name }] })
      }
    }
    expect(vendor.requests).toEqual([])
  })

  it('options of a listing that are of another kind, each by its name', async () => {
    const { client, vendor } = apiSetup()
    const options = { page: '1', limit: [], filter: [], sort: 'name' } as never
    expect(await failure(client.contacts.list(options))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'page' }, { path: 'limit' }, { path: 'filter' }, { path: 'sort' }],
    })
    expect(vendor.requests).toEqual([])
  })

  it('data that JSON cannot hold', async () => {
    const { client, vendor } = apiSetup()
    const self: Record<string, unknown> = {}
    self.self = self
    for (const data of [{ amount: 1n }, self, { toJSON: () => undefined }]) {
      expect(await failure(client.contacts.create(data))).toMatchObject({ code: 'invalid_input' })
    }
    for (const data of [{ amount: 1n }, self]) {
      const update = client.contacts.update({ email: 'a@ex.org', data: { metadata: { data } } })
      expect(await failure(update)).toMatchObject({ code: 'invalid_input' })
    }
    expect(await failure(client.contacts.list({ filter: { n: 1n } }))).toMatchObject({
      code: 'invalid_input',
    })
    expect(vendor.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('takes objects of a class, which JSON can hold', async () => {
    class Person {
      email = 'ana@ex.org'
      get upper(): string {
        return this.email.toUpperCase()
      }
    }
    const { client } = apiSetup()
    expect((await client.contacts.create(new Person() as never)).email).toBe('ana@ex.org')
    expect((await client.contacts.get(new Person() as never)).email).toBe('ana@ex.org')
  })
})
