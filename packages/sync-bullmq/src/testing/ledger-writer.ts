import { runLedgerWriter } from '@anycontact/sync/ledger-kit'
import { postgresLedger } from '../ledger/postgres-ledger.ts'

// Writes without end to the ledger whose schema is named, in the database of the environment.
const [schema = ''] = process.argv.slice(2)
await runLedgerWriter(postgresLedger({ connectionString: process.env.LEDGER_URL ?? '', schema }))
