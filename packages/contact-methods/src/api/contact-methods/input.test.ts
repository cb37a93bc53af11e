import { failure } from '@anycontact/core/adapter-kit'
import { expect, it } from 'vitest'
import { apiSetup } from '../../testing/api-setup.ts'
import { collectAll, collectUpTo } from '../helpers.ts'

function revoked(): never {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy as never
}

const odd: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  'a number': () => 1,
  text: () => 'x',
  'a proxy that was revoked': revoked,
  'an array of null': () => [null],
  'an array with a hole': () => new Array(2),
  'an array of a proxy that was revoked': () => [revoked()],
}
const names = Object.keys(odd)

it.each(names)('a batch of %s is refused, and nothing is sent', async (name) => {
  const { sdk, vendor } = apiSetup()
  const { contactMethods } = sdk
  const given = odd[name]?.()
  const attempts = [
    contactMethods.createMany(given as never),
    contactMethods.updateMany(given as never, { atomic: false }),
    contactMethods.upsertManyByExternalId(given as never),
    contactMethods.sync('client_1', given as never),
  ]
  for (const attempt of attempts) expect(await failure(attempt)).toMatchObject({ code: 'invalid_input' })
  expect(vendor.requests).toHaveLength(0)
})

it('null in the place of what may be left out is nothing', async () => {
  const { sdk } = apiSetup()
  expect((await sdk.contactMethods.list(null as never)).data).toEqual([])
  expect((await sdk.contactMethods.listByClient('client_1', null as never)).data).toEqual([])
  expect(await failure(sdk.contactMethods.list(5 as never))).toMatchObject({ code: 'invalid_input' })
})

it.each(names.slice(0, 4))('nothing is collected from %s', async (name) => {
  const given = odd[name]?.()
  expect(await failure(collectAll(given as never))).toMatchObject({ code: 'invalid_input' })
  expect(await failure(collectUpTo(given as never, 1))).toMatchObject({ code: 'invalid_input' })
})
