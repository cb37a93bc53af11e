/** Everything that is left to chance in a simulation and is counted. A count that stays 0 over many seeds means that it is never tried. */
export const EVENTS = [
  'request',
  'write applied',
  'answer lost',
  'request lost',
  'landed late',
  'refused with 429',
  'refused with 500',
  'applied behind a 503',
  'not connected',
  'never answered',
  'slow answer',
  'body cut',
  'listing cut short',
  'killed before a request',
  'killed with a request on its way',
  'killed after an answer',
  'killed before a ledger call',
  'killed after a ledger call',
  'ledger failed before',
  'ledger failed after',
  'ledger stalled',
  'process started',
  'created by others',
  'edited by others',
  'deleted by others',
] as const

/** One of {@link EVENTS}. */
export type Event = (typeof EVENTS)[number]

/** What happened in one simulation, in order, and how often. */
export class Journal {
  readonly counts: Map<string, number> = new Map()
  /** Each thing that happened, as a line. */
  readonly lines: string[] = []
  readonly #now: () => number
  readonly #start: number

  constructor(now: () => number) {
    this.#now = now
    this.#start = now()
  }

  /** Counts something that happened. */
  count(event: Event | (string & {}), times = 1): void {
    this.counts.set(event, (this.counts.get(event) ?? 0) + times)
  }

  /** Adds a line, with the milliseconds since the beginning. */
  tell(line: string): void {
    this.lines.push(`${this.#now() - this.#start} ${line}`)
  }
}
