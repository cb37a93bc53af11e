import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { vcard } from '../testing/vcards.ts'
import { readVCards } from './read-vcards.ts'
import { writeVCards } from './write-vcards.ts'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** What is in use, in megabytes. */
function heap(): number {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed / 1e6
}

/** Cards without end, as bytes, in parts that end anywhere; counts those that were asked for. */
async function* endless(taken: { parts: number }): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for (let card = 0; ; ) {
    let part = ''
    while (part.length < 30_000) {
      const lines = [
        `UID:customer-number-${card}`,
        `FN:Ana Souza Łódź ${card}`,
        `EMAIL:ana.${card}@example.com`,
      ]
      part += vcard('VERSION:3.0', ...lines, `NOTE:of some length\\, and of ${card} words`)
      card++
    }
    taken.parts++
    yield encoder.encode(part)
  }
}

it('needs as much memory for many cards as for few, also on the way to another file', async () => {
  let rows = 0
  let first = 0
  async function* contacts() {
    for await (const { contact, error } of readVCards(endless({ parts: 0 }))) {
      if (error) throw error
      yield contact
      rows++
      if (rows === 5_000) first = heap()
      if (rows === 45_000) break
    }
  }
  let written = 0
  for await (const part of writeVCards(contacts())) written += part.length
  expect(written).toBeGreaterThan(5e6)
  expect(heap() - first).toBeLessThan(5)
}, 120_000)

it('reads no further than it is read', async () => {
  const taken = { parts: 0 }
  let rows = 0
  for await (const _ of readVCards(endless(taken))) if (++rows === 1000) break
  expect(taken.parts).toBeLessThan(12)
})

it('keeps nothing of what has no end', async () => {
  let isLong = false
  async function* file() {
    yield `${vcard('FN:x')}BEGIN:VCARD\r\nFN:y\r\nNOTE:`
    for (let part = 0; part < 500; part++) yield 'x'.repeat(60_000)
    isLong = heap() > before + 25
    yield `\r\nEND:VCARD\r\n${vcard('FN:z')}`
  }
  const before = heap()
  const read: unknown[] = []
  for await (const { contact, line, error, text } of readVCards(file())) {
    read.push(contact ?? [line, error?.message, text])
  }
  expect(isLong).toBe(false)
  expect(read).toEqual([
    { name: 'x' },
    [4, expect.stringContaining('is longer than 20 MB'), ''],
    { name: 'z' },
  ])
})
