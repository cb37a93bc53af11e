import type { Handler } from './handler.ts'

/**
 * Lets a page on another origin call a handler. A preflight is answered here: no vendor's route sees it, so it is in no log, meets
 * no fault, and is no request of the audit's. Other requests with an `Origin` get their answer with all of its headers readable;
 * those without are answered as the vendor does.
 */
export function withCors(handler: Handler): Handler {
  return async (request, signal) => {
    const preflight = preflightAnswer(request)
    if (preflight !== undefined) return preflight
    const response = await handler(request, signal)
    if (!request.headers.has('origin')) return response
    response.headers.set('access-control-allow-origin', '*')
    response.headers.set('access-control-expose-headers', '*')
    return response
  }
}

/** What a browser asks before it sends what a plain form could not. */
function preflightAnswer({ method, headers }: Request): Response | undefined {
  const wanted = headers.get('access-control-request-method')
  if (method !== 'OPTIONS' || wanted === null || !headers.has('origin')) return undefined
  const answer = new Headers({
    'access-control-allow-origin': '*',
    // Named, because `*` does not stand for `authorization`.
    'access-control-allow-methods': wanted,
    'access-control-max-age': '600',
    vary: 'access-control-request-method, access-control-request-headers',
  })
  const names = headers.get('access-control-request-headers')
  if (names !== null) answer.set('access-control-allow-headers', names)
  // Chromium asks it when a page of a public address calls loopback.
  if (headers.get('access-control-request-private-network') === 'true') {
    answer.set('access-control-allow-private-network', 'true')
  }
  return new Response(null, { status: 204, statusText: 'No Content', headers: answer })
}
