import type { HttpOptions, RetryEvent } from '@anycontact/core'
import type { MemoryContacts } from '@anycontact/memory'

/** What is to be told of the clients that a program makes. */
export interface Watcher {
  /** A client waits before it sends something again. */
  waits(event: RetryEvent): void
  /** The program has made a client in memory. */
  remembers(contacts: MemoryContacts): void
}

let watcher: Watcher | undefined

/** Has somebody told of the clients that are made from now on. */
export function watch(next: Watcher): void {
  watcher = next
}

/** The same factory, whose clients tell when they wait; a hook of the program's is called too. */
export function watched<Options extends HttpOptions, Client>(
  factory: (options: Options) => Client,
): (options: Options) => Client {
  return (options) => {
    // What is wrong with the options is for the factory to say.
    if (typeof options !== 'object' || options === null) return factory(options)
    const { onRetry } = options
    if (onRetry !== undefined && typeof onRetry !== 'function') return factory(options)
    return factory({
      ...options,
      onRetry: (event: RetryEvent) => {
        watcher?.waits(event)
        onRetry?.(event)
      },
    })
  }
}

/** Tells of a client in memory. */
export function remembered(contacts: MemoryContacts): MemoryContacts {
  watcher?.remembers(contacts)
  return contacts
}
