/** Calls a hook; neither what it throws nor a promise of its that is rejected disturbs the call. */
export function callHook<E>(hook: ((event: E) => unknown) | undefined, event: () => E): void {
  if (hook === undefined) return
  try {
    const result = hook(event())
    if (result instanceof Promise) result.catch(() => {})
  } catch {
    // A hook only watches.
  }
}

/** How many requests are left in the provider's window, where it says so. */
export function remainingRequests(headers: Headers): number | undefined {
  const value = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining')
  return value !== null && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined
}
