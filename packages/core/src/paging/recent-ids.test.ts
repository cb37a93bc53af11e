import { describe, expect, it } from 'vitest'
import { createRecentIds } from './reading.ts'

describe('createRecentIds', () => {
  it('knows an id that came before', () => {
    const isNew = createRecentIds()
    expect(['a', 'b', 'a', 'c', 'b'].map(isNew)).toEqual([true, true, false, true, false])
  })

  it('remembers the latest ids, and forgets the oldest, so that its memory does not grow', () => {
    const isNew = createRecentIds(100)
    const ids = Array.from({ length: 1000 }, (_, at) => `id${at}`)
    for (const [at, id] of ids.entries()) {
      expect(isNew(id)).toBe(true)
      for (const recent of ids.slice(Math.max(0, at - 99), at)) expect(isNew(recent)).toBe(false)
    }
    // At most twice as many.
    expect(ids.slice(0, 800).every(isNew)).toBe(true)
  })
})
