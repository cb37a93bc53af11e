import { createFetch } from 'ofetch'
import { abortable } from '../call/signals.ts'
import type { AttemptHeaders } from './attempt-headers.ts'
import { discardBody } from './body.ts'
import { badResponse, type FailureContext, networkFailure } from './failures.ts'
import { callHook, remainingRequests, requestEvent } from './hooks.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { redactHeaders } from './redact.ts'
import { redirectTarget } from './redirect.ts'
import type { Settings } from './settings.ts'
import type { RequestEvent, ResponseEvent } from './types.ts'

const maxRedirects = 5

/** What sending needs to know of its attempt. */
export interface SendContext {
  readonly prepared: PreparedRequest
  readonly settings: Settings
  readonly failure: FailureContext
  readonly headers: AttemptHeaders
  readonly signal: AbortSignal
  /** 1 for the first attempt. */
  readonly number: number
}

/**
 * Sends a request and follows redirects within the origin.
 *
 * @returns an answer that is no redirect, whatever its status
 * @throws AttemptFailure; the signal's reason when aborted
 */
export async function send(context: SendContext): Promise<Response> {
  const { prepared, settings, failure, signal } = context
  let { url } = prepared
  for (let redirects = 0; ; redirects++) {
    const response = await sendTo(url, context)
    const target = redirectTarget(response, url, prepared)
    if (target === undefined) return response
    discardBody(response)
    if (typeof target === 'string') throw badResponse(failure, response, target)
    if (redirects === maxRedirects)
      throw badResponse(failure, response, 'too many redirects. Check `baseUrl`.')
    url = target
    await settings.takeTurn?.(signal)
  }
}

async function sendTo(url: URL, context: SendContext): Promise<Response> {
  const { prepared, settings, failure, headers, signal } = context
  const { config, clock } = settings
  const event = (): RequestEvent => requestEvent(prepared, url, context.number, headers)
  callHook(config.onRequest, event)
  const startedAt = clock.now()
  let response: Response
  try {
    // ofetch's own retry and time-out stay off: they would resend writes, and end at the headers.
    const sending = createFetch({ fetch: prepared.fetch }).raw(url.href, {
      method: prepared.method,
      headers: headers.headers,
      body: prepared.body ?? null,
      redirect: 'manual',
      signal,
      retry: false,
      ignoreResponseError: true,
      responseType: 'stream',
    })
    response = await abortable(sending, signal, discardBody)
  } catch (error) {
    throw signal.aborted ? signal.reason : networkFailure(failure, error)
  }
  callHook(config.onResponse, (): ResponseEvent => {
    const remaining = remainingRequests(response.headers)
    return {
      ...event(),
      status: response.status,
      responseHeaders: redactHeaders(response.headers, headers.credentials),
      durationMs: clock.now() - startedAt,
      ...(remaining !== undefined && { remaining }),
    }
  })
  return response
}
