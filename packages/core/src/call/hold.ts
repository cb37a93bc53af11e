import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { type Clock, joined, type Told } from './timing.ts'

/**
 * A wait that the provider asked for and that is too long to be waited out. Until it is over, nothing more is sent of all that
 * belongs together: the items of a batch, the pages of a listing. A new one has not begun: `{}`.
 */
export interface Hold {
  /** How the request failed that was told to wait; absent until then. */
  code?: ContactsErrorCode
  /** When it is over, in milliseconds since the epoch. */
  endsAt?: number
  /** What is told when it begins. */
  waiting?: Told<() => void>[]
}

/** What a hold is about. */
interface Held {
  readonly provider: string
  readonly operation: string
  readonly clock: Clock
  readonly hold: Hold
}

/** Begins a hold. What waits to be sent is told at once. */
export function beginHold(hold: Hold, code: ContactsErrorCode, endsAt: number): void {
  if (hold.endsAt !== undefined && endsAt <= hold.endsAt) return
  hold.code = code
  hold.endsAt = endsAt
  for (const { tell } of [...(hold.waiting ?? [])]) tell()
}

/** The error of what is not sent for a hold's sake; `undefined` where there is none, or where it is over. */
export function heldError({ provider, operation, clock, hold }: Held): ContactsError | undefined {
  const { code, endsAt } = hold
  if (code === undefined || endsAt === undefined) return undefined
  const retryAfterMs = endsAt - clock.now()
  if (retryAfterMs <= 0) return undefined
  return new ContactsError({
    code,
    provider,
    operation,
    message: `${provider} ${operation}: not sent, because the provider asked to wait for ${Math.ceil(retryAfterMs / 1000)} seconds. Send it then.`,
    retryable: true,
    retryAfterMs,
  })
}

/**
 * Calls a function when a hold begins.
 *
 * @returns stops that
 */
export function followHold(hold: Hold, tell: () => void): () => void {
  hold.waiting ??= []
  return joined(hold.waiting, tell)
}
