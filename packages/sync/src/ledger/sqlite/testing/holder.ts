import { processHolder } from '../../holder.ts'
import { sqliteLedger } from '../sqlite-ledger.ts'

// A process that holds a task for a long time until it is killed: `holder.ts <path>`. It says when it has it.
const [, , path = ''] = process.argv
const ledger = sqliteLedger(path)
await ledger.open({ name: 'one', definition: {} })
const claim = await ledger.claim('one', { task: 'run', holder: processHolder(), leaseMs: 3_600_000 })
process.stdout.write(`${claim.holder}\n`)
setInterval(() => {}, 60_000)
