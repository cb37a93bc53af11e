/** Counts the `abort` listeners that are on a signal from now on. */
export function countListeners(signal: AbortSignal): { readonly count: number } {
  const listeners = new Set<unknown>()
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void => {
    listeners.add(listener)
    add(type, listener, options)
  }
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject): void => {
    listeners.delete(listener)
    remove(type, listener)
  }
  return {
    get count() {
      // `once` takes them off when it fires.
      return signal.aborted ? 0 : listeners.size
    },
  }
}
