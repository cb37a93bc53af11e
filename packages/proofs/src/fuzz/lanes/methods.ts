import fc from 'fast-check'
import { checkMethod, mustRefuse, toldOf } from '../kept.ts'
import { checkError, failedIn, type Lane, lane, member, outcomeOf, type Verdict, Wrong } from '../lane.ts'
import { method, moods } from '../people.ts'
import { call, openWorld } from '../world.ts'

/** A client's id that both providers take. */
const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

const writes = fc.record({
  provider: fc.constantFrom('memory', 'contact-methods'),
  operation: fc.constantFrom('create', 'createMany', 'update', 'sync'),
  inputs: moods.chain((mood) => fc.array(method(mood), { minLength: 1, maxLength: 3 })),
  by: fc.constantFrom('id', 'email'),
})

/** Contact methods of every kind, written one by one and together, and read back. */
export const methods: Lane = lane('methods', writes, async ({ provider, operation, inputs, by }) => {
  const world = openWorld(provider)
  const { client } = world
  const address = 'first@example.com'
  const first = await call(client, 'create', [{ id: ID, email: address }])
  const [input = {}] = inputs
  const [old] = listOf(member(first, 'contactMethods'))
  const ref = by === 'id' ? ID : { email: address }
  const isMany = operation === 'createMany' || operation === 'sync'
  const wanted = isMany ? inputs : [input]
  const args = operation === 'update' ? [member(old, 'id'), input] : [ref, isMany ? inputs : input]
  world.begin()
  const outcome = await outcomeOf(() => call(client, `contactMethods.${operation}`, args), world.writes)
  const sent = world.requests()
  const reasons = wanted.map((one) => mustRefuse(one))
  const stored = listOf(member(await call(client, 'contactMethods.list', [ID]), 'items'))
  if ('error' in outcome) return refused(outcome.error, reasons, sent)
  const failed = failedIn(outcome.given)
  for (const error of failed) checkError(error)
  const places = new Set(listOf(member(outcome.given, 'failed')).map((item) => member(item, 'index')))
  const isTold = toldOf(world.warned)
  wanted.forEach((one, index) => {
    if (places.has(index)) return
    if (reasons[index] !== undefined) throw new Wrong(`was taken, although ${reasons[index]}`)
    checkStored(one, stored, wanted.slice(index + 1), isTold)
  })
  return 'taken'
})

function checkStored(
  wanted: Readonly<Record<string, unknown>>,
  stored: readonly unknown[],
  later: readonly Readonly<Record<string, unknown>>[],
  isTold: (path: string) => boolean,
): void {
  // A later one of the same type may have become the primary one in its place.
  const isReplaced = later.some(({ type, primary }) => type === wanted.type && primary === true)
  const { primary, ...rest } = wanted
  const expected = isReplaced ? rest : { ...rest, primary }
  const problems: unknown[] = []
  for (const one of stored) {
    try {
      checkMethod(expected, one, isTold)
      return
    } catch (error) {
      if (member(one, 'value') === wanted.value) problems.unshift(error)
    }
  }
  throw problems[0] ?? new Wrong(`${JSON.stringify(wanted)} was written and is not there`)
}

function refused(error: unknown, reasons: readonly (string | undefined)[], requests: number): Verdict {
  const reason = reasons.find((one) => one !== undefined)
  if (reason !== undefined && requests > 0) throw new Wrong(`was sent, although ${reason}: ${String(error)}`)
  return 'refused'
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
