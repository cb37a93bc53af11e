import { describe, expect, it } from 'vitest'
import { createRecentIds } from './recent-ids.ts'

describe('createRecentIds', () => {
  it('knows an id that came before', () => {
    const isNew = createRecentIds()
    expect(['a', 'b', 'a', 'c', 'b'].map(isNew)).toEqual([true, true, false, true, false])
  })

  it('forgets the oldest id first, so that its memory does not grow', () => {
    const isNew = createRecentIds(2)
    expect(['a', 'b', 'c'].map(isNew)).toEqual([true, true, true])
    expect(['b', 'c', 'a'].map(isNew)).toEqual([false, false, true])
    expect(['c', 'b'].map(isNew)).toEqual([false, true])
  })
})
