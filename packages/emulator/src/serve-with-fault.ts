import type { Trace } from './audit.ts'
import { ConnectionCut } from './connection.ts'
import { changedAnswer, type ErrorBody, faultAnswer } from './fault-answer.ts'
import { faultBody } from './fault-body.ts'
import type { Fault, FaultMatch } from './faults.ts'
import { type Sleep, untilAborted } from './sleep.ts'

/** With what a fault's answer is made. */
interface Context {
  readonly errorBody: ErrorBody
  readonly sleep: Sleep
  readonly signal: AbortSignal | undefined
  readonly trace: Trace
}

/** Answers a request as a fault says: around, instead of or after the vendor's own answer. */
export async function serveWithFault(
  fault: Fault,
  serve: () => Promise<Response>,
  context: Context,
): Promise<Response> {
  const { errorBody, sleep, signal, trace } = context
  if (fault.latencyMs !== undefined) await sleep(fault.latencyMs, signal)
  if (fault.stall === 'request') await untilAborted(signal)
  if (fault.cut === 'connect') throw new ConnectionCut('connect')
  if (fault.cut === 'request') throw new ConnectionCut()

  const instead = faultAnswer(fault, errorBody)
  const isNow = fault.applyAfterMs === undefined && (instead === undefined || fault.applied)
  const own = isNow ? await serve() : undefined
  if (fault.applyAfterMs !== undefined) serveLater(fault.applyAfterMs, serve, context)
  if (!isFaithful(fault)) trace.lost()
  const isLost = instead !== undefined || fault.stall === 'answer' || fault.cut === 'answer'
  if (isLost) await own?.body?.cancel()

  if (fault.stall === 'answer') await untilAborted(signal)
  if (fault.cut === 'answer') throw new ConnectionCut()
  const response = instead ?? (own && (await changedAnswer(own, fault)))
  if (response === undefined) throw new Error('A fault left no answer')
  return faultBody(response, fault)
}

function serveLater(ms: number, serve: () => Promise<Response>, { sleep, trace }: Context): void {
  trace.delayed()
  sleep(ms)
    .then(serve)
    .then((response) => response.body?.cancel())
    .catch(() => {})
    .finally(() => trace.settled())
}

/** The members of a fault that leave the vendor's answer what it is. */
const HARMLESS: ReadonlySet<string> = new Set<keyof Fault | keyof FaultMatch>([
  'latencyMs',
  'chunkBytes',
  'forget',
  'method',
  'path',
  'skip',
  'times',
])

function isFaithful(fault: Fault): boolean {
  return Object.keys(fault).every((member) => HARMLESS.has(member))
}
