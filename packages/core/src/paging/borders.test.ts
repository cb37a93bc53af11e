import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createPager } from '../pager.ts'
import { movingList } from './testing/moving-list.ts'

/** A change of the list: before how many reads it happens, and where. */
const changes = fc.array(fc.record({ read: fc.nat({ max: 12 }), at: fc.nat(), count: fc.nat({ max: 6 }) }), {
  maxLength: 5,
})

const settings = fc.record({
  count: fc.nat({ max: 30 }),
  size: fc.integer({ min: 1, max: 5 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  isKnownAhead: fc.boolean(),
  overlaps: fc.boolean(),
  delays: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 7 }),
  changes,
})

/** Reads a list while it changes, and tells what came, and what was there all the time. */
async function readWhile(
  { delays, changes: planned, ...rest }: typeof settings extends fc.Arbitrary<infer T> ? T : never,
  change: (items: string[], at: number, count: number) => unknown,
) {
  const { source, items } = movingList({
    ...rest,
    async beforeRead(read) {
      // Pages that are read at once are read in any order.
      for (let turn = delays[read % delays.length] ?? 0; turn > 0; turn--) await Promise.resolve()
      for (const { at, count } of planned.filter((one) => one.read === read)) {
        if (items.length > 0) change(items, at % items.length, count)
      }
    },
  })
  const before = [...items]
  const lacks: string[] = []
  const given = await createPager({ ...source, onIncomplete: (why) => lacks.push(why) }).toArray()
  const isGivenUp = lacks.some((why) => why.startsWith('So much moved'))
  return { given, stayed: before.filter((item) => items.includes(item)), isGivenUp }
}

/**
 * Holds what came to be all that stayed, each once. A list that changes again and again while one page is looked for may be given up,
 * which is told; no more than a few of the runs come to that.
 */
function allThatStayed() {
  let givenUp = 0
  return {
    check({ given, stayed, isGivenUp }: Awaited<ReturnType<typeof readWhile>>) {
      expect(given.length).toBe(new Set(given).size)
      if (isGivenUp) givenUp++
      else expect(given).toEqual(expect.arrayContaining(stayed))
    },
    checkGivenUp: () => expect(givenUp).toBeLessThan(20),
  }
}

describe('items that move over the border of numbered pages', () => {
  it('are all given, each once, whatever goes meanwhile', async () => {
    const { check, checkGivenUp } = allThatStayed()
    await fc.assert(
      fc.asyncProperty(settings, async (setting) => {
        check(await readWhile(setting, (items, at, count) => items.splice(at, count)))
      }),
      { numRuns: 2_000 },
    )
    checkGivenUp()
  })

  it('are all given, each once, whatever comes meanwhile', async () => {
    const { check, checkGivenUp } = allThatStayed()
    await fc.assert(
      fc.asyncProperty(settings, async (setting) => {
        let made = 0
        const come = (items: string[], at: number, count: number): unknown =>
          items.splice(at, 0, ...Array.from({ length: count }, () => `new${made++}`))
        check(await readWhile(setting, come))
      }),
      { numRuns: 2_000 },
    )
    checkGivenUp()
  })

  it('come before what was behind them', async () => {
    const { source } = movingList({
      count: 9,
      size: 3,
      beforeRead: (read, items) => read === 1 && items.shift(),
    })
    expect(await createPager(source).toArray()).toEqual([
      'i0',
      'i1',
      'i2',
      'i3',
      'i4',
      'i5',
      'i6',
      'i7',
      'i8',
    ])
  })

  it('are all given, each once, however many come and go, where pages overlap', async () => {
    const { check, checkGivenUp } = allThatStayed()
    await fc.assert(
      fc.asyncProperty(settings, fc.nat({ max: 6 }), async (setting, comes) => {
        let made = 0
        const comeAndGo = (items: string[], at: number, goes: number): void => {
          items.splice(at, goes)
          const where = made++ % 2 === 0 ? 0 : at % (items.length + 1)
          items.splice(where, 0, ...Array.from({ length: comes }, () => `new${made++}`))
        }
        check(await readWhile({ ...setting, overlaps: true }, comeAndGo))
      }),
      { numRuns: 3_000 },
    )
    checkGivenUp()
  })

  it('cost nothing while the total stays, or grows', async () => {
    const { source, asked } = movingList({
      count: 9,
      size: 3,
      beforeRead: (read, items) => read === 1 && items.push('new'),
    })
    expect(await createPager(source).toArray()).toHaveLength(10)
    expect(asked).toEqual([0, 1, 2, 3])
  })

  it.each([true, false])(
    'are looked for back to one that came, and no further (overlaps: %s)',
    async (overlaps) => {
      const { source, asked } = movingList({
        count: 20,
        size: 2,
        overlaps,
        beforeRead: (read, items) => read === 6 && items.splice(0, 3),
      })
      expect(new Set(await createPager(source).toArray()).size).toBe(20)
      // Page 4 has the last one that came; the last page of the shorter list is half full.
      expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 5, 4, 5, 6, 7, 8])
    },
  )

  it('are looked for whatever the total, where as many come as go', async () => {
    const { source, asked } = movingList({
      count: 9,
      size: 3,
      beforeRead: (read, items) => read === 1 && items.splice(0, 2) && items.push('new1', 'new2'),
    })
    const given = await createPager(source).toArray()
    expect(given.slice(0, 9)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8'])
    expect(asked).toEqual([0, 1, 0, 1, 2])
  })

  it('are not looked for where nothing tells of them, or where cursors point at items', async () => {
    for (const more of [{ total: () => undefined, overlaps: false }, { isNumbered: false }]) {
      const { source, asked } = movingList({
        count: 9,
        size: 3,
        beforeRead: (read, items) => read === 1 && items.shift(),
        ...more,
      })
      await createPager(source).toArray()
      expect(asked).toEqual([0, 1, 2])
    }
  })

  it('are given up where everything moves at every read, and the listing says so', async () => {
    const onIncomplete = vi.fn()
    const { source, asked } = movingList({
      count: 40,
      size: 1,
      // Others are there each time.
      beforeRead: (read, items) =>
        read > 9 && items.splice(0, items.length, ...items.map((_, at) => `r${read} ${at}`)),
      onIncomplete,
    })
    const pager = createPager(source)
    await pager.toArray()
    expect(onIncomplete.mock.calls.flat().join()).toContain('may have moved out of sight')
    expect(pager.complete).not.toBe(true)
    expect(asked.length).toBeLessThan(100)
  })
})
