import { ConnectionCut } from './connection.ts'
import { type ErrorBody, faultAnswer } from './fault-answer.ts'
import { faultBody } from './fault-body.ts'
import type { Fault } from './faults.ts'
import { type Sleep, untilAborted } from './sleep.ts'

/** Answers a request as a fault says: around, instead of or after the vendor's own answer. */
export async function serveWithFault(
  fault: Fault,
  serve: () => Promise<Response>,
  context: { readonly errorBody: ErrorBody; readonly sleep: Sleep; readonly signal: AbortSignal | undefined },
): Promise<Response> {
  const { errorBody, sleep, signal } = context
  if (fault.latencyMs !== undefined) await sleep(fault.latencyMs, signal)
  if (fault.stall === 'request') await untilAborted(signal)
  if (fault.cut === 'request') throw new ConnectionCut()

  const instead = faultAnswer(fault, errorBody)
  const own = instead === undefined || fault.applied ? await serve() : undefined
  const isLost = instead !== undefined || fault.stall === 'answer' || fault.cut === 'answer'
  if (isLost) await own?.body?.cancel()

  if (fault.stall === 'answer') await untilAborted(signal)
  if (fault.cut === 'answer') throw new ConnectionCut()
  const response = instead ?? own
  if (response === undefined) throw new Error('A fault left no answer')
  return faultBody(response, fault)
}
