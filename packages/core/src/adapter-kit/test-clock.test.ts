import { describe, expect, it, vi } from 'vitest'
import { createTestClock, failure } from './test-clock.ts'

const START = Date.UTC(2026, 0, 1)

/** One turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Notes when each wait ends. */
function notes(clock: ReturnType<typeof createTestClock>): {
  readonly seen: string[]
  wait(name: string, ms: number, signal?: AbortSignal): Promise<void>
} {
  const seen: string[] = []
  return {
    seen,
    wait: (name, ms, signal) =>
      clock.sleep(ms, signal).then(
        () => void seen.push(`${name} ${clock.now() - START}`),
        (reason) => void seen.push(`${name} aborted: ${reason}`),
      ),
  }
}

describe('a clock that stands still', () => {
  it('ends waits in their order, each with what follows from it', async () => {
    const clock = createTestClock()
    const { seen, wait } = notes(clock)
    void wait('c', 300)
    void wait('a', 100).then(() => wait('b', 150))
    void wait('d', 301)
    void wait('e', 300)
    expect(clock.now()).toBe(START)
    await clock.advance(300)
    expect(seen).toEqual(['a 100', 'b 250', 'c 300', 'e 300'])
    expect(clock.pending).toBe(1)
    expect(clock.now()).toBe(START + 300)
    await clock.advance(1)
    expect(seen.at(-1)).toBe('d 301')
    expect(clock.waits).toEqual([])
  })

  it('moves until a promise settles, and no further', async () => {
    const clock = createTestClock({ startMs: 5 })
    const other = clock.sleep(10_000)
    const work = (async () => {
      for (const ms of [1, 20, 300]) await clock.sleep(ms)
      return 'done'
    })()
    expect(await clock.settle(work)).toBe('done')
    expect(clock.now()).toBe(326)
    expect(await failure(clock.settle(Promise.reject(new Error('no'))))).toMatchObject({ message: 'no' })
    await clock.settle(other)
    expect(await failure(clock.settle(new Promise(() => {})))).toMatchObject({
      message: 'Nothing is left to wait for.',
    })
  })

  it('lets answers be read to their end before it moves on', async () => {
    const clock = createTestClock()
    const { seen, wait } = notes(clock)
    void wait('time-out', 30_000)
    let pulls = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await nextTurn()
        controller.enqueue(new Uint8Array([97]))
        if (++pulls === 5) controller.close()
      },
    })
    expect(await clock.settle(new Response(body).text())).toBe('aaaaa')
    expect(seen).toEqual([])
  })

  it('ends aborted waits with the reason, and forgets them', async () => {
    const clock = createTestClock()
    const { seen, wait } = notes(clock)
    const stop = new AbortController()
    void wait('a', 100, stop.signal)
    void wait('b', 100, AbortSignal.abort('early'))
    expect(clock.pending).toBe(1)
    stop.abort('enough')
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    expect(seen).toEqual(['b aborted: early', 'a aborted: enough'])
    expect(clock.pending).toBe(0)
  })

  it('leaves no listener behind', async () => {
    const clock = createTestClock()
    const { signal } = new AbortController()
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')]
    await clock.settle(clock.sleep(100, signal))
    expect(added).toHaveBeenCalledOnce()
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]?.[1])
  })
})

describe('a clock on which short waits pass', () => {
  it('notes them and moves by itself', async () => {
    const clock = createTestClock({ waits: 'pass', tickMs: 0 })
    await clock.sleep(250)
    await clock.sleep(29_999)
    expect(clock.waits).toEqual([250, 29_999])
    expect(clock.now()).toBe(START + 30_249)
  })

  it('holds time-outs, until as much time has passed', async () => {
    const clock = createTestClock({ waits: 'pass', tickMs: 0 })
    const { seen, wait } = notes(clock)
    void wait('time-out', 30_000)
    await clock.sleep(20_000)
    expect(seen).toEqual([])
    expect(clock.pending).toBe(1)
    const pause = clock.sleep(20_000)
    expect(clock.pending).toBe(0)
    await pause
    expect(clock.waits).toEqual([20_000, 20_000])
  })

  it('ticks at each look', () => {
    const clock = createTestClock({ waits: 'pass' })
    expect([clock.now(), clock.now()]).toEqual([START + 1, START + 2])
    expect(createTestClock({ tickMs: 5 }).now()).toBe(START + 5)
  })

  it('lets the test say which waits pass, and refuses aborted ones', async () => {
    const clock = createTestClock({ waits: (ms) => ms !== 30_000 && ms <= 60_000 })
    await clock.sleep(45_000)
    void clock.sleep(30_000)
    expect(await failure(clock.sleep(5, AbortSignal.abort('early')))).toBe('early')
    expect([clock.waits, clock.pending]).toEqual([[45_000], 1])
  })
})

describe('failure', () => {
  it('gives what a promise is rejected with, and fails when it is not', async () => {
    expect(await failure(Promise.reject('no'))).toBe('no')
    expect(await failure(failure(Promise.resolve(1)))).toMatchObject({ message: 'It should have failed.' })
  })
})
