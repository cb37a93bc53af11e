import type { Clock, FetchFunction } from '@anycontact/core'
import type { Check } from './check.ts'

/** Waits and signatures suffer from more. */
const MOST_MS = 30_000

/** Compares the clocks of servers with this one's, by the answers that pass. */
export class ServerClock {
  readonly #clock: Pick<Clock, 'now'>
  #aheadMs: number | undefined

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** A fetch that reads the time of each answer. */
  watching(fetch: FetchFunction): FetchFunction {
    return async (input, init) => {
      const sentAt = this.#clock.now()
      const response = await fetch(input, init)
      const date = Date.parse(response.headers.get('date') ?? '')
      // The header has whole seconds, cut.
      if (!Number.isNaN(date)) this.#aheadMs = date + 500 - (sentAt + this.#clock.now()) / 2
      return response
    }
  }

  /**
   * What the last answer since the last check told.
   *
   * @param isSeen - whether the answers of the provider pass here
   */
  check(of: string, isSeen: boolean): Check {
    const ahead = this.#aheadMs
    this.#aheadMs = undefined
    const check = 'clock'
    if (ahead === undefined) {
      const message = isSeen
        ? 'No answer told the time.'
        : 'The time of its answers is not seen: the configuration makes the client itself.'
      return { of, check, state: 'unknown', message }
    }
    const seconds = Math.round(Math.abs(ahead) / 1000)
    if (Math.abs(ahead) < MOST_MS) {
      return { of, check, state: 'ok', message: "This machine's clock and the provider's agree." }
    }
    const direction = ahead > 0 ? 'behind' : 'ahead of'
    const message = `This machine's clock is ${seconds} seconds ${direction} the provider's: set it by the network's time.`
    return { of, check, state: 'warning', message }
  }
}
