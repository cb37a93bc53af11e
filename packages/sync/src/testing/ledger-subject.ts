import type { Ledger } from '../ledger/ledger.ts'

/** A runner's function that registers a test: that of vitest, `node:test`, Bun, or `Deno.test`. */
export type LedgerTestFunction = (name: string, run: () => Promise<void>) => unknown

/** A program that writes to the store until it is killed; it hands its ledger to `runLedgerWriter`. */
export interface LedgerWriterCommand {
  /** What is started, such as `process.execPath`. */
  readonly command: string
  readonly args: readonly string[]
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** What one test works on: a store of its own, with nothing in it. */
export interface LedgerSubject {
  /** Opens the store; each call gives another `Ledger` of the same store, as other processes have them. The suite closes it. */
  open(): Ledger | Promise<Ledger>
  /**
   * Lets time pass by the clock of all ledgers that were opened. The suite asks for a minute and more, so a store should have a clock
   * that its test can move.
   */
  advance(ms: number): void | Promise<void>
  /** The program that is killed while it writes to this store; without it, the store is not tried so. */
  writer?(): LedgerWriterCommand
  /** Ends the test. */
  dispose?(): void | Promise<void>
}

/** What the suite works with, whatever the runner. */
export interface LedgerTestSettings {
  /** Makes what one test works on; called once a test. */
  create(): LedgerSubject | Promise<LedgerSubject>
  /** By how much times may be later than they should be, where the clock goes on by itself, in milliseconds. @default 0 */
  readonly toleranceMs?: number | undefined
  /** How often the writing program is killed. @default 5 */
  readonly kills?: number | undefined
  /** Goes before the name of each test. @default 'ledger: ' */
  readonly prefix?: string | undefined
}

/** What the suite is given. */
export interface LedgerTestOptions extends LedgerTestSettings {
  /** The runner's function; each test is registered with it at once. */
  readonly test: LedgerTestFunction
}

/** One test of the suite, for runners that are called another way. */
export interface LedgerTest {
  readonly name: string
  /** Rejects with a message that says what does not hold. */
  run(): Promise<void>
}
