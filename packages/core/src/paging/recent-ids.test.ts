import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentIds } from './reading.ts'

describe('RecentIds', () => {
  it('knows an id that came before', () => {
    const ids = new RecentIds()
    const isNew = (id: string): boolean => ids.add(id)
    expect(['a', 'b', 'a', 'c', 'b'].map(isNew)).toEqual([true, true, false, true, false])
  })

  it('remembers the latest ids, and forgets the oldest, so that its memory does not grow', () => {
    const remembered = new RecentIds(100)
    const isNew = (id: string): boolean => remembered.add(id)
    const ids = Array.from({ length: 1000 }, (_, at) => `id${at}`)
    for (const [at, id] of ids.entries()) {
      expect(isNew(id)).toBe(true)
      for (const recent of ids.slice(Math.max(0, at - 99), at)) expect(isNew(recent)).toBe(false)
    }
    // At most twice as many.
    expect(ids.slice(0, 800).every(isNew)).toBe(true)
  })

  it('remembers at least as many as it is told, and at most twice as many', () => {
    const least = fc.integer({ min: 1, max: 1_000 })
    fc.assert(
      fc.property(least, fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 3_000 }), (size, all) => {
        const remembered = new RecentIds(size)
        // In the order in which they were added last.
        const added: string[] = []
        for (const id of all.map(String)) {
          const age = added.includes(id) ? added.length - added.lastIndexOf(id) : Number.POSITIVE_INFINITY
          const isNew = remembered.add(id)
          if (age <= size) expect(isNew).toBe(false)
          if (age > 2 * size) expect(isNew).toBe(true)
          if (isNew) added.push(id)
        }
      }),
      { numRuns: 100 },
    )
  })
})
