import type { Page, PageSource } from '../page-source.ts'
import { type Deferred, deferred } from './deferred.ts'

/** A request for a page that waits for the test's answer. */
export interface PageRequest {
  readonly cursor: string | undefined
  readonly signal: AbortSignal | undefined
  answer(page: Page<number>): void
  fail(reason: unknown): void
}

/** A source of pages whose requests the test answers one by one. */
export interface ControlledPages {
  readonly source: PageSource<number>
  readonly requests: PageRequest[]
  /** The cursors that were asked for, in order. */
  cursors(): (string | undefined)[]
}

/** Makes a source of pages whose requests the test answers; an aborted request rejects with the signal's reason. */
export function controlledPages(more: Partial<PageSource<number>> = {}): ControlledPages {
  const requests: PageRequest[] = []
  return {
    requests,
    cursors: () => requests.map(({ cursor }) => cursor),
    source: {
      fetchPage(cursor, signal) {
        const answer: Deferred<Page<number>> = deferred()
        signal?.addEventListener('abort', () => answer.reject(signal.reason))
        requests.push({ cursor, signal, answer: answer.resolve, fail: answer.reject })
        return answer.promise
      },
      ...more,
    },
  }
}

/** A source that holds so many items, page by page, each page's cursor being its number. */
export function numberedPages(
  pages: number,
  pageSize: number,
  more: Partial<PageSource<number>> = {},
): ControlledPages {
  const requests: PageRequest[] = []
  const noAnswer = (): void => undefined
  return {
    requests,
    cursors: () => requests.map(({ cursor }) => cursor),
    source: {
      async fetchPage(cursor, signal) {
        requests.push({ cursor, signal, answer: noAnswer, fail: noAnswer })
        const page = Number(cursor ?? 0)
        const items = Array.from({ length: pageSize }, (_, index) => page * pageSize + index)
        return { items, ...(page + 1 < pages && { nextCursor: String(page + 1) }) }
      },
      ...more,
    },
  }
}
