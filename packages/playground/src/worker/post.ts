import type { FromWorker } from '../shared/messages.ts'

/** So many messages are posted one by one, so that what is told before an endless loop is seen. */
const SINGLE = 300

/** Later ones go together, so often at most: a page that gets thousands a second has no time for its buttons. */
const EVERY_MS = 50

/** Posts messages to the page: the first ones at once, those of a program that tells very much in bundles. */
export function createPost(send: (messages: readonly FromWorker[]) => void): {
  tell(message: FromWorker): void
  /** Posts what was kept back. */
  flush(): void
} {
  // Taken now: a program's timers are counted, these are not.
  const later = globalThis.setTimeout.bind(globalThis)
  let kept: FromWorker[] = []
  let count = 0
  let sentAt = 0
  let isPlanned = false

  const flush = (): void => {
    sentAt = performance.now()
    if (kept.length > 0) send(kept)
    kept = []
  }
  return {
    flush,
    tell(message) {
      count += 1
      kept.push(message)
      if (count < SINGLE || performance.now() - sentAt > EVERY_MS) return flush()
      if (isPlanned) return
      isPlanned = true
      later(() => {
        isPlanned = false
        flush()
      }, EVERY_MS)
    },
  }
}
