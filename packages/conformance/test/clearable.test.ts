import type { ContactsBase } from '@anycontact/core'
import { createContacts } from '@anycontact/core/adapter-kit'
import { expect, test } from 'vitest'
import { type ConformanceDifferences, conformanceTests } from '../src/index.ts'
import { tinyAdapter } from './tiny-adapter.ts'
import { TinyStore } from './tiny-store.ts'

/** What the test of clearing a name says of the tiny adapter, given how it says to differ. */
async function run(
  differences: ConformanceDifferences,
  breakClient: (client: ContactsBase) => ContactsBase = (client) => client,
): Promise<string> {
  let failure = ''
  const create = () => ({
    contacts: breakClient(createContacts(tinyAdapter(new TinyStore()))),
    dispose: () => undefined,
  })
  const tests = conformanceTests({ create, ...differences }).filter(({ name }) =>
    name.includes('clears name'),
  )
  expect(tests).toHaveLength(1)
  for (const { run: runTest } of tests) {
    await runTest().catch((error: Error) => {
      failure = error.message
    })
  }
  return failure
}

test('a required field cannot be cleared, unless it is clearable', async () => {
  expect(await run({ required: ['name'] })).toContain('should fail with invalid_input')
  expect(await run({ required: ['name'], clearable: ['name'] })).toBe('')
})

test('a clearable field that is not cleared is found out', async () => {
  const ignoresNull = (client: ContactsBase): ContactsBase => {
    const update: unknown = Reflect.get(client, 'update')
    if (typeof update !== 'function') throw new TypeError('The tiny client can update.')
    const withoutNulls = (ref: unknown, patch: object, options: unknown): unknown => {
      const kept = Object.entries(patch).filter(([, value]) => value !== null)
      return update(ref, Object.fromEntries(kept), options)
    }
    return Object.assign(client, { update: withoutNulls })
  }
  const differences: ConformanceDifferences = { required: ['name'], clearable: ['name'] }
  expect(await run(differences, ignoresNull)).toContain('does not clear it')
})

test('what is clearable can be permanent for another reason', async () => {
  const failure = await run({ required: ['name'], clearable: ['name'], permanent: ['name'] })
  expect(failure).toContain('should fail with invalid_input')
})
