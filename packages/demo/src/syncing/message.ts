/** The counts of a run by name, such as `created`. */
export type SyncCounts = Readonly<Record<string, number>>

/** What the program that syncs tells the demo. */
export type Message =
  /** How far the run is, over all of its starts. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** The run is at its end. */
  | { readonly type: 'end'; readonly counts: SyncCounts }

/**
 * Reads a message, which came from another process.
 *
 * @throws TypeError for anything else
 */
export function readMessage(value: unknown): Message {
  if (isObject(value)) {
    const { type, done, total, counts } = value
    if (type === 'progress' && typeof done === 'number' && typeof total === 'number')
      return { type, done, total }
    if (type === 'end' && isObject(counts)) {
      const numbers = Object.entries(counts).map(([name, count]) => [name, Number(count)])
      return { type, counts: Object.fromEntries(numbers) }
    }
  }
  throw new TypeError('The program that syncs said something that is no message.')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
