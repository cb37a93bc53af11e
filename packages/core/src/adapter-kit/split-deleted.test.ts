import { describe, expect, it } from 'vitest'
import type { Condition } from '../model/query.ts'
import { splitDeleted } from './split-deleted.ts'

const name: Condition = { field: 'name', operator: 'eq', value: 'Ana' }
const deleted = (operator: Condition['operator'], value: Condition['value']): Condition => ({
  field: 'deleted',
  operator,
  value,
})

describe('splitDeleted', () => {
  it.each([
    ['all', []],
    ['only', [deleted('eq', true)]],
    ['without', [deleted('eq', false)]],
    ['without', [deleted('ne', true)]],
    ['only', [deleted('ne', false)]],
    ['all', [deleted('in', [true, false])]],
    ['only', [deleted('in', [true])]],
    ['all', [deleted('exists', true)]],
    ['without', [deleted('in', [true, false]), deleted('ne', true)]],
  ] as const)('%s: %j', (expected, conditions) => {
    expect(splitDeleted([name, ...conditions])).toEqual({ deleted: expected, rest: [name] })
  })

  it('hands over conditions that no contact can meet', () => {
    const conditions = [name, deleted('eq', true), deleted('eq', false)]
    expect(splitDeleted(conditions)).toEqual({ deleted: 'all', rest: conditions })
    const never = [deleted('exists', false)]
    expect(splitDeleted(never)).toEqual({ deleted: 'all', rest: never })
  })
})
