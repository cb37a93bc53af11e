import type { Table } from '../report/table.ts'

/** What a suite is run with. */
export interface SuiteOptions {
  /** How often each program runs, where the suite does not need another number. */
  readonly rounds: number
  /** Whether a sync is measured with a million contacts, which takes minutes. @default false */
  readonly million?: boolean
}

/** Measurements that belong together. */
export interface Suite {
  /** For `--only`. */
  readonly name: string
  /** The ids of the tables that it makes: fewer where a peer is missing. */
  readonly tables: readonly string[]
  run(options: SuiteOptions): Promise<readonly Table[]>
}
