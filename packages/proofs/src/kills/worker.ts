// The program that is killed: runs a sync by itself, or beside others where the ledger is for many.
import { runSync } from '@anycontact/sync'
import { work } from '@anycontact/sync/ledger-kit'
import { openLedger } from './ledgers.ts'
import { scenarioOf } from './scenarios.ts'
import { type Said, TASK, type Task } from './task.ts'

const { scenario, ledger: place, baseUrl, limits, start }: Task = JSON.parse(process.env[TASK] ?? '')
const { timeoutMs, settleMs, leaseMs } = limits

const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`)
let isTold = false

await using ledger = openLedger(place)
const sync = scenarioOf(scenario).sync({ baseUrl, timeoutMs })
const options = {
  ledger,
  settleMs,
  leaseMs,
  onProgress() {
    if (!isTold) say({ at: 'work' })
    isTold = true
  },
}
if (place.kind === 'sqlite') await runSync(sync, options)
else await work(sync, { ...options, start, pollMs: 50 })
say({ at: 'end' })
