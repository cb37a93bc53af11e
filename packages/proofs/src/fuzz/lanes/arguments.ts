import { copyContacts, exportCsv } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import fc from 'fast-check'
import { goodCalls, ID, METHOD_ID } from '../calls.ts'
import { checkError, failedIn, type Lane, lane, outcomeOf, Wrong } from '../lane.ts'
import { hostile, isTime, nonsense, type Path, pathsIn, replaced } from '../nonsense.ts'
import { call, type Loose, openWorld, providerNames, seedOne, supports } from '../world.ts'

const BESIDE: ReadonlySet<string> = new Set(['explain', 'toArray', 'exportCsv', 'copyContacts'])

const places = providerNames.flatMap((provider) => {
  const { client } = openWorld(provider)
  return Object.entries(goodCalls)
    .filter(([operation]) => BESIDE.has(operation) || supports(client, operation))
    .flatMap(([operation, args]) => pathsIn(args).map((path) => ({ provider, operation, path })))
    .filter(({ path }) => path.length > 0)
})

const calls = fc.record({
  place: fc.constantFrom(...places),
  kind: fc.constantFrom(...Object.keys(nonsense)),
})

/** Every operation, and every function beside the client, with nonsense at one place of a good call. */
export const callArguments: Lane = lane(
  'arguments',
  calls,
  async ({ place: { provider, operation, path }, kind }) => {
    const world = openWorld(provider)
    const ids = await seedOne(world, provider)
    const good = withIds(provider === 'contact-methods' ? byId[operation] : goodCalls[operation], ids)
    const args: unknown = replaced(good, path, nonsense[kind]?.())
    world.begin()
    const outcome = await outcomeOf(
      () => run(world.client, operation, Object.values(Object(args))),
      world.requests,
    )
    const failed = 'given' in outcome ? failedIn(outcome.given) : [outcome.error]
    if ('given' in outcome) for (const error of failed) checkError(error)
    // A number of milliseconds can be any, and so can what a function gives.
    if (failed.length === 0 && mustFail(kind, path)) throw new Wrong('was taken')
    return failed.length === 0 ? 'taken' : 'refused'
  },
  ({ place: { provider, operation, path }, kind }) => `${provider} ${operation}(${path.join('.')}: ${kind})`,
)

/** The good calls of a provider whose contacts have no id but the caller's. */
const byId: typeof goodCalls = {
  ...goodCalls,
  ...Object.fromEntries(
    ['create', 'createMany', 'upsert', 'upsertMany'].map((operation) => {
      const [first, options] = goodCalls[operation] ?? []
      const keyed = (input: unknown): unknown => ({
        ...Object(input),
        id: '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6c',
      })
      return [
        operation,
        [
          Array.isArray(first) ? first.map(keyed) : keyed(first),
          operation.startsWith('upsert') ? { ...Object(options), by: 'id' } : options,
        ],
      ]
    }),
  ),
}

/** A good call about a contact and a method that are there. */
function withIds(value: unknown, ids: Awaited<ReturnType<typeof seedOne>>): unknown {
  if (value === ID) return ids.contact
  if (value === METHOD_ID) return ids.method
  if (Array.isArray(value)) return value.map((item) => withIds(item, ids))
  const isPlain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
  if (!isPlain) return value
  return Object.fromEntries(Object.entries(Object(value)).map(([key, part]) => [key, withIds(part, ids)]))
}

function mustFail(kind: string, path: Path): boolean {
  return hostile.has(kind) && !(['huge', 'unsafe'].includes(kind) && isTime(path.at(-1)))
}

async function run(client: Loose, operation: string, args: readonly unknown[]): Promise<unknown> {
  if (operation === 'toArray') return call(Object(call(client, 'list', [])), 'toArray', args)
  if (operation === 'exportCsv') {
    const csv: ReadableStream<string> = Reflect.apply(
      exportCsv as (...all: unknown[]) => ReadableStream<string>,
      undefined,
      [client, ...args],
    )
    for await (const _ of csv);
    return undefined
  }
  if (operation === 'copyContacts') {
    return Reflect.apply(copyContacts as (...all: unknown[]) => Promise<unknown>, undefined, [
      client,
      memory(),
      ...args,
    ])
  }
  return call(client, operation, args)
}
