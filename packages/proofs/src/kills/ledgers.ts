import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@anycontact/postgres'
import { type Ledger, sqliteLedger } from '@anycontact/sync'
import { postgresLedger } from '@anycontact/sync-bullmq'

/** Which store has the ledger. */
export type LedgerKind = 'sqlite' | 'postgres'

/** Where a ledger is: a file, or a database. */
export interface LedgerPlace {
  readonly kind: LedgerKind
  readonly address: string
}

/** Opens the ledger of a place. */
export function openLedger({ kind, address }: LedgerPlace): Ledger {
  return kind === 'sqlite' ? sqliteLedger(address) : postgresLedger({ connectionString: address })
}

/** Makes an empty place for a ledger, which goes when it is disposed of. */
export async function makePlace(kind: LedgerKind): Promise<LedgerPlace & AsyncDisposable> {
  if (kind === 'postgres') {
    const postgres = await startPostgres()
    return { kind, address: postgres.url, [Symbol.asyncDispose]: () => postgres.stop() }
  }
  const folder = await mkdtemp(join(tmpdir(), 'kills-'))
  return {
    kind,
    address: join(folder, 'contacts.db'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
