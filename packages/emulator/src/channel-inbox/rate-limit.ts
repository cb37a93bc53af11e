const WINDOW_MS = 30 * 60_000

/** The gateway's limiter. */
export interface GatewayLimit {
  /** Counts a request; gives the 429 when the window is full: plain text, and no header that says when it is over. */
  count(): Response | undefined
  /** Forgets what was counted. */
  reset(): void
}

/** Makes the limiter; without a number nothing is ever limited. */
export function createGatewayLimit(limit: number | undefined, now: () => number): GatewayLimit {
  let requests: number[] = []
  return {
    count() {
      if (limit === undefined) return undefined
      const time = now()
      requests = requests.filter((at) => at > time - WINDOW_MS)
      if (requests.length >= limit) {
        return new Response('Too many requests, please try again later.', {
          status: 429,
          statusText: 'Too Many Requests',
          headers: { 'content-type': 'text/html; charset=utf-8' },
        })
      }
      requests.push(time)
      return undefined
    },
    reset() {
      requests = []
    },
  }
}
