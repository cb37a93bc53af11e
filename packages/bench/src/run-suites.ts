import { type Table, toMarkdown } from './report/table.ts'
import type { Suite, SuiteOptions } from './suites/suite.ts'

/** What came of some suites. */
export interface SuitesOutcome {
  readonly tables: readonly Table[]
  /** The names of those that failed. */
  readonly failed: readonly string[]
}

/**
 * Runs suites one after the other and prints each table when it is there. One that fails says why, and the next one runs: what was
 * measured for minutes is not lost to it.
 *
 * @param print - takes what is to be seen, without the end of the last line
 */
export async function runSuites(
  suites: readonly Suite[],
  options: SuiteOptions,
  print: (text: string) => void,
): Promise<SuitesOutcome> {
  const tables: Table[] = []
  const failed: string[] = []
  for (const { name, tables: ids, run } of suites) {
    const startedAt = performance.now()
    const seconds = (): string => `${Math.round((performance.now() - startedAt) / 1000)} s`
    try {
      for (const table of await run(options)) {
        if (!ids.includes(table.id)) throw new Error(`The suite does not say that it makes ${table.id}.`)
        tables.push(table)
        print(`${toMarkdown(table)}\n`)
      }
      print(`${name}: ${seconds()}\n`)
    } catch (error) {
      failed.push(name)
      print(`${name}: FAILED after ${seconds()}. ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  return { tables, failed }
}
