/**
 * Waits.
 *
 * @param ms - how long, in milliseconds
 * @param signal - ends the wait early; the promise then rejects with the signal's reason
 */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Waits on the real clock. */
export const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    if (signal?.aborted) onAbort()
    else signal?.addEventListener('abort', onAbort, { once: true })
  })

/** Waits until the signal aborts, then rejects with its reason; without a signal it waits for ever. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason)
    else signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
