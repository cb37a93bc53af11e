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
})
