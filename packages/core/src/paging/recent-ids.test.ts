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

  it('tells apart whatever texts there are, as a Set does', () => {
    // Aa and BB have one hash, as have all texts that are made of as many of them.
    const alike = fc.string({ unit: fc.constantFrom('Aa', 'BB'), maxLength: 8 })
    const ids = fc.array(
      fc.oneof(alike, fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'é', 'x'.repeat(20_000))),
    )
    fc.assert(
      fc.property(ids, (all) => {
        const [remembered, known] = [new RecentIds(), new Set<string>()]
        for (const id of all) {
          expect(remembered.has(id)).toBe(known.has(id))
          expect(remembered.add(id)).toBe(!known.has(id))
          known.add(id)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('takes about as long for ids of one hash as for others, and tells them apart', () => {
    const alike = Array.from({ length: 2 ** 15 }, (_, at) =>
      at.toString(2).padStart(15, '0').replaceAll('0', 'Aa').replaceAll('1', 'BB'),
    )
    const remembered = new RecentIds()
    const startedAt = performance.now()
    expect(alike.every((id) => remembered.add(id))).toBe(true)
    expect(alike.slice(-10_000).some((id) => remembered.add(id))).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(1_500)
    expect(alike.slice(0, 10_000).every((id) => remembered.add(id))).toBe(true)
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
