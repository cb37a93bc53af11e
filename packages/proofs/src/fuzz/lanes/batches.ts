import fc from 'fast-check'
import { checkKept, mustRefuse } from '../kept.ts'
import { checkError, type Lane, lane, member, type Verdict, Wrong } from '../lane.ts'
import { CallersError, hostile, nonsense } from '../nonsense.ts'
import { contact, moods } from '../people.ts'
import { call, openWorld, type ProviderName, providerNames, supports, type World } from '../world.ts'

/** One item: a contact, or what is none. */
const item = fc.oneof(
  { arbitrary: moods.chain(contact).map((input) => ({ input })), weight: 3 },
  { arbitrary: fc.constantFrom(...Object.keys(nonsense)).map((odd) => ({ odd })), weight: 1 },
  { arbitrary: fc.constant({ plain: true }), weight: 2 },
)

type Item = { readonly input: object } | { readonly odd: string } | { readonly plain: true }

const SOURCES = ['array', 'set', 'generator', 'async generator', 'promises', 'stream'] as const
type Source = (typeof SOURCES)[number]

const runs = fc.record({
  provider: fc.constantFrom(...providerNames),
  operation: fc.constantFrom('createMany', 'updateMany', 'upsertMany', 'deleteMany'),
  items: fc.array(item, { minLength: 1, maxLength: 6 }),
  source: fc.constantFrom(...SOURCES),
  /** After how many items the source throws. */
  throwsAt: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, fc.nat({ max: 6 })),
  way: fc.constantFrom('await', 'for await', 'left'),
  concurrency: fc.constantFrom(undefined, 1, 2, 100),
})

type Run = Parameters<Parameters<typeof runs.map>[0]>[0]

/** Batches with bad items among good ones, from every kind of source. */
export const batches: Lane = lane('batches', runs, async (given) => {
  const { provider, operation, items, source, throwsAt, way, concurrency } = given
  const world = openWorld(provider, { unsupportedFields: 'drop' })
  if (!supports(world.client, operation)) return 'refused'
  const ids = await Promise.all(items.map((_, index) => seed(world, given, index)))
  const isAwaited = source === 'async generator' || source === 'promises'
  const made = items.map((one, index) => {
    const item = itemOf(one, given, index, ids[index])
    return isAwaited && hasThen(item) ? null : item
  })
  world.begin()
  const options = { concurrency, ...(operation === 'upsertMany' && keyOf(provider)) }
  const isArray = source === 'array' || source === 'set'
  const throwing = isArray ? undefined : throwsAt
  const results: unknown[] = []
  try {
    const run: unknown = call(world.client, operation, [sourceOf(made, source, throwing), options])
    if (way === 'await') {
      const totals: unknown = await run
      if (member(totals, 'total') !== made.length) throw new Wrong(`total is ${member(totals, 'total')}`)
      results.push(...listOf(member(totals, 'succeeded')), ...listOf(member(totals, 'failed')))
    } else {
      for await (const result of run as AsyncIterable<unknown>) {
        results.push(result)
        if (way === 'left' && results.length >= 2) break
      }
    }
  } catch (error) {
    if (!(error instanceof CallersError))
      throw error instanceof Wrong ? error : new Wrong(`as a whole: ${String(error)}`)
    if (throwing === undefined || throwing > made.length)
      throw new Wrong('threw what its source had not thrown')
    return 'refused'
  }
  if (throwing !== undefined && throwing <= made.length && way !== 'left')
    throw new Wrong('went on after its source had thrown')
  return judge(results, made, given, world)
})

async function judge(
  results: readonly unknown[],
  made: readonly unknown[],
  given: Run,
  world: World,
): Promise<Verdict> {
  const { items, operation, way } = given
  const places = results.map((result) => Number(member(result, 'index')))
  if (new Set(places).size < places.length) throw new Wrong(`an item has two results: ${places}`)
  if (way !== 'left' && places.length !== made.length)
    throw new Wrong(`${places.length} results of ${made.length}`)
  let verdict: Verdict = 'refused'
  const warned = new Set(world.warned)
  for (const result of results) {
    const index = Number(member(result, 'index'))
    const one = items[index]
    if (!one) throw new Wrong(`a result of an item ${index} that there is not`)
    if (member(result, 'ok') !== true) {
      const error = member(result, 'error')
      checkError(error)
      if (error instanceof CallersError) throw new Wrong(`item ${index} failed with what is no ContactsError`)
      if ('plain' in one) throw new Wrong(`a good item, ${index}, failed among bad ones: ${String(error)}`)
      continue
    }
    verdict = 'taken'
    if ('odd' in one && hostile.has(one.odd)) throw new Wrong(`item ${index} was taken`)
    if (operation === 'deleteMany') continue
    const input = inputIn(made[index], operation)
    const reason = mustRefuse(input)
    if (reason !== undefined) throw new Wrong(`item ${index} was taken, although ${reason}`)
    const stored = await call(world.client, 'get', [member(member(result, 'contact'), 'id')])
    const wanted = Object.entries(Object(input)).filter(([, value]) => value !== null)
    if (!('odd' in one)) checkKept(Object.fromEntries(wanted), stored, warned)
  }
  return verdict
}

/** What the language itself waits for, or falls over, on its way out of the caller's own generator. */
function hasThen(item: unknown): boolean {
  try {
    return member(item, 'then') !== undefined
  } catch {
    return true
  }
}

/** An inbox has no place for the caller's ids. */
function keyOf(provider: ProviderName): object {
  if (provider === 'channel-inbox') return { by: 'email', scan: true }
  return { by: provider === 'contact-methods' ? 'id' : 'externalId' }
}

function inputIn(item: unknown, operation: string): unknown {
  return operation === 'updateMany' ? member(item, 'patch') : item
}

/** Keys of one item; at an inbox its email is the key. */
function keys(provider: ProviderName, index: number): object {
  if (provider === 'channel-inbox') return {}
  const id = `0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6${index}`
  return provider === 'contact-methods' ? { id } : { externalId: `user-${index}` }
}

/** The contact that an update or a deletion is about. */
async function seed(
  { client, vendors }: World,
  { provider, operation }: Run,
  index: number,
): Promise<unknown> {
  if (operation === 'createMany' || operation === 'upsertMany') return undefined
  if (provider === 'channel-inbox')
    return vendors.channelInbox.seed([{ display_name: `Ana ${index}` }])[0]?.id
  const before = { ...keys(provider, index), email: `before${index}@example.com` }
  return member(await call(client, 'create', [before]), 'id')
}

function itemOf(one: Item, { provider, operation }: Run, index: number, id: unknown): unknown {
  if ('odd' in one) return nonsense[one.odd]?.()
  // Keys of their own, so that they do not meet.
  const own = { email: `item${index}@example.com`, contactMethods: undefined }
  const input = 'plain' in one ? own : { ...one.input, ...own }
  if (operation === 'updateMany') {
    const { externalId: _key, ...patch }: { externalId?: unknown } = input as object
    return { ref: id, patch }
  }
  return operation === 'deleteMany' ? id : { ...input, ...keys(provider, index) }
}

function sourceOf(items: readonly unknown[], source: Source, throwsAt: number | undefined): unknown {
  const check = (index: number): void => {
    if (index === throwsAt) throw new CallersError('of the source')
  }
  function* sync(): Generator<unknown> {
    for (const [index, one] of items.entries()) {
      check(index)
      yield one
    }
    check(items.length)
  }
  switch (source) {
    case 'array':
      return items
    case 'set':
      return { [Symbol.iterator]: () => items[Symbol.iterator]() }
    case 'generator':
      return sync()
    case 'promises':
      return { [Symbol.iterator]: () => promisesOf(items, check) }
    case 'stream':
      return new ReadableStream({ start: (controller) => fill(controller, sync()) })
    case 'async generator':
      return (async function* () {
        for (const one of sync()) {
          await new Promise((resolve) => setImmediate(resolve))
          yield one
        }
      })()
  }
}

function* promisesOf(items: readonly unknown[], check: (index: number) => void): Generator<unknown> {
  for (const [index, one] of items.entries()) {
    yield (async () => {
      check(index)
      return one
    })()
  }
  check(items.length)
}

function fill(controller: ReadableStreamDefaultController<unknown>, items: Generator<unknown>): void {
  try {
    for (const one of items) controller.enqueue(one)
    controller.close()
  } catch (error) {
    controller.error(error)
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
