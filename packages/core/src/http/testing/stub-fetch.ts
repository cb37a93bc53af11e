import type { FetchFunction } from '../types.ts'

/** A request as it was sent. */
export interface SentRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal
  readonly redirect: string | undefined
}

/** An answer, an error to fail with, or a function that makes one. */
export type Answer = Response | Error | ((request: SentRequest) => Response | Promise<Response>)

/** A `fetch` that gives the answers in turn, and keeps what it was sent. */
export interface StubFetch {
  readonly fetch: FetchFunction
  readonly sent: SentRequest[]
}

/** Creates a {@link StubFetch}; one call more than there are answers is an error of the test. */
export function stubFetch(...answers: Answer[]): StubFetch {
  const sent: SentRequest[] = []
  return {
    sent,
    fetch: async (input, init) => {
      const { signal } = init ?? {}
      if (!(signal instanceof AbortSignal)) throw new Error('sent without a signal')
      const request: SentRequest = {
        url: String(input),
        method: init?.method ?? 'GET',
        headers: new Headers(init?.headers),
        body: init?.body,
        signal,
        redirect: init?.redirect,
      }
      sent.push(request)
      const answer = answers[sent.length - 1]
      if (answer === undefined) throw new Error(`no answer for request ${sent.length}`)
      if (answer instanceof Error) throw answer
      return typeof answer === 'function' ? answer(request) : answer
    },
  }
}

/** An answer with a JSON body. */
export function jsonAnswer(data: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(data), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  })
}

/** An answer that never comes, until it is aborted. */
export function silence({ signal }: SentRequest): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

const jsonType = { 'content-type': 'application/json' }

/** A body that starts and never ends, which heeds no signal. */
function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')) })
}

/** Headers at once, and a body that starts and stays silent until it is aborted. */
export function slowBody({ signal }: SentRequest): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":'))
      signal.addEventListener('abort', () => controller.error(signal.reason))
    },
  })
  return new Response(body, { headers: jsonType })
}

/** The same, of a `fetch` that does not heed the signal. */
export function deafBody(): Response {
  return new Response(endlessBody(), { headers: jsonType })
}

/** An answer that never comes, of a `fetch` that does not heed the signal. */
export function deaf(): Promise<Response> {
  return new Promise(() => {})
}
