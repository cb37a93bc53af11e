import { withCors } from './cors.ts'
import type { Handler } from './handler.ts'

/** Thrown by a handler to say that the connection breaks before any byte of an answer. */
export class ConnectionCut extends Error {
  override readonly name: string = 'ConnectionCut'
  /** What the system was doing: making the connection, or reading from it. */
  readonly during: 'connect' | 'read'

  constructor(during: 'connect' | 'read' = 'read') {
    super('The emulator cut the connection')
    this.during = during
  }
}

/** The part of the global `fetch` that clients use. */
export type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>

/**
 * Makes a `fetch` out of a handler: what happens on the connection is seen as the platform's `fetch` shows it. A
 * cut connection is a `TypeError`; an abort rejects with the signal's reason, or errors the body when the answer
 * had begun.
 */
export function createFetch(vendor: Handler): Fetch {
  const handler = withCors(vendor)
  return async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
    signal?.throwIfAborted()
    const request = new Request(input, { ...init, signal: null })
    try {
      const response = await abortable(handler(request, signal), signal)
      return signal === undefined || response.body === null
        ? response
        : withBody(response, cancelled(response.body, signal))
    } catch (error) {
      throw error instanceof ConnectionCut ? connectionError(error.during) : error
    }
  }
}

/** The error that a broken body ends with. */
export function bodyCut(): TypeError {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
  return new TypeError('terminated', { cause })
}

/** The same answer with another body. */
export function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}

/** Marks an answer whose body is not sent in one piece, as a server without a length to announce does. */
export function asStreamed(response: Response): Response {
  response.headers.set('transfer-encoding', 'chunked')
  return response
}

/** Tells whether an answer was marked so. */
export function isStreamed(response: Response): boolean {
  return response.headers.get('transfer-encoding') === 'chunked'
}

function connectionError(syscall: 'connect' | 'read'): TypeError {
  const code = syscall === 'connect' ? 'ECONNREFUSED' : 'ECONNRESET'
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
  return new TypeError('fetch failed', { cause })
}

function abortable(answer: Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  if (signal === undefined) return answer
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason)
      // An answer that comes too late is let go of.
      answer.then((response) => response.body?.cancel()).catch(() => {})
    }
    signal.addEventListener('abort', onAbort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Passes a body on, and errors it when the signal aborts. */
function cancelled(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let onAbort: () => void = () => {}
  const release = (): void => signal.removeEventListener('abort', onAbort)
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(signal.reason)
          reader.cancel(signal.reason).catch(() => {})
        }
        if (signal.aborted) onAbort()
        else signal.addEventListener('abort', onAbort, { once: true })
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (signal.aborted) return
          if (!done) return controller.enqueue(value)
          release()
          controller.close()
        } catch (error) {
          release()
          controller.error(error)
        }
      },
      async cancel(reason) {
        release()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
