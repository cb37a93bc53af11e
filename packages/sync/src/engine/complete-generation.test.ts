import { describe, expect, it } from 'vitest'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'
import { CompleteGeneration, countGone, goneFrom } from './complete-generation.ts'

const generation = { side: 'source', number: 3, read: 7, startedAt: 0 } as const

describe('a complete generation', () => {
  it('is made of one that ended and reached every contact, and of no other', () => {
    expect(CompleteGeneration.of({ ...generation, state: 'complete' })).toMatchObject({
      side: 'source',
      number: 3,
    })
    expect(CompleteGeneration.of({ ...generation, state: 'partial' })).toBeUndefined()
    expect(CompleteGeneration.of({ ...generation, state: 'reading' })).toBeUndefined()
    expect(CompleteGeneration.of(undefined)).toBeUndefined()
  })

  it('is not taken for one that only looks like it', () => {
    const complete = CompleteGeneration.of({ ...generation, state: 'complete' })
    const forgeries: readonly unknown[] = [
      { side: 'source', number: 3 },
      { ...complete },
      Object.create(CompleteGeneration.prototype),
      complete && Object.create(complete),
      complete && new Proxy(complete, {}),
      null,
      'complete',
    ]
    for (const forgery of forgeries) expect(CompleteGeneration.is(forgery)).toBe(false)
    expect(CompleteGeneration.is(complete)).toBe(true)
  })

  it('cannot be forged at run time: what is none is refused before the ledger is asked', () => {
    const ledger = sqliteLedger(':memory:')
    // Programs without types may give anything.
    const forgery = { side: 'source', number: 3 } as unknown as CompleteGeneration
    expect(() => goneFrom(ledger, 'crm', forgery, { limit: 10 })).toThrow('Only a complete generation')
    expect(() => countGone(ledger, 'crm', forgery)).toThrow('Only a complete generation')
  })
})
