import { ContactsError } from '@anycontact/core'
import { OPERATIONS } from '@anycontact/core/adapter-kit'
import { assert, assertSame, fail, print } from '../assert.ts'
import type { Session } from '../session.ts'
import { ANSWER_MS, type Timed } from '../slow/slow-provider.ts'
import type { TimedCall } from '../slow/timed-call.ts'
import { timedCalls } from '../slow/timed-calls.ts'
import type { Suite } from '../suite.ts'

/** A deadline that no call of the suite needs. */
export const GENEROUS_MS = 200 * ANSWER_MS

/** Not batches: their deadline is each item's. */
const AWAITED = Object.entries(OPERATIONS).flatMap(([operation, methods]) => {
  if (methods.length > 0) return methods.map((method) => `${operation}.${method}`)
  return operation.endsWith('Many') ? [] : [operation]
})

/** Deadlines of awaited calls: each ends in time, with all the requests that it takes, and sends nothing afterwards. */
export const deadlines: Suite = (define) => {
  for (const name of AWAITED) {
    define(
      `${name} ends by its deadline`,
      async (session) => {
        if (!isDeclared(session, name)) {
          await session.refuses(name)
          return
        }
        for (const call of timedCalls(session, name)) await endsInTime(session, call)
      },
      { isSlow: true },
    )
  }
}

function isDeclared(session: Session, name: string): boolean {
  const [operation = '', method] = name.split('.')
  const declared: unknown = Reflect.get(session.capabilities, operation)
  return method === undefined ? declared !== undefined : Reflect.get(Object(declared), method) !== undefined
}

async function endsInTime(session: Session, { what, isWrite, isScan, prepare }: TimedCall): Promise<void> {
  const timed = async (deadlineMs: number): Promise<Timed<unknown>> => {
    const call = await prepare()
    return session.slow.time(() => call({ deadlineMs }))
  }
  const whole = await timed(GENEROUS_MS)
  assertDone(whole, what)
  // Each call makes contacts first, and a longer listing may be read in less time: where its last page is not full.
  const tookMs = isScan ? Math.min(whole.tookMs, 2 * ANSWER_MS) : whole.tookMs
  for (const deadlineMs of deadlinesWithin(tookMs)) {
    const cut = await timed(deadlineMs)
    const error = assertTimeout(session, cut, deadlineMs, what)
    if (session.options.transport === 'none') continue
    const isLastAnswer = deadlineMs === whole.tookMs - ANSWER_MS / 2
    if (isWrite && isLastAnswer && !isScan)
      assert(
        error.applied !== 'no',
        `${what} was sent and cut off, but its error says that nothing was written`,
      )
    if (!isWrite) assertSame(error.applied, 'no', `${what}, which writes nothing: applied of its error`)
  }
}

/** Deadlines at which something that takes so long is cut off: within its first answer, its second and its last one. */
export function deadlinesWithin(tookMs: number): readonly number[] {
  const half = ANSWER_MS / 2
  const all = [half, ANSWER_MS + half, tookMs - half]
  return [...new Set(all.filter((deadlineMs) => deadlineMs < tookMs))]
}

/** Checks that a call with time enough went through, and that it was slow. */
export function assertDone<T>({ result, sent, tookMs }: Timed<T>, what: string): T {
  if ('error' in result) return fail(`${what}, of which each answer is slow, failed: ${print(result.error)}`)
  assert(
    sent > 0 && tookMs >= ANSWER_MS,
    `${what} did not wait for a slow answer: make the adapter with \`fetch: slow(…)\`, or say \`transport: none\``,
  )
  return result.value
}

/** Checks that a call ended at its deadline, and that nothing was sent afterwards. */
export function assertTimeout(
  { provider }: Session,
  { result, tookMs, late }: Timed<unknown>,
  deadlineMs: number,
  what: string,
): ContactsError {
  const named = `${what} with a deadline of ${deadlineMs} ms and answers of ${ANSWER_MS} ms`
  if ('value' in result)
    return fail(`${named} went through, after ${tookMs} ms; is the client made with the policy's clock?`)
  const { error } = result
  if (!ContactsError.is(error)) return fail(`${named} should fail with timeout, but threw ${print(error)}`)
  assertSame(error.code, 'timeout', `${named}: the code of the error (${error.message})`)
  assertSame(error.provider, provider, `${named}: the provider in its error`)
  assertSame(tookMs, deadlineMs, `${named}: when it ended`)
  assertSame(late, 0, `${named}: how many requests were sent after it had ended`)
  return error
}
