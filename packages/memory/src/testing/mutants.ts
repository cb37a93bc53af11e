import { conformanceTests } from '@anycontact/conformance'
import { type AnyAdapter, createContacts } from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { type MemoryAdapter, memoryAdapter } from '../memory.ts'

/** What is broken, the tests that must find it, and what a failure must say. */
export type Mutant = readonly [
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  breakIt: (honest: Required<MemoryAdapter>) => Partial<AnyAdapter>,
]

/** Registers tests that the conformance suite finds each broken adapter, and passes the honest one. */
export function findsMutants(what: string, mutants: readonly Mutant[]): void {
  describe(what, () => {
    test.each(mutants)('%s', async (_name, foundBy, saying, breakIt) => {
      const messages: string[] = []
      for (const { run } of testsOf(foundBy, breakIt)) {
        await run().catch((error: unknown) => messages.push(String(error)))
      }
      expect(messages.join('\n')).toMatch(saying)
    })

    test('by tests that the honest adapter passes', async () => {
      for (const [, foundBy] of mutants) for (const { run } of testsOf(foundBy, () => ({}))) await run()
    })
  })
}

function testsOf(only: RegExp, breakIt: Mutant[3]) {
  return conformanceTests({
    transport: 'none',
    create(policy) {
      const honest = memoryAdapter()
      const adapter: AnyAdapter = { ...honest, ...breakIt(honest as Required<MemoryAdapter>) }
      const add = (added: readonly { readonly id: string }[]): string => added[0]?.id ?? fail()
      const { seed } = honest.api
      return {
        contacts: createContacts(adapter, policy),
        adapter,
        fixtures: {
          conversation: (contactId) => add(seed({ conversations: [{ contactId }] }).conversations),
          file: (contactId) => add(seed({ files: [{ contactId }] }).files),
          activity: (conversationId) => add(seed({ activities: [{ conversationId }] }).activities),
          notification: () => add(seed({ notifications: [{ title: 'Hello' }] }).notifications),
        },
        dispose: () => undefined,
      }
    },
  }).filter(({ name }) => only.test(name))
}

/** For what cannot be. */
export function fail(): never {
  throw new TypeError('The honest adapter has every method.')
}
