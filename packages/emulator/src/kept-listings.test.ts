import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { KeptListings, type Listing, listed } from './kept-listings.ts'

interface Row {
  readonly id: number
  readonly rank: number
  readonly on: boolean
}

const up = (a: Row, b: Row): number => a.rank - b.rank
const down = (a: Row, b: Row): number => b.rank - a.rank
const everything = (): boolean => true
const isOn = ({ on }: Row): boolean => on

const LISTINGS: readonly Listing<Row>[] = [
  { matches: everything, compare: up, newest: 'last' },
  { matches: everything, compare: down, newest: 'first' },
  { matches: isOn, compare: up, newest: 'last' },
  { matches: isOn, compare: () => 0, newest: 'first' },
  { matches: everything, compare: () => 0, newest: 'last' },
  { matches: isOn, compare: (a, b) => down(a, b) || a.id - b.id, newest: 'last' },
]

const fields = { rank: fc.nat(3), on: fc.boolean() }
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), ...fields }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(20), ...fields }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(20) }),
)

it('has after any writes what is sorted out of all rows anew', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const kept = new KeptListings<Row>()
      const rows = new Map<number, Row>()
      const look = (): void => {
        for (const [key, listing] of LISTINGS.entries()) {
          const found = kept.rows(
            String(key),
            () => listing,
            () => rows.values(),
          )
          expect(found).toEqual(listed(listing, rows.values()))
        }
      }
      for (const [id, one] of steps.entries()) {
        look()
        if (one.kind === 'create') {
          const row = { id, rank: one.rank, on: one.on }
          rows.set(id, row)
          kept.changed(undefined, row)
          continue
        }
        const before = [...rows.values()][one.at % Math.max(rows.size, 1)]
        if (before === undefined) continue
        if (one.kind === 'delete') {
          rows.delete(before.id)
          kept.changed(before, undefined)
        } else {
          const after = { id: before.id, rank: one.rank, on: one.on }
          rows.set(before.id, after)
          kept.changed(before, after)
        }
      }
      look()
    }),
  )
})

it('sorts no more after a row has come, gone, or changed in its place', () => {
  const kept = new KeptListings<Row>()
  const rows: Row[] = [0, 1, 2].map((id) => ({ id, rank: id, on: true }))
  const all = vi.fn(() => rows)
  const listing = (): Listing<Row> => ({ matches: everything, compare: up, newest: 'last' })
  const ids = (): readonly number[] => kept.rows('', listing, all).map(({ id }) => id)
  expect(ids()).toEqual([0, 1, 2])
  const [first, second] = rows
  kept.changed(undefined, { id: 3, rank: 1, on: true })
  kept.changed(first, undefined)
  kept.changed(second, { id: 1, rank: 1, on: false })
  expect(ids()).toEqual([1, 3, 2])
  expect(all).toHaveBeenCalledOnce()
})

it('keeps the eight that were asked for last', () => {
  const kept = new KeptListings<Row>()
  const all = vi.fn(() => [])
  const listing = (): Listing<Row> => ({ matches: everything, compare: up, newest: 'last' })
  const ask = (...keys: readonly number[]): void => {
    for (const key of keys) kept.rows(String(key), listing, all)
  }
  ask(0, 1, 2, 3, 4, 5, 6, 7, 0, 8)
  expect(all).toHaveBeenCalledTimes(9)
  ask(0)
  expect(all).toHaveBeenCalledTimes(9)
  ask(1)
  expect(all).toHaveBeenCalledTimes(10)
})
