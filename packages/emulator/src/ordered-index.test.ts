import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IndexedRow, OrderedIndex } from './ordered-index.ts'

interface Row extends IndexedRow {
  readonly even: boolean
}

const positions = fc.uniqueArray(
  fc.record({ createdAt: fc.integer({ min: 0, max: 9 }), id: fc.stringMatching(/^[a-e]{1,3}$/) }),
  {
    maxLength: 200,
    selector: ({ id }) => id,
  },
)

function row({ createdAt, id }: { createdAt: number; id: string }): Row {
  return { createdAt, id, removed: false, even: createdAt % 2 === 0 }
}

function sorted(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

const query = { take: 1000, cursor: undefined, cursorSkip: 'offset', matches: undefined } as const

test('whatever is put in and taken out, a listing is the sorted rest', () => {
  fc.assert(
    fc.property(positions, positions, fc.infiniteStream(fc.boolean()), (bulk, single, removals) => {
      const index = new OrderedIndex<Row>()
      const rows = bulk.map(row)
      index.insertAll(rows)
      for (const position of single) {
        if (rows.some(({ id }) => id === position.id)) continue
        const added = row(position)
        rows.push(added)
        index.insert(added)
      }
      const kept = rows.filter((added) => {
        const { value: remove } = removals.next()
        if (remove) index.remove(added)
        return !remove
      })
      expect(index.size).toBe(kept.length)
      expect([...index]).toEqual(sorted(kept))
      expect(index.page({ ...query, order: 'asc' })).toEqual(sorted(kept))
      expect(index.page({ ...query, order: 'desc' })).toEqual(sorted(kept).toReversed())
    }),
  )
})

test('pages of any size, following the last row, are the whole listing once', () => {
  fc.assert(
    fc.property(
      positions,
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('asc', 'desc'),
      fc.boolean(),
      (bulk, take, order, filtered) => {
        const index = new OrderedIndex<Row>()
        const rows = bulk.map(row)
        index.insertAll(rows)
        const matches = filtered ? (candidate: Row) => candidate.even : undefined
        const walked: Row[] = []
        for (;;) {
          const page = index.page({ order, take, cursor: walked.at(-1), cursorSkip: 'offset', matches })
          walked.push(...page)
          if (page.length === 0) break
        }
        const expected = sorted(rows).filter((candidate) => matches?.(candidate) ?? true)
        expect(walked).toEqual(order === 'asc' ? expected : expected.toReversed())
      },
    ),
  )
})

test('a cursor that is no row of the index counts by its position', () => {
  const index = new OrderedIndex<Row>()
  index.insertAll([1, 2, 4, 5].map((createdAt) => row({ createdAt, id: `r${createdAt}` })))
  const at = (order: 'asc' | 'desc', cursorSkip: 'offset' | 'exact') =>
    index
      .page({ ...query, order, cursorSkip, cursor: { createdAt: 3, id: 'x' } })
      .map(({ createdAt }) => createdAt)
  expect(at('asc', 'exact')).toEqual([4, 5])
  expect(at('asc', 'offset')).toEqual([5])
  expect(at('desc', 'exact')).toEqual([2, 1])
  expect(at('desc', 'offset')).toEqual([1])
})

test('removing a row twice counts once', () => {
  const index = new OrderedIndex<Row>()
  const only = row({ createdAt: 1, id: 'a' })
  index.insert(only)
  index.remove(only)
  index.remove(only)
  expect(index.size).toBe(0)
})

test('removing nearly everything leaves the rest in order', () => {
  const index = new OrderedIndex<Row>()
  const rows = Array.from({ length: 1000 }, (_, at) => row({ createdAt: at, id: `r${at}` }))
  index.insertAll(rows)
  for (const removed of rows.slice(0, 995)) index.remove(removed)
  expect([...index]).toEqual(rows.slice(995))
  expect(index.page({ ...query, order: 'asc', take: 2, cursor: rows[995] })).toEqual(rows.slice(996, 998))
})
