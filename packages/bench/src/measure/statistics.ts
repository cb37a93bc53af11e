/** What several measurements of the same say. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/**
 * The median of some measurements, with the least and the most.
 *
 * @throws RangeError for none
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined || least === undefined || most === undefined) {
    throw new RangeError('There is nothing to take a median of.')
  }
  return { median: (low + high) / 2, least, most }
}
