import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/api-setup.ts'
import { ComplianceSDK, collectAll, collectUpTo, getFirst } from './index.ts'

const email = { clientId: 'c', type: 'email', value: 'x' }
/** What is no object, and what is no id. */
const nothing: readonly unknown[] = [
  null,
  5,
  Number.NaN,
  true,
  Symbol('x'),
  [],
  [1],
  [null],
  new Date(),
  () => 1,
]
const texts: readonly unknown[] = ['x', '', ' ']
const noIds: readonly unknown[] = [...nothing, undefined, '', ' ', {}]
const noObjects: readonly unknown[] = [...nothing, ...texts]
/** For what may be left out: null is nothing there. */
const noOptions: readonly unknown[] = noObjects.filter((value) => value !== null)
const noLists: readonly unknown[] = [
  null,
  undefined,
  5,
  true,
  Symbol('x'),
  [1],
  [null],
  ['x'],
  new Date(),
  ...texts,
  {},
  () => 1,
]

const places: readonly (readonly [
  method: string,
  args: (odd: unknown) => readonly unknown[],
  odd: readonly unknown[],
])[] = [
  ['create', (odd) => [odd], [...noObjects, undefined]],
  ['retrieve', (odd) => [odd], noIds],
  ['retrieveByExternalId', (odd) => [odd], noIds],
  ['retrieveByMetadata', (odd) => [odd, 'v'], noIds],
  ['retrieveByMetadata', (odd) => ['k', odd], noIds],
  ['list', (odd) => [odd], noOptions],
  ['listByClient', (odd) => [odd], noIds],
  ['listByClient', (odd) => ['c', odd], noOptions],
  ['update', (odd) => [odd, { label: 'x' }], noIds],
  ['update', (odd) => ['i', odd], [...noObjects, undefined]],
  ['delete', (odd) => [odd], noIds],
  ['getPrimary', (odd) => [odd, 'email'], noIds],
  ['getPrimary', (odd) => ['c', odd], noIds],
  ['createMany', (odd) => [odd], noLists],
  ['createMany', (odd) => [[email], odd], noOptions],
  ['updateMany', (odd) => [odd], noLists],
  ['upsertManyByExternalId', (odd) => [odd], noLists],
  ['upsertByExternalId', (odd) => [odd, email], noIds],
  ['upsertByExternalId', (odd) => ['e', odd], [...noObjects, undefined]],
  ['sync', (odd) => [odd, []], noIds],
  ['sync', (odd) => ['c', odd], noLists],
  ['sync', (odd) => ['c', { items: odd }], noLists],
  ['sync', (odd) => ['c', [], odd], noOptions],
  ['iterate', (odd) => [odd], noOptions],
  ['iterate', (odd) => [{}, odd], noOptions],
]

describe('what cannot be sent is invalid_input, before anything is sent', () => {
  it.each(places)('%s (%#)', async (method, args, odd) => {
    const { sdk, vendor } = apiSetup()
    for (const value of odd) {
      const called: unknown = Reflect.apply(
        Reflect.get(sdk.contactMethods, method),
        sdk.contactMethods,
        args(value),
      )
      const given =
        method === 'iterate' ? collectAll(called as AsyncIterable<unknown>) : (called as Promise<unknown>)
      expect(await failure(given), String(value)).toMatchObject({ code: 'invalid_input', applied: 'no' })
    }
    expect(vendor.requests).toEqual([])
  })

  it('data that JSON cannot hold', async () => {
    const { sdk, vendor } = apiSetup()
    const self: Record<string, unknown> = {}
    self.self = self
    for (const metadata of [{ n: 1n }, self]) {
      const data = { clientId: 'c', type: 'email', value: 'x', metadata } as const
      for (const sent of [
        sdk.contactMethods.create(data),
        sdk.contactMethods.update('i', data),
        sdk.contactMethods.createMany([data]),
        sdk.contactMethods.sync('c', [data]),
      ]) {
        expect(await failure(sent)).toMatchObject({ code: 'invalid_input' })
      }
    }
    expect(vendor.requests).toEqual([])
  })

  it('what nothing can be collected from', async () => {
    for (const odd of [null, undefined, 5, {}, 'x']) {
      for (const collected of [
        collectAll(odd as never),
        collectUpTo(odd as never, 3),
        getFirst(odd as never),
      ]) {
        expect(await failure(collected)).toMatchObject({ code: 'invalid_input' })
      }
    }
  })

  it.each([...nothing, ...texts, undefined, {}])('no SDK is made of %o', (options) => {
    const error = expect.objectContaining({ code: 'config', provider: 'contact-methods' })
    expect(() => new ComplianceSDK(options as never)).toThrow(error)
  })
})
