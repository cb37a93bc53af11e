/**
 * `pnpm simulate --seeds 100000 --from 0 --jobs 2`: plays that many seeds and prints the verdict. `--seed 7` plays one again and prints
 * what happened in it, line by line. It ends early after `--failures 10`.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import { play } from './play.ts'
import { syncEngine } from './sync-engine.ts'
import { joined, NOTHING, neverHappened, type Tally, tableOf } from './tally.ts'

/** So many seeds a worker is given at once. */
const AT_ONCE = 50

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { seeds: text, from: text, seed: text, jobs: text, failures: text } })

if (values.seed !== undefined) await playOne(Number(values.seed))
else
  await playMany(
    Number(values.from ?? 0),
    Number(values.seeds ?? 2_000),
    Number(values.jobs ?? availableParallelism()),
  )

async function playOne(seed: number): Promise<void> {
  const played = await play(seed, syncEngine)
  for (const line of played.lines) console.log(line)
  const failure = failureOf(played)
  console.log(failure ?? `seed ${seed}: every law holds`)
  if (failure === undefined) return
  if (played.error !== undefined) console.log(played.error)
  process.exitCode = 1
}

async function playMany(from: number, seeds: number, jobs: number): Promise<void> {
  const started = performance.now()
  // More failures than some are of one kind: it is of no use to wait for the rest.
  const mostFailures = Number(values.failures ?? 10)
  let next = from
  let tally = NOTHING
  const inTurn = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    try {
      while (next < from + seeds && tally.failures.length < mostFailures) {
        const range = { from: next, to: Math.min(next + AT_ONCE, from + seeds) }
        next = range.to
        const part = await ask(worker, range)
        for (const failure of part.failures) console.log(failure)
        tally = joined(tally, part)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: jobs }, inTurn))
  const hours = (performance.now() - started) / 3_600_000
  const never = neverHappened(tally)
  console.log(tableOf(tally))
  for (const name of never) console.log(`Never happened, so that it is not tried: ${name}`)
  const isGood = tally.failures.length === 0 && never.length === 0
  const pace = Math.round(tally.seeds / hours).toLocaleString('en')
  console.log(
    `${isGood ? 'Every law holds' : 'FAILED'}: ${tally.seeds} seeds from ${from}, ${tally.failures.length} with a breach, ${pace} seeds an hour.`,
  )
  if (!isGood) process.exitCode = 1
}

function ask(worker: Worker, range: { readonly from: number; readonly to: number }): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage)
      worker.off('error', onError)
    }
    const onMessage = (part: Tally): void => {
      done()
      resolve(part)
    }
    const onError = (error: unknown): void => {
      done()
      reject(error)
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.postMessage(range)
  })
}
