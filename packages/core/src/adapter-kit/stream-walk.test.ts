import { describe, expect, it } from 'vitest'
import { type StreamBegin, type StreamWalk, walkStream } from './stream-walk.ts'
import { failure } from './test-clock.ts'

interface Row {
  readonly id?: string
  readonly createdAt: number
}

const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, createdAt: at }))

/** A listing of rows, oldest first, whose streamed answers end after so many rows, one after the other; then whole. */
function walkOf(listed: Row[], ends: number[], more: Partial<StreamWalk> = {}) {
  const asked: StreamBegin[] = []
  const after = ({ cursor }: StreamBegin): Row[] => {
    if (cursor === undefined) return listed
    const at = listed.findIndex(({ id }) => id === cursor)
    return at < 0 ? [] : listed.slice(at + 1)
  }
  const walk: StreamWalk = {
    provider: 'shop',
    operation: 'list',
    async open(begin) {
      asked.push(begin)
      const answer = after(begin).slice(
        0,
        Math.min(ends.shift() ?? Number.POSITIVE_INFINITY, begin.take ?? 1_000),
      )
      return (async function* () {
        yield* answer.map((row) => [row])
      })()
    },
    async page(begin) {
      asked.push(begin)
      return after(begin).slice(0, begin.take)
    },
    maxPageSize: 100,
    positionOf: (row) => {
      const { id, createdAt }: Partial<Row> = Object(row)
      return id === undefined ? undefined : { id, createdAt }
    },
    isAscending: true,
    isFiltered: false,
    isGone: async (id) => listed.every((row) => row.id !== id),
    async retry(error, times) {
      if (times >= 4) throw error
    },
    ...more,
  }
  return { asked, read: async () => (await all(walkStream(walk))).flat() }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const given: T[] = []
  for await (const item of items) given.push(item)
  return given
}

describe('walkStream', () => {
  it.each([0, 1, 2, 3, 150])('gives %i rows once, wherever their answers end', async (count) => {
    const { read } = walkOf(rows(count), [0, 1, 1, 30])
    expect(await read()).toEqual(rows(count))
  })

  it('gives rows without an id once, too', async () => {
    const listed: Row[] = [{ createdAt: 0 }, { id: 'a', createdAt: 1 }, { createdAt: 2 }, { createdAt: 3 }]
    for (const end of [0, 1, 2, 3, 4]) expect(await walkOf(listed, [end]).read()).toEqual(listed)
  })

  it('goes on until as many came as are wanted, and asks nothing then', async () => {
    const { read, asked } = walkOf(rows(9), [2], { wanted: 5 })
    expect(await read()).toEqual(rows(5))
    expect(asked).toEqual([
      { cursor: undefined, take: 5 },
      { cursor: 'r0', take: 2 },
      { cursor: 'r1', take: 3 },
    ])
  })

  it('begins after a row, and finds the place of one that is gone by its time', async () => {
    const [first, second, ...rest] = rows(6)
    const after = { id: 'r1', createdAt: 1 }
    expect(await walkOf(rows(6), [1], { after }).read()).toEqual(rest)
    expect(await walkOf([...rows(1), ...rest], [1], { after }).read()).toEqual(rest)
    expect(await walkOf([...rows(1), ...rest], [], { after, isLost: true }).read()).toEqual(rest)
    expect(
      await walkOf(
        [first, second].flatMap((row) => row ?? []),
        [],
        { after },
      ).read(),
    ).toEqual([])
  })

  it('says that it cannot go on after a row that is gone and whose time is not known', async () => {
    const { read } = walkOf(rows(3), [], { after: { id: 'gone' } })
    expect(await failure(read())).toMatchObject({ code: 'invalid_input' })
  })

  it('fails where the server does not look at cursors', async () => {
    const { read } = walkOf(rows(6), [3], { page: async ({ take }) => rows(take) })
    expect(await failure(read())).toMatchObject({ code: 'bad_response', provider: 'shop', operation: 'list' })
  })

  it('fails where more follow that never come', async () => {
    const { read } = walkOf(rows(6), [3, 0, 0, 0, 0, 0, 0])
    expect(await failure(read())).toMatchObject({ code: 'network', retryable: true })
  })
})
