import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MakeSubject, type Subject, subjects } from './clients.ts'
import { socketsLeft, type Usage, usage } from './usage.ts'

/** How many calls are made at once. */
export const WAVE = 50
/** How many requests of a client are under way at once. */
export const CONCURRENCY = 8

/** Collected memory differs by so much from one look to the next: less than a kilobyte for each call. */
const NOISE_BYTES = 1_000_000

/** `PROOFS_SCALE=5` makes five times as many calls, as many for each client as are otherwise made for all of them. */
const scale = Number(process.env.PROOFS_SCALE ?? 1)

/** What is done with a client over and over. */
export interface Situation {
  /** How many calls are made of all clients together, in this process, and as many over sockets. */
  readonly calls: number
  /** Whether it can happen in memory, where no request is made. */
  readonly inMemory: boolean
  /** Makes {@link WAVE} calls. Those that end by themselves use the signal, which outlives them all. */
  wave(subject: Subject, number: number, signal: AbortSignal): Promise<void>
}

/** Defines the tests of a situation: what is held afterwards is what was held before, at every adapter. */
export function describeAsBefore(words: string, situation: Situation): void {
  const vendors = Object.entries(subjects).filter(([name]) => name !== 'memory')
  const inProcess = situation.inMemory ? Object.entries(subjects) : vendors
  describe.each([
    ['in this process', false, inProcess],
    ['over sockets', true, vendors],
  ] as const)(`${words}, %s`, (_, overSockets, all) => {
    describe.each(all)('%s', (_name, make) => {
      defineTest(make, overSockets, Math.round((situation.calls * scale) / all.length / WAVE), situation)
    })
  })
}

/** What is held beyond what was; looked at again for a while, because a busy machine takes its time to let go. */
async function excessOver(before: Usage): Promise<string[]> {
  for (let look = 1; ; look++) {
    const { timers, others, heapBytes } = await usage()
    const excess = [
      ...(timers > before.timers ? [`${timers - before.timers} timers`] : []),
      ...(others > before.others ? [`${others - before.others} other handles`] : []),
      ...(heapBytes > before.heapBytes + NOISE_BYTES ? [`${heapBytes - before.heapBytes} bytes`] : []),
    ]
    if (excess.length === 0 || look === 20) return excess
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function defineTest(make: MakeSubject, overSockets: boolean, waves: number, { wave }: Situation): void {
  let subject: Subject
  beforeAll(async () => {
    subject = await make(overSockets)
  })
  afterAll(() => subject.close())

  test(`${waves * WAVE} leave sockets, timers, listeners and memory as before`, {
    timeout: 120_000 * scale,
  }, async () => {
    const { signal } = new AbortController()
    // What is made once, or compiled, is there after a few.
    for (let number = 0; number < 10; number++) await wave(subject, number, signal)
    const before = await usage()
    for (let number = 0; number < waves; number++) await wave(subject, number, signal)
    // Both sides keep some for the next requests, for some seconds: never as many as there were calls.
    const most = overSockets ? 8 * CONCURRENCY : 0
    expect(await socketsLeft(most)).toBeLessThanOrEqual(most)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(await excessOver(before)).toEqual([])

    await subject.close()
    expect(await socketsLeft(0)).toBe(0)
  })
}
