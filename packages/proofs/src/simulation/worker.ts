import { parentPort } from 'node:worker_threads'
import { play } from './play.ts'
import { syncEngine } from './sync-engine.ts'
import { NOTHING, withPlayed } from './tally.ts'

// Plays the seeds of each range that it is given, and answers what they come to.
parentPort?.on('message', async ({ from, to }: { readonly from: number; readonly to: number }) => {
  let tally = NOTHING
  for (let seed = from; seed < to; seed++) tally = withPlayed(tally, await play(seed, syncEngine))
  parentPort?.postMessage(tally)
})
