import { ContactsError } from '@anycontact/core'

/** What a vendor allows. */
export interface SharedRate {
  /** How many requests are allowed in any time of `perMs`. */
  readonly requests: number
  readonly perMs: number
  /** How many more than that may come in any time, however short. */
  readonly burst: number
}

/** A rate, as grants are given by it. */
export interface Pace {
  /** The time from one request to the next. */
  readonly everyMs: number
  /** How much earlier than that pace a request may be granted. */
  readonly aheadMs: number
  /** How much later than it was granted a request may go out: later ones take a new turn. */
  readonly lateMs: number
  /** How many turns are taken at once at most. */
  readonly turns: number
}

/** So much of the time to come is taken at once, so that a fast limit does not ask the database for each request. */
const AT_ONCE_MS = 100

/**
 * What a request may be late by, whatever the limit: less, and a busy process would never get through. With a burst of one it is more
 * than the limit has room for.
 */
const LEAST_LATE_MS = 10

/**
 * How to give grants, so that at the server no window of any length sees more than `requests × window / perMs + burst`.
 *
 * Grants keep a stricter limit than the server's, because requests are not as far apart when they arrive as they were when they were
 * granted: one is late and the next one is not. What the burst leaves, `(burst − 1) × perMs / requests`, is divided: as much as a
 * request may be late is not given away. Where `jitterMs` is not said, it is half of that.
 */
export function paceOf({ requests, perMs, burst }: SharedRate, jitterMs?: number): Pace {
  positive(requests, 'requests')
  positive(perMs, 'perMs')
  positive(burst, 'burst')
  if (burst < 1) throw bad('burst', 'at least 1')
  const everyMs = perMs / requests
  const room = (burst - 1) * everyMs
  const jitter = jitterMs ?? room / 2
  if (!(jitter >= 0 && jitter <= room)) {
    throw bad('jitterMs', `from 0 to ${room}: what (burst - 1) * perMs / requests leaves room for`)
  }
  return {
    everyMs,
    aheadMs: room - jitter,
    lateMs: Math.max(jitter, LEAST_LATE_MS),
    turns: Math.max(1, Math.floor(AT_ONCE_MS / everyMs)),
  }
}

function positive(value: number, name: string): void {
  if (!(Number.isFinite(value) && value > 0)) throw bad(name, 'a number above 0')
}

function bad(name: string, wanted: string): ContactsError {
  return new ContactsError({ code: 'config', message: `\`${name}\` must be ${wanted}.` })
}
