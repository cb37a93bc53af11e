import { describe, expectTypeOf, it } from 'vitest'
import type { Ledger } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pair.ts'
import type { Generation } from '../ledger/records.ts'
import { CompleteGeneration, goneFrom } from './complete-generation.ts'

declare const ledger: Ledger
declare const generation: Generation
declare const side: Side

describe('CompleteGeneration', () => {
  it('is not made by hand', () => {
    // @ts-expect-error its constructor is private
    new CompleteGeneration(generation)
    expectTypeOf<{ side: Side; number: number }>().not.toExtend<CompleteGeneration>()
    expectTypeOf<Generation>().not.toExtend<CompleteGeneration>()
  })

  it('is the only thing that can be asked who is gone', () => {
    // @ts-expect-error a plain object is none
    void goneFrom(ledger, 'crm', { side, number: 1 }, { limit: 1 })
    // @ts-expect-error nor is what the ledger has
    void goneFrom(ledger, 'crm', generation, { limit: 1 })
    // @ts-expect-error what may be none is to be looked at first
    void goneFrom(ledger, 'crm', CompleteGeneration.of(generation), { limit: 1 })
    const complete = CompleteGeneration.of(generation)
    if (complete) void goneFrom(ledger, 'crm', complete, { limit: 1 })
  })
})
