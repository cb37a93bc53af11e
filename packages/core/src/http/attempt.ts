import { createFetch } from 'ofetch'
import { abortable } from './abort.ts'
import { type AttemptHeaders, attemptHeaders } from './attempt-headers.ts'
import { discardBody } from './body.ts'
import { startTimer } from './clock.ts'
import {
  AttemptFailure,
  type FailureContext,
  failureFromResponse,
  requestError,
  requestIdOf,
} from './error-from-response.ts'
import { callHook, remainingRequests } from './hooks.ts'
import { safeCause } from './network-error.ts'
import { type PreparedRequest, sentTexts } from './prepared-request.ts'
import { redactHeaders } from './redact.ts'
import { redirectTarget } from './redirect.ts'
import type { Settings } from './settings.ts'
import type { RequestEvent, ResponseEvent } from './types.ts'

/** What the reader of a successful answer works with. */
export interface Attempt {
  /** Aborted when the attempt takes too long or the call is over. */
  readonly signal: AbortSignal
  /** The answer cannot be understood. `repeat` when it looks damaged on its way and the request may be sent again. */
  badResponse(response: Response, text: string, repeat?: boolean): AttemptFailure
  /** The connection failed or was cut. */
  network(error: unknown, response?: Response): AttemptFailure
  /** The attempt took too long. */
  timeout(what: string): AttemptFailure
  /** Keeps the request going after the attempt: its place is given back, and the request aborted, by what is returned. */
  handOver(): (reason?: unknown) => void
}

/** Turns a successful answer into what the caller gets. */
export type Consume<T> = (response: Response, attempt: Attempt) => Promise<T> | T

/** An attempt's outcome, with what hooks may be told of it. */
export interface AttemptLog {
  /** The request as it was sent last. */
  event?: RequestEvent
  /** Whether anything was sent: before that, no write can have been applied. */
  sent: boolean
}

const timedOut = Symbol('timed out')
const maxRedirects = 5

/**
 * Sends a request once: waits for a place, asks for headers, sends, follows redirects within the origin, and reads the answer.
 *
 * @param callSignal - aborted when the call is over, by its caller or its deadline
 * @throws AttemptFailure, ContactsError for options that cannot work, or the signal's reason
 */
export async function attemptOnce<T>(
  prepared: PreparedRequest,
  settings: Settings,
  accept: string,
  consume: Consume<T>,
  number: number,
  callSignal: AbortSignal,
  log: AttemptLog,
): Promise<{ readonly response: Response; readonly data: T }> {
  const { config, clock } = settings
  const { idempotent, timeoutMs } = prepared
  const release = await settings.places.acquire(callSignal)
  const controller = new AbortController()
  const { signal } = controller
  const onCallOver = (): void => controller.abort(callSignal.reason)
  callSignal.addEventListener('abort', onCallOver, { once: true })
  const stopTimer = startTimer(clock, timeoutMs, () => controller.abort(timedOut))
  let handedOver = false
  let headers: AttemptHeaders | undefined

  let sent: readonly string[] | undefined
  const context: FailureContext = {
    ...prepared.context,
    idempotent,
    sent: () => {
      sent ??= [...(headers?.texts ?? []), ...sentTexts(prepared)]
      return sent
    },
  }
  const answer = (response?: Response) =>
    response === undefined
      ? {}
      : { status: response.status, requestId: requestIdOf(response.headers, requestIdHeaders, context.sent) }
  const { requestIdHeaders = ['x-request-id'] } = config

  const attempt: Attempt = {
    signal,
    badResponse: (response, text, repeat = false) => {
      const may = repeat && idempotent
      const init = { code: 'bad_response', text, retryable: may, lost: true, ...answer(response) } as const
      return new AttemptFailure(requestError(context, init), may)
    },
    network: (error, response) => {
      const cause = safeCause(error, context.sent())
      const why = cause.code === undefined ? '' : ` (${cause.code})`
      const text = `no complete answer: the connection failed or was cut${why}.`
      const init = { code: 'network', text, retryable: idempotent, lost: true, cause, ...answer(response) } as const
      return new AttemptFailure(requestError(context, init), idempotent)
    },
    timeout: (what) => {
      const init = { code: 'timeout', text: what, retryable: idempotent || !log.sent, lost: log.sent } as const
      return new AttemptFailure(requestError(context, init), idempotent)
    },
    handOver: () => {
      handedOver = true
      return (reason) => {
        release()
        controller.abort(reason)
      }
    },
  }

  const send = async (url: URL, { headers, credentials }: AttemptHeaders): Promise<Response> => {
    await settings.takeTurn?.(signal)
    const event: RequestEvent = {
      ...prepared.context,
      method: prepared.method,
      url: url.origin + url.pathname,
      attempt: number,
      headers: redactHeaders(headers, credentials),
    }
    log.event = event
    callHook(config.onRequest, () => event)
    const startedAt = clock.now()
    log.sent = true
    let response: Response
    try {
      // ofetch's own retry and time-out stay off: they would resend writes, and end at the headers.
      const sending = createFetch({ fetch: prepared.fetch }).raw(url.href, {
        method: prepared.method,
        headers,
        body: prepared.body ?? null,
        redirect: 'manual',
        signal,
        retry: false,
        ignoreResponseError: true,
        responseType: 'stream',
      })
      response = await abortable(sending, signal, discardBody)
    } catch (error) {
      throw signal.aborted ? signal.reason : attempt.network(error)
    }
    callHook(config.onResponse, (): ResponseEvent => {
      const remaining = remainingRequests(response.headers)
      return {
        ...event,
        status: response.status,
        responseHeaders: redactHeaders(response.headers, credentials),
        durationMs: clock.now() - startedAt,
        ...(remaining !== undefined && { remaining }),
      }
    })
    return response
  }

  try {
    headers = await abortable(attemptHeaders(prepared, config, accept), signal)
    let { url } = prepared
    let response = await send(url, headers)
    for (let redirects = 0; ; redirects++) {
      const target = redirectTarget(response, url, prepared)
      if (target === undefined) break
      discardBody(response)
      if (typeof target === 'string') throw attempt.badResponse(response, target)
      if (redirects === maxRedirects) throw attempt.badResponse(response, 'too many redirects.')
      url = target
      response = await send(url, headers)
    }
    if (!response.ok) throw await failureFromResponse(response, context, config, clock.now(), signal)
    return { response, data: await consume(response, attempt) }
  } catch (error) {
    throw signal.reason === timedOut ? attempt.timeout(`no complete answer within ${timeoutMs} ms.`).error && attempt.timeout(`no complete answer within ${timeoutMs} ms.`) : error
  } finally {
    stopTimer()
    callSignal.removeEventListener('abort', onCallOver)
    if (!handedOver) release()
  }
}
