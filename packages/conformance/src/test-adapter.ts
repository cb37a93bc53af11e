import type { ConformanceOptions, ConformanceSettings, ConformanceTest } from './options.ts'
import { Session } from './session.ts'
import type { TestBody } from './suite.ts'
import { SUITES } from './suites/index.ts'
import type { TestSetup } from './test-setup.ts'

/**
 * Registers the contract suite for an adapter. It carries out every declaration of the adapter's capabilities, native and
 * emulated, and fails on each that does not hold; what is not declared must be refused. The tests are the same for every
 * adapter: those about something that is not declared check the refusal.
 *
 * Needs no runner of its own and no library for assertions; contacts are written with values that are the same in every run.
 *
 * @param options - the runner's `test`, what makes the client, and how the provider differs
 *
 * @example
 * ```ts
 * import { testAdapter } from '@anycontact/conformance'
 * import { createContacts } from '@anycontact/core/adapter-kit'
 * import { test } from 'vitest'
 *
 * testAdapter({
 *   test,
 *   create(policy, slow) {
 *     const server = startFakeServer()
 *     const adapter = crmAdapter({ apiKey: 'key', fetch: slow(server.fetch), ...policy })
 *     return { contacts: createContacts(adapter, policy), adapter, dispose: () => server.close() }
 *   },
 *   sample: { status: (n) => (n % 2 === 0 ? 'active' : 'archived') },
 *   normalize: { email: (written) => written.toLowerCase() },
 * })
 * ```
 */
export function testAdapter(options: ConformanceOptions): void {
  for (const { name, run } of conformanceTests(options)) options.test(name, run)
}

/**
 * Lists the tests of the contract suite, for runners that are called another way than `test(name, run)`.
 *
 * @param options - as for {@link testAdapter}, less the runner's function
 */
export function conformanceTests(options: ConformanceSettings): ConformanceTest[] {
  const { prefix = 'conformance: ' } = options
  const tests: ConformanceTest[] = []
  const define = (name: string, body: TestBody, setup: TestSetup = {}): void => {
    const index = tests.length + 1
    tests.push({ name: `${prefix}${name}`, run: () => runTest(options, index, body, setup) })
  }
  for (const suite of SUITES) suite(define)
  return tests
}

async function runTest(
  options: ConformanceSettings,
  index: number,
  body: TestBody,
  setup: TestSetup,
): Promise<void> {
  const session = await Session.open(options, index, setup)
  try {
    await body(session)
  } catch (error) {
    // What the test found counts, not what went wrong in clearing up after it.
    await session.close().catch(() => undefined)
    throw error
  }
  await session.close()
}
