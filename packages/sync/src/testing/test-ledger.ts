import { type DefineLedgerTest, LedgerSession } from './ledger-session.ts'
import type { LedgerTest, LedgerTestOptions, LedgerTestSettings } from './ledger-subject.ts'
import { claims } from './suites/claims.ts'
import { commits } from './suites/commits.ts'
import { conflicts } from './suites/conflicts.ts'
import { crash } from './suites/crash.ts'
import { forgetting } from './suites/forgetting.ts'
import { history } from './suites/history.ts'
import { intents } from './suites/intents.ts'
import { opening } from './suites/opening.ts'
import { paging } from './suites/paging.ts'
import { pairs } from './suites/pairs.ts'
import { staging } from './suites/staging.ts'

const SUITES = [
  opening,
  pairs,
  paging,
  claims,
  commits,
  intents,
  staging,
  conflicts,
  history,
  forgetting,
  crash,
] as const

/**
 * Registers the suite that every store of a ledger passes: what each method and each change does, that a commit is whole or nothing,
 * fences and leases, many that claim at once, any text, opening again, and a process that is killed with `SIGKILL` while it writes.
 *
 * Needs no runner of its own.
 *
 * @example
 * ```ts
 * import { testLedger } from '@anycontact/sync/ledger-kit'
 * import { test } from 'vitest'
 *
 * testLedger({
 *   test,
 *   create() {
 *     let time = 0
 *     const store = newStore()
 *     return {
 *       open: () => myLedger(store, { clock: { now: () => time } }),
 *       advance: (ms) => void (time += ms),
 *       // writer.js: `await runLedgerWriter(myLedger(process.argv[2]))`
 *       writer: () => ({ command: process.execPath, args: ['writer.js', store.path] }),
 *       dispose: () => store.remove(),
 *     }
 *   },
 * })
 * ```
 */
export function testLedger(options: LedgerTestOptions): void {
  for (const { name, run } of ledgerTests(options)) options.test(name, run)
}

/** Lists the tests of the suite, for runners that are called another way than `test(name, run)`. */
export function ledgerTests(settings: LedgerTestSettings): LedgerTest[] {
  const { prefix = 'ledger: ' } = settings
  const tests: LedgerTest[] = []
  const define: DefineLedgerTest = (name, body) => {
    tests.push({ name: `${prefix}${name}`, run: () => LedgerSession.run(settings, body) })
  }
  for (const suite of SUITES) suite(define)
  return tests
}
