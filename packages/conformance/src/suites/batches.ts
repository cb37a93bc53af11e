import type {
  BatchOptions,
  BatchProgress,
  BatchRun,
  Contact,
  ContactInput,
  ItemSource,
  UpsertOutcome,
} from '@anycontact/core'
import { assert, assertSame, fail } from '../assert.ts'
import { assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import type { Define, Suite } from '../suite.ts'
import { upsertKey } from './upsert-key.ts'

type Operation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** What a batch may tell of an item. */
type Value = { readonly contact?: Contact; readonly outcome?: UpsertOutcome }

/** How one batch operation is called and looked at. */
interface Kind {
  readonly operation: Operation
  /** Makes items that can be done, and says how to see that each was. */
  prepare(session: Session, count: number): Promise<readonly Item[]>
  /** An item that cannot be done, found out here. */
  invalid(session: Session): unknown
  /** An item that cannot be done, found out by the provider; `undefined` where there is none. */
  refused(session: Session): Promise<unknown>
  start(session: Session, items: ItemSource<unknown>, options?: BatchOptions): BatchRun<Value>
}

interface Item {
  readonly item: unknown
  /** Checks that it was done. */
  done(result: Value): Promise<void>
  /** Checks that nothing of it was done. */
  undone(): Promise<void>
}

/** More items than this are too many to make for a test of chunks. */
const MAX_CHUNKED = 250

/** Batches: each item's fate is told once, in the end by index, and one bad item never sinks the rest. */
export const batches: Suite = (define) => {
  for (const kind of KINDS) defineKind(define, kind)
}

function defineKind(define: Define, kind: Kind): void {
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
    assertSame(failed[0]?.error.code, 'invalid_input', `${operation}: the code of an item that is not valid`)
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

const creating: Kind = {
  operation: 'createMany',
  async prepare(session, count) {
    return Array.from({ length: count }, () => createdItem(session, session.basic()))
  },
  invalid: (session) => ({ ...session.basic(), nope: 1 }),
  async refused(session) {
    const { unique = ['externalId'] } = session.options
    const key = unique.find((candidate) => session.storable.includes(candidate))
    if (key === undefined) return undefined
    const taken = session.basic()
    await session.make(taken)
    return { ...session.basic(), [key]: taken[key] }
  },
  start: (session, items, options) => session.client.createMany(items as ItemSource<ContactInput>, options),
}

const updating: Kind = {
  operation: 'updateMany',
  async prepare(session, count) {
    const contacts = await session.makeMany(count)
    return contacts.map((contact) => {
      const patch = session.sample([textField(session)])
      return {
        item: { ref: contact, patch },
        async done({ contact: updated }) {
          assertSame(updated?.id, contact.id, 'updateMany: the id of a result')
          assertWritten(session, session.check(updated, 'updateMany'), patch, 'what updateMany gave')
          assertWritten(session, await session.reread(contact), patch, 'the contact read after updateMany')
        },
        async undone() {
          const { raw: _raw, ...now } = await session.reread(contact)
          const { raw: _before, ...before } = contact
          assertSame(now, before, 'a contact after an updateMany that was to do nothing')
        },
      }
    })
  },
  invalid: (session) => ({ ref: 'x', patch: { ...session.sample([textField(session)]), nope: 1 } }),
  async refused(session) {
    const gone = await removed(session)
    return gone && { ref: gone, patch: session.sample([textField(session)]) }
  },
  start: (session, items, options) =>
    session.client.updateMany(items as ItemSource<{ ref: Contact; patch: ContactInput }>, {
      ...options,
      scan: true,
    }),
}

const upserting: Kind = {
  operation: 'upsertMany',
  async prepare(session, count) {
    return Array.from({ length: count }, (_, index) => {
      const input = session.spelled({ ...session.basic(), ...session.sample([upsertKey(session)]) })
      const { done, undone } = createdItem(session, input)
      return {
        item: input,
        undone,
        async done(result) {
          assertSame(result.outcome, 'created', `upsertMany: the outcome of item ${index}`)
          await done(result)
        },
      }
    })
  },
  invalid: (session) => ({ ...session.basic(), nope: 1 }),
  async refused(session) {
    const key = upsertKey(session)
    if (!session.canShare(key)) return undefined
    const shared = session.spelled(session.sample([key]))
    await session.makeMany(2, () => ({ ...session.basic(), ...shared }))
    return { ...session.basic(), ...shared }
  },
  start: (session, items, options) =>
    session.client.upsertMany(items as ItemSource<ContactInput>, {
      ...options,
      by: upsertKey(session),
      scan: true,
    }),
}

const deleting: Kind = {
  operation: 'deleteMany',
  async prepare(session, count) {
    const contacts = await session.makeMany(count)
    return contacts.map((contact) => ({
      item: contact,
      async done() {
        assert(await session.isGone(contact), 'deleteMany left a contact there')
      },
      async undone() {
        await session.reread(contact)
      },
    }))
  },
  invalid: () => ({ id: '' }),
  refused: removed,
  start: (session, items, options) =>
    session.client.deleteMany(items as ItemSource<Contact>, { ...options, scan: true }),
}

const KINDS: readonly Kind[] = [creating, updating, upserting, deleting]

function createdItem(session: Session, input: ContactInput): Item {
  return {
    item: input,
    async done({ contact }) {
      const created = session.keep(session.check(contact, 'a batch'))
      assertWritten(session, created, input, 'what a batch gave')
      assertWritten(session, await session.reread(created), input, 'the contact read after a batch')
    },
    async undone() {
      if (!session.has('list')) return
      const key = (['externalId', 'email', 'name', 'phone'] as const).find(
        (field) => input[field] !== undefined,
      )
      const twin = (await session.all()).find((contact) => key !== undefined && contact[key] === input[key])
      assertSame(twin?.id, undefined, 'a contact that a batch was not to make')
    },
  }
}

/** A contact that is no longer there; `undefined` where contacts cannot be deleted. */
async function removed(session: Session): Promise<Contact | undefined> {
  if (!session.has('delete')) return undefined
  const contact = await session.make()
  await session.client.delete(contact, { scan: true })
  await session.settle()
  return contact
}

function textField(session: Session) {
  const fields = session.capabilities.update?.fields ?? []
  const field = (['name', 'nickname', 'note', 'status', 'customFields', 'contactMethods'] as const).find(
    (name) => fields.includes(name),
  )
  return field ?? fail('update.fields has none of the fields that the suite changes')
}

function at<T>(items: readonly T[], index: number): T {
  return items[index] ?? fail(`there is no item ${index}`)
}
