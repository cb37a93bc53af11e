import type { BatchTotals, Contact, ListQuery, Page, PageQuery, Pager } from '@anycontact/core'
import { assert, assertSame } from '../assert.ts'
import type { Session } from '../session.ts'
import { ANSWER_MS, type Timed } from '../slow/slow-provider.ts'
import { type BatchOperation, type TimedBatch, timedBatches } from '../slow/timed-batches.ts'
import type { Suite } from '../suite.ts'
import { assertDone, assertTimeout, deadlinesWithin, GENEROUS_MS } from './deadlines.ts'

/** One request after the other, so that what takes long takes long. */
const ONE_BY_ONE = { isSlow: true, policy: { concurrency: 1 } } as const

/** Deadlines of what has several parts: each page of a listing, each item of a batch, and a stream up to its headers. */
export const deadlinesOfParts: Suite = (define) => {
  define(
    'each page of list has a deadline of its own',
    async (session) => {
      if (!session.has('list')) {
        await session.refuses('list')
        return
      }
      await session.makeMany(5)
      await pagesEndInTime(session, 'list', (query) => session.client.list(query))
    },
    ONE_BY_ONE,
  )

  define(
    'each page of search has a deadline of its own',
    async (session) => {
      if (!session.has('search')) {
        await session.refuses('search')
        return
      }
      const [word, made] = await makeFindable(session, 4)
      await pagesEndInTime(session, 'search', (query) => session.client.search(word, query), made)
    },
    ONE_BY_ONE,
  )

  define(
    'a stream has a deadline up to its headers',
    async (session) => {
      if (session.capabilities.list?.streaming !== true || session.options.transport === 'none') return
      await session.makeMany(3)
      const whole = await session.slow.time(() => session.client.list({ deadlineMs: GENEROUS_MS }).toArray())
      const everyone = assertDone(whole, 'a stream')
      const deadlineMs = ANSWER_MS / 2
      const cut = await session.slow.time(() => session.client.list({ deadlineMs }).toArray())
      assertTimeout(session, cut, deadlineMs, 'a stream whose headers are late')
      const slow = await session.slow.time(
        () => session.client.list({ deadlineMs: ANSWER_MS + deadlineMs }).toArray(),
        { hasSlowBody: true },
      )
      const what = 'a stream whose headers are in time and whose body is slow'
      assertSame(assertDone(slow, what).length, everyone.length, `${what}: how many contacts`)
      assert(slow.tookMs > ANSWER_MS + deadlineMs, `${what} was not slow`)
    },
    ONE_BY_ONE,
  )

  for (const operation of ['createMany', 'updateMany', 'upsertMany', 'deleteMany'] as const) {
    define(
      `each item of ${operation} has a deadline of its own`,
      async (session) => {
        if (session.has(operation)) await itemsEndInTime(session, operation)
        else {
          await session.refuses(operation)
        }
      },
      ONE_BY_ONE,
    )
  }
}

async function pagesEndInTime<C extends Contact>(
  session: Session,
  what: string,
  list: (query: ListQuery & PageQuery) => Pager<C>,
  least = 1,
): Promise<void> {
  const pages: Timed<Page<C>>[] = []
  // A listing may end with an empty page or without, according to how it was read.
  let full = 0
  for (let cursor: string | undefined, isLast = false; !isLast; ) {
    const query = { pageSize: 1, cursor, deadlineMs: GENEROUS_MS }
    const page = await session.slow.time(() => list(query))
    const { nextCursor, items } = assertDone(page, `a page of ${what}`)
    cursor = nextCursor
    if (items.length > 0) full++
    isLast = cursor === undefined
    pages.push(page)
  }
  const [slowest = 0, sum] = [
    Math.max(...pages.map(({ tookMs }) => tookMs)),
    pages.reduce((total, { tookMs }) => total + tookMs, 0),
  ]
  assert(pages.length >= least, `${what} with pageSize 1 has ${pages.length} pages`)
  const deadlineMs = slowest + ANSWER_MS / 2
  const all = await session.slow.time(async () => {
    let count = 0
    for await (const { items } of list({ pageSize: 1, deadlineMs }).pages()) if (items.length > 0) count++
    return count
  })
  const name = `${what} by slow pages, each in time,`
  assertSame(assertDone(all, name), full, `${name} with a deadline: how many pages that are not empty`)
  if (sum > 2 * deadlineMs) assert(all.tookMs > deadlineMs, `${name} took no longer than one page`)
}

async function itemsEndInTime(session: Session, operation: BatchOperation): Promise<void> {
  for (const batch of timedBatches(session, operation)) {
    const one = await run(session, batch, 1, GENEROUS_MS)
    assertAllDone(one, batch.what)
    for (const deadlineMs of deadlinesWithin(one.tookMs)) {
      await cutsOff(session, batch, 1, deadlineMs)
      // The reading of the listing goes on for the items after the first, and they are then in time.
      if (!batch.isScan) await cutsOff(session, batch, 2, deadlineMs)
    }
    // What was made since has made the listing longer.
    const deadlineMs = one.tookMs + ANSWER_MS * (batch.isScan ? 10.5 : 0.5)
    const three = await run(session, batch, 3, deadlineMs)
    assertAllDone(three, `${batch.what} of three items, each in time,`)
    if (session.capabilities[operation]?.mode === 'emulated' && !batch.isScan)
      assert(three.tookMs > deadlineMs, `${batch.what} of three items took no longer than one`)
  }
}

async function cutsOff(
  session: Session,
  batch: TimedBatch,
  count: number,
  deadlineMs: number,
): Promise<void> {
  const what = `${batch.what} of ${count} with a deadline of ${deadlineMs} ms and answers of ${ANSWER_MS} ms`
  const cut = await run(session, batch, count, deadlineMs)
  const { failed, total } = assertDone({ ...cut, tookMs: ANSWER_MS }, what)
  assertSame([failed.length, total], [count, count], `${what}: how many items failed, of how many`)
  for (const { error } of failed) {
    const tookMs = cut.tookMs <= count * deadlineMs ? deadlineMs : cut.tookMs
    assertTimeout(session, { ...cut, tookMs, result: { error } }, deadlineMs, what)
  }
}

async function run(
  session: Session,
  { prepare }: TimedBatch,
  count: number,
  deadlineMs: number,
): Promise<Timed<BatchTotals<unknown>>> {
  const start = await prepare(count)
  return session.slow.time(() => start({ deadlineMs, concurrency: 1 }))
}

function assertAllDone(timed: Timed<BatchTotals<unknown>>, what: string): void {
  const { failed } = assertDone(timed, what)
  assertSame(
    failed.map(({ error }) => error.message),
    [],
    `${what} with slow answers: what failed`,
  )
}

/** Contacts that share a word, and the word. */
async function makeFindable(session: Session, count: number): Promise<readonly [string, number]> {
  const unique: readonly string[] = session.options.unique ?? ['externalId']
  const field = (['name', 'nickname', 'note', 'email', 'phone'] as const).find(
    (candidate) => session.storable.includes(candidate) && !unique.includes(candidate),
  )
  const [first] = await session.makeMany(count, () => ({
    ...session.basic(),
    ...(field && session.sample([field], session.patchNumber)),
  }))
  const word = field && String(session.sample([field], session.patchNumber)[field])
  return [word?.split(/\s/).at(-1) ?? first?.id ?? '', field ? count : 1]
}
