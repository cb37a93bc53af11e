import type { Clock } from '@anycontact/core'
import type { Random } from './chance.ts'
import type { Journal } from './journal.ts'
import { clockIn, type Time } from './time.ts'

/** What a process waits for that can be its last. */
export type Awaited = 'request' | 'ledger call'

/** When a process dies of an await: before what it waits for begins, while it is under way, or when it has happened. */
export type Death = 'before' | 'during' | 'after'

/** Decides at each await whether it is a process's last. */
export class Reaper {
  /** How likely an await is the last one. */
  rate = 0
  /** How many may still be killed. */
  left = 0
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** When a process dies of an await; `undefined` for one that it survives. */
  decide(awaited: Awaited): Death | undefined {
    // There are more calls of the ledger than requests, and as much to be lost with each of these.
    const rate = awaited === 'request' ? this.rate * 3 : this.rate
    if (this.left === 0 || !this.#random.chance(rate)) return undefined
    this.left--
    // A call of the ledger is one transaction: there is no between.
    const deaths =
      awaited === 'request' ? (['before', 'during', 'after'] as const) : (['before', 'after'] as const)
    return this.#random.pick(deaths)
  }
}

const NAMES = {
  request: {
    before: 'killed before a request',
    during: 'killed with a request on its way',
    after: 'killed after an answer',
  },
  'ledger call': {
    before: 'killed before a ledger call',
    during: 'killed before a ledger call',
    after: 'killed after a ledger call',
  },
} as const

/** What a process lives in. */
export interface Surroundings {
  readonly time: Time
  readonly journal: Journal
  readonly reaper: Reaper
}

/**
 * A process that can be killed at any of its awaits. From then on nothing that it waits for ever comes, and nothing that it still
 * calls happens: its code has no way to do anything more, as after `kill -9`. What it has sent may still arrive.
 */
export class Process {
  readonly name: string
  readonly clock: Clock
  /** Settles when it is killed. */
  readonly death: Promise<'killed'>
  #isAlive = true
  #onLate: ((what: string) => void) | undefined
  #noteDeath: () => void = () => {}
  readonly #in: Surroundings

  /** @param aheadMs - how much its clock is ahead of the right time */
  constructor(name: string, surroundings: Surroundings, aheadMs = 0) {
    this.name = name
    this.#in = surroundings
    this.clock = clockIn(surroundings.time, () => this.#isAlive, aheadMs)
    this.death = new Promise((resolve) => {
      this.#noteDeath = () => resolve('killed')
    })
    surroundings.journal.count('process started')
    surroundings.journal.tell(`${name} starts`)
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** Ends it, as `kill -9` does. */
  kill(why: string): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#in.journal.tell(`${this.name} is killed ${why}`)
    this.#in.time.stir()
    this.#noteDeath()
  }

  /** Its work has come to an end: it has nothing more to do. @param tell - told of what it does all the same */
  retire(tell: (what: string) => void): void {
    this.#onLate = tell
  }

  /**
   * Does something that the process waits for.
   *
   * @param what - what it is, for the journal
   * @param begin - begins it: from then on it goes on by itself, whether the process lives or not
   */
  waitFor<Value>(awaited: Awaited, what: string, begin: () => Promise<Value>): Promise<Value> {
    if (!this.#isAlive) return never()
    this.#onLate?.(what)
    this.#in.time.stir()
    const death = this.#in.reaper.decide(awaited)
    const die = (): void => {
      if (death === undefined || !this.#isAlive) return
      this.#in.journal.count(NAMES[awaited][death])
      this.kill(`${death} ${what}`)
    }
    if (death === 'before') {
      die()
      return never()
    }
    const under = begin()
    if (death === 'during') die()
    return new Promise((resolve, reject) => {
      under.then(
        (value) => {
          if (death === 'after') die()
          if (this.#isAlive) resolve(value)
        },
        (error) => {
          if (death === 'after') die()
          if (this.#isAlive) reject(error)
        },
      )
    })
  }
}

function never(): Promise<never> {
  return new Promise(() => {})
}
