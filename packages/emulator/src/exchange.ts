import { type Audit, createAuditLog, type ReadWrite } from './audit.ts'
import { asStreamed } from './connection.ts'
import type { ErrorBody } from './fault-answer.ts'
import { hasBodyFault } from './fault-body.ts'
import { faultCheck, type OwnNames, type Route } from './fault-check.ts'
import { createFaults, type Fault, type FaultQueue } from './faults.ts'
import { createRecorder, type RecordedRequests } from './recorder.ts'
import { serveWithFault } from './serve-with-fault.ts'
import type { Sleep } from './sleep.ts'

/** A request that a vendor's routes are to answer. */
export interface Arrived<F extends Fault> {
  readonly body: Uint8Array<ArrayBuffer>
  readonly bodyText: string
  readonly fault: F | undefined
}

/** What every vendor's server does with a request before and after its routes. */
export interface Exchange<F extends Fault> {
  readonly requests: RecordedRequests
  readonly faults: FaultQueue<F>
  audit(): Audit
  /** Records a request, has it met by a fault, and answers it. */
  answer(
    request: Request,
    signal: AbortSignal | undefined,
    serve: (arrived: Arrived<F>) => Response | Promise<Response>,
  ): Promise<Response>
  /** Forgets requests, faults and writes that are still to be applied. */
  reset(): void
}

/** What differs between vendors. */
export interface ExchangeSpec<F extends Fault> {
  readonly vendor: string
  readonly now: () => number
  readonly sleep: Sleep
  readonly recordLimit: number | undefined
  readonly errorBody: ErrorBody
  readonly readWrite: ReadWrite
  /** The members that the vendor's faults have besides those of all. */
  readonly faultNames: OwnNames<F>
  readonly routes: readonly Route[]
  /** Tells of a fault of the vendor's own whether it answers with success and applies nothing. @default none does */
  readonly appliesNothing?: (fault: F) => boolean
}

const met = new WeakMap<Request, Fault>()

/** The fault that a request met, if any. */
export function faultMetBy(request: Request): Fault | undefined {
  return met.get(request)
}

/** Makes a vendor's log, faults and audit, and what binds them together. */
export function createExchange<F extends Fault>(spec: ExchangeSpec<F>): Exchange<F> {
  const { now, sleep, errorBody } = spec
  const faults = createFaults(faultCheck<F>(spec.vendor, spec.faultNames, spec.routes))
  const log = createAuditLog(spec.vendor, spec.readWrite)
  const recorder = createRecorder(spec.recordLimit ?? Number.POSITIVE_INFINITY, log)
  let generation = 0

  return {
    requests: recorder.requests,
    faults: faults.queue,
    audit: log.audit,
    async answer(request, signal, serve) {
      const sent = new Uint8Array(await request.arrayBuffer())
      const sentText = new TextDecoder().decode(sent)
      const { noteStatus, entry } = recorder.record(request, sentText, now())
      const fault = faults.take(request.method, new URL(request.url).pathname)
      if (fault !== undefined) met.set(request, fault)
      const bodyText = fault?.forget ? without(sentText, fault.forget) : sentText
      const body = fault?.forget ? new TextEncoder().encode(bodyText) : sent
      const began = generation
      const trace = log.trace(entry)
      const traced = async (): Promise<Response> => {
        if (began !== generation) return new Response(null, { status: 503 })
        const response = await serve({ body, bodyText, fault })
        if (!(fault && spec.appliesNothing?.(fault))) await trace.served(response)
        return response
      }
      const response = await serveWithFault(fault ?? {}, traced, { errorBody, sleep, signal, trace })
      if (signal?.aborted) trace.lost()
      noteStatus(response.status)
      return fault && hasBodyFault(fault) && response.body !== null ? asStreamed(response) : response
    },
    reset() {
      generation += 1
      recorder.requests.clear()
      faults.queue.clear()
    },
  }
}

/** The JSON text without the members of these names, at any depth. Text that is no JSON stays. */
function without(text: string, names: readonly string[]): string {
  try {
    return JSON.stringify(JSON.parse(text, (name, value) => (names.includes(name) ? undefined : value)))
  } catch {
    return text
  }
}
