import type { CognipeerOptions } from './options.ts'

/** What counts a token's requests. */
export interface RateLimit {
  /** Counts one request. Gives the headers of its answer, and whether it is one too many. */
  count(token: string): {
    readonly headers: Readonly<Record<string, string>>
    readonly exceeded: boolean
    readonly resetMs: number
  }
  /** Forgets what was counted. */
  reset(): void
}

/** Makes the limit: windows of fixed length a token, the first begun by its first request. Without a number nothing is limited. */
export function createRateLimit(limit: CognipeerOptions['rateLimit'], now: () => number): RateLimit {
  const windows = new Map<string, { readonly endsAt: number; used: number }>()
  return {
    count(token) {
      if (limit === undefined) return { headers: {}, exceeded: false, resetMs: 0 }
      const time = now()
      let window = windows.get(token)
      if (window === undefined || window.endsAt <= time) {
        window = { endsAt: time + limit.perMs, used: 0 }
        windows.set(token, window)
      }
      const exceeded = window.used >= limit.requests
      if (!exceeded) window.used += 1
      return {
        exceeded,
        resetMs: window.endsAt - time,
        headers: {
          'x-ratelimit-limit': String(limit.requests),
          'x-ratelimit-remaining': String(limit.requests - window.used),
          'x-ratelimit-reset': String(Math.ceil(window.endsAt / 1000)),
        },
      }
    },
    reset: () => windows.clear(),
  }
}
