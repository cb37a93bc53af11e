import { createContacts } from '@anycontact/core/adapter-kit'
import { expect, test } from 'vitest'
import { type ConformanceSettings, conformanceTests } from '../src/index.ts'
import { runSuite } from './run-suite.ts'
import { tinyAdapter } from './tiny-adapter.ts'
import { TinyStore } from './tiny-store.ts'

test('the methods of an adapter without HTTP are slowed instead of its fetch', async () => {
  const { ran, failures } = await runSuite(/deadline/, { differences: { transport: 'none' } })
  expect(failures).toEqual([])
  expect(ran).toBeGreaterThan(30)
})

/** What the test of reading a contact in time says. */
async function failureOf(settings: ConformanceSettings): Promise<unknown> {
  const [get] = conformanceTests(settings).filter(({ name }) => name.includes(': get ends by its deadline'))
  return get?.run().then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('an author who does not pass the slow fetch on is told so', async () => {
  const create: ConformanceSettings['create'] = (policy) => ({
    contacts: createContacts(tinyAdapter(new TinyStore()), policy),
  })
  expect(await failureOf({ create })).toMatchObject({
    message: expect.stringContaining('`fetch: slow(…)`'),
  })
  expect(await failureOf({ create, transport: 'none' })).toMatchObject({
    message: expect.stringContaining('must have `adapter`'),
  })
})

test('an author who does not pass the clock on is told so', async () => {
  const { failures } = await runSuite(/^get ends by its deadline/, {
    client: (client) => ({
      ...client,
      get: (ref: unknown) => Reflect.get(client, 'get')(ref),
    }),
  })
  expect(failures[0]?.message).toContain("is the client made with the policy's clock?")
})
