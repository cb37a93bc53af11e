import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { readCsv } from './read-csv.ts'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** What is in use, in megabytes. */
function heap(): number {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed / 1e6
}

/** Rows without end, in parts that end anywhere; counts those that were asked for. */
function endless(taken: { parts: number }): AsyncIterable<string> {
  return (async function* () {
    yield 'externalId,name,email,note\n'
    for (let row = 0; ; ) {
      let part = ''
      while (part.length < 30_000) {
        part += `crm-customer-number-${row},Ana Souza,ana.souza.${row}@example.com,"a note, of ""some"" length ${row}"\n`
        row++
      }
      taken.parts++
      yield part
    }
  })()
}

it('needs as much memory for many rows as for few', async () => {
  let rows = 0
  let first = 0
  for await (const { error } of readCsv(endless({ parts: 0 }))) {
    if (error) throw error
    rows++
    if (rows === 10_000) first = heap()
    if (rows === 120_000) break
  }
  // The text of the rows between is 12 MB long.
  expect(heap() - first).toBeLessThan(5)
}, 60_000)

it('reads no further than it is read', async () => {
  const taken = { parts: 0 }
  let rows = 0
  for await (const _ of readCsv(endless(taken))) if (++rows === 1000) break
  expect(taken.parts).toBeLessThan(8)
})
