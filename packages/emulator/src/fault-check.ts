import { checkValues } from './fault-values.ts'
import type { BodyPosition, Fault, FaultMatch } from './faults.ts'
import { type NamesOf, nearest, refuseUnknown } from './strict-names.ts'

/** A route of a vendor's server; a segment of its path that begins with a colon stands for any. */
export interface Route {
  readonly method: string
  readonly path: string
}

/** The names of the members that a vendor's faults have besides those of all. */
export type OwnNames<F extends Fault> = NamesOf<Omit<F, keyof Fault>>

type KeysOfEach<T> = T extends unknown ? keyof T : never

const POSITION: Readonly<Record<KeysOfEach<BodyPosition>, true>> = { afterBytes: true, afterLines: true }

const NAMES: NamesOf<FaultMatch & Fault> = {
  method: true,
  path: true,
  skip: true,
  times: true,
  latencyMs: true,
  stall: POSITION,
  cut: POSITION,
  status: true,
  headers: true,
  body: true,
  html: true,
  retryAfter: true,
  applied: true,
  applyAfterMs: true,
  forget: true,
  rewrite: true,
  truncateBytes: true,
  chunkBytes: true,
}

/** Methods that a client may use although no route has them. */
const ANYWHERE: readonly string[] = ['HEAD', 'OPTIONS']

/**
 * Makes the check of the faults of one vendor: one that could not do what it says would make a test that cannot fail.
 *
 * @param vendor - as messages call it
 * @param own - the members that its faults have besides those of all
 * @param routes - looked at when a fault is added, so that they can be added to until then
 */
export function faultCheck<F extends Fault>(
  vendor: string,
  own: OwnNames<F>,
  routes: readonly Route[],
): (fault: FaultMatch & F) => void {
  const owner = `A fault of ${vendor}`
  return (fault) => {
    if (typeof fault !== 'object' || fault === null || Array.isArray(fault))
      throw new Error(`${owner} is not an object`)
    refuseUnknown(owner, 'member', fault, { ...NAMES, ...own })
    checkValues(owner, fault)
    checkPlace(owner, 'stall', fault.stall, ['request', 'answer'])
    checkPlace(owner, 'cut', fault.cut, ['connect', 'request', 'answer'])
    checkCount(owner, 'times', fault.times, 1)
    checkCount(owner, 'skip', fault.skip, 0)
    checkStatus(owner, fault.status)
    checkRoute(owner, fault, routes)
  }
}

function checkPlace(owner: string, name: string, place: unknown, words: readonly string[]): void {
  if (place === undefined || (typeof place === 'string' && words.includes(place))) return
  if (typeof place === 'object' && place !== null && Object.keys(place).length === 1) return
  const known = words.map((word) => `"${word}"`).join(', ')
  throw new Error(`${owner} has no place in "${name}". Known are: ${known}, { afterBytes }, { afterLines }.`)
}

function checkCount(owner: string, name: string, count: number | undefined, least: number): void {
  if (count === undefined || count === Number.POSITIVE_INFINITY) return
  if (Number.isInteger(count) && count >= least) return
  throw new Error(`${owner} has ${count} as "${name}", which is a whole number from ${least}, or Infinity.`)
}

/** What no `Response` can have would only show itself when the fault is met, as an error of the emulator's. */
function checkStatus(owner: string, status: number | undefined): void {
  if (status === undefined || (Number.isInteger(status) && status >= 200 && status <= 599)) return
  throw new Error(`${owner} has ${status} as "status", which is a whole number from 200 to 599.`)
}

function checkRoute(owner: string, { method, path }: FaultMatch, routes: readonly Route[]): void {
  const open = routes.filter((route) => [undefined, ...ANYWHERE, route.method].includes(method))
  if (open.length === 0) {
    const known = [...new Set(routes.map((route) => route.method))]
    throw new Error(
      `${owner} has the method "${method}", which no route has. Known are: ${known.join(', ')}.`,
    )
  }
  if (typeof path !== 'string') return
  const near = nearest(path, endsLike(routes, path))
  const isMisspelled = near !== undefined && ONLY_WORDS.test(path)
  // A path that is spelled out is no record's: `POST /batch` is there, so a record is not called "batch".
  const closest = Math.min(...routes.map((route) => openSegments(route.path, path)))
  const isThere = open.some((route) => openSegments(route.path, path) === closest)
  if (closest === 0 ? isThere : closest < Infinity && isThere && !isMisspelled) return
  const which = method === undefined ? 'no route' : `no route for ${method}`
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  throw new Error(
    `${owner} has the path "${path}", and the path of ${which} ends with it.${hint} ` +
      'Host and query are no part of a path. An expression is not checked, and can name what is not emulated.',
  )
}

/** What could be nothing but words of a path: an id mostly has a digit. */
const ONLY_WORDS = /^[a-z/_-]*$/i

/** How many segments that stand for any a text takes as the end of a route's path; Infinity when the path cannot end with it. */
function openSegments(route: string, text: string): number {
  const parts = text.split('/')
  const segments = route.split('/').slice(-parts.length)
  if (segments.length < parts.length) return Number.POSITIVE_INFINITY
  let open = 0
  for (const [at, segment] of segments.entries()) {
    const part = parts[at] ?? ''
    const ends = at === 0 ? segment.endsWith(part) : segment === part
    if (isOpen(segment) ? at > 0 && part === '' : !ends) return Number.POSITIVE_INFINITY
    if (isOpen(segment) && part !== '') open += 1
  }
  return open
}

/** The ends of the routes' paths that are as long as a text, with the text's own segments where any would do; not the text itself. */
function endsLike(routes: readonly Route[], text: string): readonly string[] {
  const parts = (text.length > 1 ? text.replace(/\/$/, '') : text).split('/')
  const ends = routes.flatMap(({ path }) => {
    const segments = path.split('/').slice(-parts.length)
    if (path === '/' || segments.length < parts.length) return []
    const own = (segment: string, at: number): boolean => isOpen(segment) || (at === 0 && parts[0] === '')
    return segments.map((segment, at) => (own(segment, at) ? parts[at] : segment)).join('/')
  })
  return [...new Set(ends)].filter((end) => end !== text)
}

function isOpen(segment: string): boolean {
  return segment.startsWith(':')
}
