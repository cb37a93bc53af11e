import type { BatchMemo } from '../adapter/context.ts'
import type { CallScope } from '../call/scope.ts'
import type { KeyIndex } from './key-index.ts'

/** What the items of one batch share. */
export class BatchMemory implements BatchMemo {
  readonly #kept = new Map<string, Promise<unknown>>()
  /** Fields of which an earlier item showed that the provider does not keep them, with the reason. */
  readonly notKept: Map<string, string> = new Map()
  /** Keys under which a create of an earlier item may still be on its way. */
  readonly doubts: Set<string> = new Set()
  /** The scope of what is done once for all items; absent for a single call. */
  readonly scope: CallScope | undefined

  /** What the listing was read into for the items. */
  readonly indexes: KeyIndex[] = []

  constructor(scope?: CallScope) {
    this.scope = scope
  }

  once<T>(key: string, run: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key)
    if (known) return known as Promise<T> // one key is always used with one type, by one adapter
    const running = run()
    this.#kept.set(key, running)
    running.catch(() => this.#kept.delete(key))
    return running
  }

  /** Forgets what was found out, if it is still this. */
  forget(key: string, kept: Promise<unknown>): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key)
  }
}
