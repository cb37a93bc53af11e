import type { PageSource, SourcePage } from '../page-source.ts'

/** A provider's list whose pages are numbered, and that can change while it is read. */
export interface MovingList {
  readonly items: string[]
  readonly source: PageSource<string>
  /** The pages that were asked for, in order. */
  readonly asked: number[]
}

/** How a {@link MovingList} behaves. */
export interface MovingListOptions extends Partial<PageSource<string>> {
  readonly count: number
  readonly size: number
  /** Whether the first page tells where the others are. @default false */
  readonly isKnownAhead?: boolean
  /** Whether a page begins with the last item of the one before, where that is asked for. @default true */
  readonly overlaps?: boolean
  /** The total that is told. @default how many items there are */
  readonly total?: (count: number) => number | undefined
  /** Runs before the n-th read of all, counted from 0. */
  readonly beforeRead?: (read: number, items: string[], page: number) => unknown
  /** Changes an answer before it is given. */
  readonly answer?: (given: SourcePage<string>, page: number, read: number) => SourcePage<string>
}

/** Makes a list of the items `i0`, `i1`, … */
export function movingList(options: MovingListOptions): MovingList {
  const {
    count,
    size,
    isKnownAhead = false,
    overlaps = true,
    total = (all) => all,
    beforeRead,
    answer,
    ...more
  } = options
  const items = Array.from({ length: count }, (_, at) => `i${at}`)
  const asked: number[] = []
  return {
    items,
    asked,
    source: {
      idOf: (item) => item,
      async fetchPage(cursor = '0', _signal, overlap = false) {
        const page = Number(cursor)
        const read = asked.push(page) - 1
        await beforeRead?.(read, items, page)
        const [start, end] = [page * size, (page + 1) * size]
        const border = overlaps && overlap && page > 0 ? items.slice(start - 1, start) : undefined
        const given = {
          items: [...(border ?? []), ...items.slice(start, end)],
          overlap: border?.length,
          nextCursor: end < items.length ? String(page + 1) : undefined,
          total: total(items.length),
        }
        return answer ? answer(given, page, read) : given
      },
      ...(isKnownAhead && {
        *laterCursors({ total: told = 0 }: SourcePage<string>) {
          for (let page = 1; page * size < told; page++) yield String(page)
        },
      }),
      ...more,
    },
  }
}
