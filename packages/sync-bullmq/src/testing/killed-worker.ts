import { syncWorker } from '../worker/sync-worker.ts'
import { copied } from './copied.ts'

// A worker that is killed at some moment: `killed-worker.ts <address of the emulator>`, its database in the environment.

const [address = ''] = process.argv.slice(2)
syncWorker({
  connectionString: process.env.LEDGER_URL ?? '',
  syncs: [copied(address)],
  lookMs: 500,
  leaseMs: 3000,
  settleMs: 2000,
  pollMs: 50,
  chunkSize: 50,
  onError: (_sync, error) => console.error(error),
  onReport: (_sync, report) => console.log(JSON.stringify(report)),
})
console.log('at work')
