#!/usr/bin/env node
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Sync } from '@anycontact/sync'
import { planOf } from '@anycontact/sync/ledger-kit'
import { syncWorker } from './sync-worker.ts'

const USAGE = `Usage: anycontact-sync-worker <module>

Works on syncs until it is ended by SIGINT or SIGTERM, beside all other workers of the same database.

  <module>        a file whose default export is a sync, or an array of syncs, of defineSync
  DATABASE_URL    the PostgreSQL of the ledger and the queues
  SYNC_SCHEMA     the schema of the ledger; anycontact_sync where it is not set
`

const [file] = process.argv.slice(2)
const connectionString = process.env.DATABASE_URL
if (file === undefined || file.startsWith('-') || !connectionString) {
  process.stderr.write(USAGE)
  process.exit(file === '--help' ? 0 : 2)
}

const worker = syncWorker({
  connectionString,
  schema: process.env.SYNC_SCHEMA || undefined,
  syncs: await load(file),
  onReport: (sync, report) => say(sync, JSON.stringify(report)),
  onError: (sync, error) => say(sync, error instanceof Error ? error.message : String(error)),
})
process.stderr.write('At work.\n')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.close())

async function load(path: string): Promise<readonly Sync[]> {
  const module: { readonly default?: Sync | readonly Sync[] } = await import(
    pathToFileURL(resolve(path)).href
  )
  const given = module.default
  if (given === undefined)
    throw new TypeError(`${path} has no default export; export a sync, or an array of syncs.`)
  const syncs = [given].flat()
  // Told at once, instead of at the first job.
  for (const sync of syncs) planOf(sync)
  return syncs
}

function say(sync: Sync, text: string): void {
  process.stderr.write(`${planOf(sync).name}: ${text}\n`)
}
