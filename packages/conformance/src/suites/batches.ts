import type { BatchProgress } from '@anycontact/core'
import { assert, assertSame } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Define, Suite } from '../suite.ts'
import { at, BATCH_KINDS, type BatchKind } from './batch-kinds.ts'

/** More items than this are too many to make for a test of chunks. */
const MAX_CHUNKED = 250

/** Batches: each item's fate is told once, in the end by index, and one bad item never sinks the rest. */
export const batches: Suite = (define) => {
  for (const kind of BATCH_KINDS) defineKind(define, kind)
}

function defineKind(define: Define, kind: BatchKind): void {
  const { operation } = kind
  const declared = (name: string, body: (session: Session) => Promise<void>): void => {
    define(`${operation} ${name}`, async (session) => {
      if (session.has(operation)) await body(session)
      else {
        await session.refuses(operation)
      }
    })
  }

  declared('does every item and tells so by index', async (session) => {
    const items = await kind.prepare(session, 5)
    const progress: BatchProgress[] = []
    const source = items.map(({ item }) => item)
    const totals = await kind.start(session, source, { onProgress: (step) => progress.push(step) })
    assertSame(totals.total, 5, `${operation}: total`)
    assertSame(
      totals.failed.map(({ error }) => error.message),
      [],
      `${operation}: what failed`,
    )
    assertSame(
      totals.succeeded.map(({ index }) => index),
      [0, 1, 2, 3, 4],
      `${operation}: the indexes of what succeeded`,
    )
    await session.settle()
    for (const result of totals.succeeded) await at(items, result.index).done(result)
    assertSame(
      progress.map(({ done }) => done),
      [1, 2, 3, 4, 5],
      `${operation}: done in onProgress`,
    )
    assertSame(
      progress.at(-1),
      { done: 5, succeeded: 5, failed: 0, total: 5 },
      `${operation}: the last onProgress`,
    )
  })

  declared('goes on after a bad item', async (session) => {
    const items = await kind.prepare(session, 3)
    const refused = await kind.refused(session)
    const bad = [kind.invalid(session), ...(refused === undefined ? [] : [refused])]
    const [first, second, third] = items
    const source = [first?.item, ...bad, second?.item, third?.item]
    const { succeeded, failed } = await kind.start(session, source)
    const badIndexes = bad.map((_, index) => index + 1)
    assertSame(
      failed.map(({ index }) => index),
      badIndexes,
      `${operation}: the indexes of what failed`,
    )
    assertSame(
      failed.map(({ error }) => error.code),
      bad.map((_, index) => (index === 0 ? 'invalid_input' : kind.refusal)),
      `${operation}: the codes of items that cannot be done`,
    )
    for (const { error } of failed) {
      assertSame(error.provider, session.provider, `${operation}: the provider in an item's error`)
      assertSame(error.operation, operation, `${operation}: the operation in an item's error`)
    }
    assertSame(
      succeeded.map(({ index }) => index),
      [0, bad.length + 1, bad.length + 2],
      `${operation}: the indexes of what succeeded beside a bad item`,
    )
    await session.settle()
    for (const [position, { done }] of items.entries()) await done(at(succeeded, position))
  })

  declared('takes an async iterable, and gives each result as it lands', async (session) => {
    const items = await kind.prepare(session, 4)
    let left = false
    async function* source(): AsyncGenerator<unknown> {
      try {
        for (const { item } of items) yield item
      } finally {
        left = true
      }
    }
    const seen: number[] = []
    const totals: (number | undefined)[] = []
    const options = { concurrency: 2, onProgress: ({ total }: BatchProgress) => totals.push(total) }
    for await (const result of kind.start(session, source(), options)) {
      assert(result.ok, `${operation} of an async iterable: item ${result.index} failed`)
      seen.push(result.index)
      await session.settle()
      await at(items, result.index).done(result)
    }
    assertSame(seen.sort(), [0, 1, 2, 3], `${operation} of an async iterable: the indexes`)
    assertSame(
      totals,
      [undefined, undefined, undefined, undefined],
      `${operation} of an async iterable: total in onProgress`,
    )
    assert(left, `${operation} did not end its source`)
  })

  declared('does nothing for no items, and refuses what is no list of items', async (session) => {
    assertSame(
      await kind.start(session, []),
      { total: 0, succeeded: [], failed: [] },
      `${operation} of no items`,
    )
    await session.rejects(`${operation} of a number`, 'invalid_input', () => kind.start(session, Object(7)))
    await session.rejects(`${operation} with concurrency 0`, 'invalid_input', () =>
      kind.start(session, [], { concurrency: 0 }),
    )
  })

  declared('does more items than go into one request', async (session) => {
    const { maxItems = 3 } = session.capabilities[operation] ?? {}
    if (maxItems > MAX_CHUNKED) return
    const items = await kind.prepare(session, maxItems + 2)
    const { succeeded, failed } = await kind.start(
      session,
      items.map(({ item }) => item),
    )
    assertSame(
      failed.map(({ error }) => error.message),
      [],
      `${operation} of ${items.length} items: what failed`,
    )
    assertSame(
      succeeded.map(({ index }) => index),
      items.map((_, index) => index),
      `${operation} of ${items.length} items: the indexes`,
    )
    await session.settle()
    for (const position of [0, maxItems - 1, maxItems, maxItems + 1]) {
      await at(items, position).done(at(succeeded, position))
    }
  })

  declared('is all or nothing when asked to, or refuses to be', async (session) => {
    const items = await kind.prepare(session, 2)
    const source = items.map(({ item }) => item)
    if (session.capabilities[operation]?.atomic !== true) {
      await session.rejects(`${operation} with atomic, which is not declared,`, 'unsupported', () =>
        kind.start(session, source, { atomic: true }),
      )
      for (const { undone } of items) await undone()
      return
    }
    const refused = await kind.refused(session)
    for (const bad of [kind.invalid(session), ...(refused === undefined ? [] : [refused])]) {
      let failure: unknown
      await kind.start(session, [...source, bad], { atomic: true }).catch((error: unknown) => {
        failure = error
      })
      assert(failure !== undefined, `an atomic ${operation} with a bad item succeeded`)
      for (const { undone } of items) await undone()
    }
    const { succeeded } = await kind.start(session, source, { atomic: true })
    assertSame(succeeded.length, 2, `an atomic ${operation} of good items: how many succeeded`)
    for (const [position, { done }] of items.entries()) await done(at(succeeded, position))
  })
}
