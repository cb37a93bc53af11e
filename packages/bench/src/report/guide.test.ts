import { describe, expect, it } from 'vitest'
import { othersMachines, putTables } from './guide.ts'

const guide =
  'Before\n\n<!-- bench:a -->\nold\n<!-- /bench:a -->\n\nBetween\n\n<!-- bench:b -->\n<!-- /bench:b -->\n'
const table = { head: ['what', 'figure'], rows: [['pages', '1.2 ×']] }

describe('putTables', () => {
  it('puts each table between its marks, and leaves everything else', () => {
    const written = putTables(guide, [{ id: 'a', ...table, note: 'Medians of five.' }])
    expect(written).toBe(
      'Before\n\n<!-- bench:a -->\n\n| what | figure |\n| --- | ---: |\n| pages | 1.2 × |\n\nMedians of five.\n\n<!-- /bench:a -->\n\nBetween\n\n<!-- bench:b -->\n<!-- /bench:b -->\n',
    )
  })

  it('puts the same in place of what it put before', () => {
    const tables = ['a', 'b'].map((id) => ({ id, ...table }))
    const once = putTables(guide, tables)
    expect(putTables(once, tables)).toBe(once)
  })

  it('refuses a table that has no place', () => {
    expect(() => putTables(guide, [{ id: 'c', ...table }])).toThrow('no place for c')
  })
})

describe('othersMachines', () => {
  const machine = (node: string, date: string) => ({
    id: 'machine',
    head: ['', 'measured on'],
    rows: [
      ['Node', node],
      ['date', date],
    ],
  })
  const empty = `<!-- bench:machine -->\n<!-- /bench:machine -->\n${guide}`
  const old = putTables(empty, [machine('v24.1.0', '2026-01-01')])

  it('names what another machine measured, but not what is measured anew, or was never', () => {
    expect(othersMachines(old, ['b'], machine('v24.2.0', '2026-01-01'))).toEqual(['a'])
    expect(othersMachines(old, ['a'], machine('v24.2.0', '2026-01-01'))).toEqual([])
  })

  it('has nothing against another day', () => {
    expect(othersMachines(old, ['b'], machine('v24.1.0', '2026-02-02'))).toEqual([])
  })
})
