import { expect, it } from 'vitest'
import { fuzz, tryOnce } from './run.ts'

it('whatever is given, the outcome is a ContactsError before any request, or a result', async () => {
  const { tries, failure } = await fuzz(20260131, 40)
  expect(failure).toBeUndefined()
  expect(tries).toBeGreaterThan(500)
}, 90_000)

it('a try is repeated by its seed and number', async () => {
  expect((await tryOnce(7, 3)).what).toBe((await tryOnce(7, 3)).what)
})
