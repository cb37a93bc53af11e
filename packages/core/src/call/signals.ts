interface Followers {
  readonly all: Set<(reason: unknown) => void>
  readonly stop: () => void
}

const followers = new WeakMap<AbortSignal, Followers>()

/**
 * Calls a function when a signal is aborted, at once when it is already. However many functions follow one signal, it has one
 * listener of ours: runtimes warn of signals with many.
 *
 * @param signal - the caller's; absent for none
 * @returns stops following; safe to call more than once
 */
export function followSignal(
  signal: AbortSignal | undefined,
  onAbort: (reason: unknown) => void,
): () => void {
  if (!signal) return () => {}
  if (signal.aborted) {
    onAbort(signal.reason)
    return () => {}
  }
  const known = followers.get(signal) ?? listen(signal)
  known.all.add(onAbort)
  return () => {
    known.all.delete(onAbort)
    if (known.all.size === 0) known.stop()
  }
}

function listen(signal: AbortSignal): Followers {
  const all = new Set<(reason: unknown) => void>()
  const tellAll = (): void => {
    for (const follower of [...all]) follower(signal.reason)
    all.clear()
  }
  const stop = (): void => {
    signal.removeEventListener('abort', tellAll)
    if (followers.get(signal)?.all === all) followers.delete(signal)
  }
  signal.addEventListener('abort', tellAll, { once: true })
  followers.set(signal, { all, stop })
  return { all, stop }
}

/**
 * Settles as a promise does, or rejects with the signal's reason, whichever comes first.
 *
 * @param onLate - given the value when it comes after the abort, to dispose of it
 */
export function abortable<T>(
  promise: PromiseLike<T>,
  signal: AbortSignal,
  onLate?: (value: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = followSignal(signal, reject)
    promise.then(
      (value) => {
        stop()
        if (signal.aborted) onLate?.(value)
        resolve(value)
      },
      (error) => {
        stop()
        reject(error)
      },
    )
  })
}
