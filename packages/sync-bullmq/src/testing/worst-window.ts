/** A window of time in which more came than in any other, measured against what a rate gives in it. */
export interface Window {
  /** How many came. */
  readonly count: number
  readonly lengthMs: number
  /** How many more these are than the rate gives in a window of that length: at most `burst`, where a limit is kept. */
  readonly above: number
}

/**
 * Finds the worst of all windows of any length: the one in which most came above `requests × length / perMs`.
 *
 * @param arrivals - when requests arrived, in milliseconds, in order
 */
export function worstWindow(
  arrivals: readonly number[],
  { requests, perMs }: { readonly requests: number; readonly perMs: number },
): Window {
  let worst: Window = { count: 0, lengthMs: 0, above: 0 }
  // What a window beginning with an arrival has to give for it; the best beginning so far serves all later ends.
  let begin = { index: 0, worth: Number.NEGATIVE_INFINITY }
  arrivals.forEach((time, index) => {
    const worth = (time * requests) / perMs - index
    if (worth > begin.worth) begin = { index, worth }
    const count = index - begin.index + 1
    const lengthMs = time - (arrivals[begin.index] ?? time)
    const above = count - (lengthMs * requests) / perMs
    if (above > worst.above) worst = { count, lengthMs, above }
  })
  return worst
}
