import fc from 'fast-check'
import { checkError, type Lane, lane, member, Wrong } from '../lane.ts'
import { CallersError, nonsense } from '../nonsense.ts'
import { call, openWorld, type ProviderName, providerNames, type World } from '../world.ts'

const STEPS = ['next', 'next', 'three at once', 'return', 'next and return', 'throw'] as const

const what = fc.oneof(
  fc.record({
    kind: fc.constantFrom('items', 'pages'),
    steps: fc.array(fc.constantFrom(...STEPS), { maxLength: 6 }),
    isRead: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom('toArray', 'pages', 'then', 'catch', 'finally', 'return', 'next'),
    odd: fc.constantFrom(...Object.keys(nonsense)),
  }),
)

const cases = fc.record({
  provider: fc.constantFrom(...providerNames),
  operation: fc.constantFrom('list', 'search'),
  pageSize: fc.constantFrom(undefined, 1, 2, 100),
  isAborted: fc.constantFrom('never', 'never', 'before', 'meanwhile'),
  acts: fc.array(what, { minLength: 1, maxLength: 3 }),
})

type Act = Parameters<Parameters<typeof what.map>[0]>[0]

/** The pagers of listings, used in every way that JavaScript allows, several at once. */
export const pagers: Lane = lane(
  'pagers',
  cases,
  async ({ provider, operation, pageSize, isAborted, acts }) => {
    const world = openWorld(provider)
    const ids = await seedSome(world, provider)
    const controller = new AbortController()
    if (isAborted === 'before') controller.abort(new CallersError('left'))
    const query = { pageSize, signal: controller.signal }
    const pager = Object(call(world.client, operation, operation === 'list' ? [query] : ['example', query]))
    const work = acts.map((act) => perform(pager, act, ids, isAborted !== 'never'))
    if (isAborted === 'meanwhile') {
      await new Promise((resolve) => setImmediate(resolve))
      controller.abort(new CallersError('left'))
    }
    const verdicts = await Promise.all(work)
    return verdicts.includes('taken') ? 'taken' : 'refused'
  },
)

async function perform(
  pager: object,
  act: Act,
  ids: readonly string[],
  mayAbort: boolean,
): Promise<'taken' | 'refused'> {
  try {
    if ('odd' in act) await oddly(pager, act.kind, nonsense[act.odd]?.())
    else await step(pager, act, ids)
    return 'taken'
  } catch (error) {
    if (error instanceof Wrong) throw error
    checkError(error)
    if (!mayAbort && !('odd' in act)) throw new Wrong(`failed: ${String(error)}`)
    return 'refused'
  }
}

/** Calls one method with what it cannot use; the language itself ignores what is no handler. */
async function oddly(pager: object, kind: string, odd: unknown): Promise<void> {
  if (kind === 'then') await call(pager, kind, [odd, odd])
  else if (kind === 'pages') await call(Object(call(pager, 'pages', [odd])), 'next', [odd])
  else if (kind === 'return' || kind === 'next') {
    const iterator: object = (pager as AsyncIterable<unknown>)[Symbol.asyncIterator]()
    await call(iterator, kind, [kind === 'return' ? undefined : odd])
    await call(iterator, 'return', [])
  } else await call(pager, kind, [odd])
}

async function step(
  pager: object,
  { kind, steps, isRead }: Extract<Act, { readonly steps: unknown }>,
  ids: readonly string[],
): Promise<void> {
  const source = kind === 'pages' ? call(pager, 'pages', []) : pager
  const iterator = (source as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  const seen: string[] = []
  let isOver = false
  const note = ({ done, value }: IteratorResult<unknown>): void => {
    if (done !== true && isOver) throw new Wrong('went on after its end')
    if (done === true) isOver = true
    else seen.push(...idsIn(kind, value))
  }
  for (const one of steps) {
    if (one === 'next') note(await iterator.next())
    else if (one === 'three at once') {
      for (const result of await Promise.all([iterator.next(), iterator.next(), iterator.next()]))
        note(result)
    } else if (one === 'return') note((await iterator.return?.()) ?? { done: true, value: undefined })
    else if (one === 'next and return') {
      const [first, last] = await Promise.all([iterator.next(), iterator.return?.()])
      note(first)
      if (last?.done !== true) throw new Wrong('return did not end it')
      isOver = true
    } else if (iterator.throw) {
      const error = new CallersError('thrown in')
      const caught = await iterator.throw(error).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (caught !== error) throw new Wrong('what was thrown in did not come out')
      isOver = true
    }
  }
  const wasLeft = isOver && !isWhole(seen, ids)
  while (isRead && !isOver) note(await iterator.next())
  if (!isOver) await iterator.return?.()
  if (new Set(seen).size < seen.length) throw new Wrong(`gives somebody twice: ${seen}`)
  if (seen.some((id, index) => id !== ids[index])) throw new Wrong(`gives ${seen}, not ${ids}`)
  if (isRead && !wasLeft && !isWhole(seen, ids)) throw new Wrong(`gives ${seen.length} of ${ids.length}`)
}

function isWhole(seen: readonly string[], ids: readonly string[]): boolean {
  return seen.length === ids.length
}

function idsIn(kind: string, value: unknown): readonly string[] {
  const items: unknown = kind === 'pages' ? member(value, 'items') : [value]
  return (Array.isArray(items) ? items : []).map((contact) => String(member(contact, 'id')))
}

/** Puts five contacts into a vendor: their ids, in the order of a listing. */
async function seedSome({ client, vendors }: World, provider: ProviderName): Promise<readonly string[]> {
  const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`)
  if (provider === 'channel-inbox') vendors.channelInbox.seed(emails.map((email) => ({ email })))
  else {
    const hasIds = provider === 'contact-methods'
    const inputs = emails.map((email, index) => ({
      ...(hasIds && { id: `0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6${index}` }),
      email,
    }))
    await call(client, 'createMany', [inputs, { concurrency: 1 }])
  }
  const all: unknown = await call(Object(call(client, 'list', [])), 'toArray', [])
  return (Array.isArray(all) ? all : []).map((contact) => String(member(contact, 'id')))
}
