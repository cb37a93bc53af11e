/** How a part of a listing is best asked for. */
export interface Fit {
  /** The page size to ask with. */
  readonly limit: number
  /** How many items of the part the page then has. */
  readonly size: number
}

/** Pages are not made smaller than this where they need not be: a vendor may raise a very small size, and the place is missed. */
const LEAST = 5

/**
 * The page size, up to the largest, with which one page has a whole part, or as much of it as can be. Pages begin at multiples of
 * their size, so it may take a larger page, of which the rest is not used.
 */
export function fitPage(skip: number, size: number, most: number): Fit {
  const fitWith = (limit: number): Fit => ({ limit, size: Math.min(limit - (skip % limit), size) })
  const start = Math.min(Math.max(size, LEAST), most)
  let best = fitWith(start)
  for (let limit = start + 1; limit <= most && best.size < size; limit++) best = larger(best, fitWith(limit))
  for (let limit = start - 1; limit > best.size; limit--) best = larger(best, fitWith(limit))
  return best
}

function larger(one: Fit, other: Fit): Fit {
  return other.size > one.size ? other : one
}
