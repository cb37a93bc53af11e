import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clock } from '@anycontact/core'
import { type Ledger, sqliteLedger } from '@anycontact/sync'
import { UsageError } from '../errors/usage-error.ts'
import { reasonOf } from '../output/file.ts'

/** How a ledger is opened. */
export interface OpenLedgerOptions {
  /** Whether nothing is to be kept. */
  readonly dryRun: boolean
  readonly clock: Clock
}

/**
 * Opens the ledger of a file, and makes its folder where it is not there: readable by its owner alone, and kept out of Git.
 *
 * @param file - without one the ledger is in memory
 */
export function openLedger(file: string | undefined, { dryRun, clock }: OpenLedgerOptions): Ledger {
  if (file === undefined || (dryRun && !existsSync(file))) return sqliteLedger(':memory:', { clock })
  const folder = dirname(file)
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined)
      writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 })
  } catch (error) {
    throw new UsageError(`The folder of the ledger, ${folder}, cannot be made: ${reasonOf(error)}.`)
  }
  return sqliteLedger(file, { clock })
}
