import { between, oneOf, type Random } from './chance.ts'

/**
 * The longest that a request can be on its way, in milliseconds: the time limit of a request, which is what the first law of a sync
 * builds on.
 */
const REQUEST_LIMIT_MS = 30_000

/** What becomes of one request on its way. */
export type Fate =
  | 'answered'
  /** The answer takes seconds. */
  | 'slow'
  /** The connection is refused: nothing was sent. */
  | 'not connected'
  /** It is sent, and the connection breaks before the provider has it. */
  | 'request lost'
  /** The provider applies it, and the connection breaks before the answer has come. */
  | 'answer lost'
  /** The connection breaks, and what was sent arrives long after that. */
  | 'late'
  /** Nothing comes back until the client gives up; it is applied at once. */
  | 'never answered'
  /** Nothing comes back until the client gives up, and it is applied at some moment. */
  | 'never answered, late'
  | 'refused with 429'
  | 'refused with 500'
  /** A gateway gives up waiting for the provider, which applies it. */
  | 'applied behind a 503'

const BAD = [
  'slow',
  'not connected',
  'request lost',
  'answer lost',
  'answer lost',
  'late',
  'late',
  'never answered',
  'never answered, late',
  'refused with 429',
  'refused with 500',
  'applied behind a 503',
] as const satisfies readonly Fate[]

/** How the network is: how much goes wrong, and how long things take. */
export class Weather {
  /** How likely something goes wrong with a request. */
  roughness = 0
  readonly #random: Random
  readonly #latencyMs: number

  constructor(random: Random) {
    this.#random = random
    this.#latencyMs = oneOf(random, [0, 5, 40, 300])
  }

  /** What becomes of the next request. */
  fate(): Fate {
    if (!this.#random.chance(this.roughness)) return 'answered'
    return oneOf(this.#random, BAD)
  }

  /** How long it takes to get to the other end. */
  latency(): number {
    return this.#latencyMs === 0 ? 0 : this.#random.below(this.#latencyMs)
  }

  /** How long something takes that comes late. */
  lateness(): number {
    return between(this.#random, 1, REQUEST_LIMIT_MS)
  }

  /** How long a slow answer takes. */
  slowness(): number {
    return between(this.#random, 1000, REQUEST_LIMIT_MS)
  }

  /** Whether the body of an answer breaks off. */
  isBodyCut(): boolean {
    return this.#random.chance(this.roughness / 5)
  }

  /** Whether a process gets listings that are cut short. */
  isListingCut(): boolean {
    return this.roughness > 0 && this.#random.chance(0.15)
  }

  /** What becomes of a request whose sender dies: it arrives as ever, late, or not at all. */
  orphaned(): 'arrives' | 'late' | 'lost' {
    return oneOf(this.#random, ['arrives', 'late', 'late', 'lost'])
  }
}
