import type { PreparedRequest } from './prepared-request.ts'

/** Statuses that ask to send the same request, method and body included, elsewhere. */
const sameRequest: ReadonlySet<number> = new Set([307, 308])
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Where an answer redirects to.
 *
 * Only within the origin, so that no credential follows elsewhere; and only where the same request can be sent there: with
 * 301, 302 and 303, other methods than GET and HEAD would turn into a GET.
 *
 * @returns the URL to ask next, why it is refused, or `undefined` when the answer is no redirect
 */
export function redirectTarget(
  response: Response,
  from: URL,
  { method, replayable }: Pick<PreparedRequest, 'method' | 'replayable'>,
): URL | string | undefined {
  // What browsers give for `redirect: 'manual'`: they do not say where to.
  if (response.type === 'opaqueredirect') {
    return 'the answer is a redirect, which is not followed. Set `baseUrl` to where the API is.'
  }
  const location = response.headers.get('location')
  if (!redirects.has(response.status) || location === null) return undefined
  let target: URL | undefined
  try {
    target = new URL(location, from)
  } catch {
    // Not a URL: refused below.
  }
  if (target?.origin !== from.origin || target.username !== '' || target.password !== '') {
    return 'the answer points elsewhere, to another origin, which is not followed so that no credential goes there. Set `baseUrl` if the API has moved.'
  }
  const isRead = method === 'GET' || method === 'HEAD'
  if (!isRead && !(sameRequest.has(response.status) && replayable)) {
    return 'the answer is a redirect that cannot be followed for a write. Check `baseUrl`.'
  }
  return target
}
