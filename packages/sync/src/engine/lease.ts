import type { Clock } from '@anycontact/core'
import { SyncError } from '../errors.ts'
import type { Claim, Ledger } from '../ledger/ledger.ts'

/** What a claim is taken with. */
export interface LeaseOptions {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly leaseMs: number
}

/**
 * A claim that is renewed while its holder is at work. Once it may have ended, nothing more is written: `check` throws, and `signal` is
 * aborted, so that requests that wait for their turn are not sent.
 */
export class Lease {
  readonly claim: Claim
  readonly #options: LeaseOptions
  readonly #over = new AbortController()
  readonly #stop = new AbortController()
  #until: number

  /**
   * @param askedAt - when the claim was asked for, by the local clock: it cannot last longer than the lease from then on
   */
  constructor(claim: Claim, askedAt: number, options: LeaseOptions) {
    this.claim = claim
    this.#options = options
    this.#until = askedAt + options.leaseMs
    this.#keep().catch((error) => this.#lose(error))
  }

  /** Aborted when the claim was lost. */
  get signal(): AbortSignal {
    return this.#over.signal
  }

  /** @throws SyncError `fenced` when the claim may have gone to somebody else */
  check(): void {
    this.#over.signal.throwIfAborted()
    if (this.#options.clock.now() < this.#until) return
    this.#lose(fenced())
    throw this.#over.signal.reason
  }

  /** Gives the claim back. */
  async release(): Promise<void> {
    this.#stop.abort()
    await this.#options.ledger.release(this.claim)
  }

  async #keep(): Promise<void> {
    const { ledger, clock, leaseMs } = this.#options
    while (!this.#stop.signal.aborted) {
      try {
        await clock.sleep(leaseMs / 3, this.#stop.signal)
      } catch {
        return
      }
      const askedAt = clock.now()
      try {
        await ledger.renew(this.claim, leaseMs)
        this.#until = Math.max(this.#until, askedAt + leaseMs)
      } catch (error) {
        // A store that cannot be reached for a moment is asked again, as long as the lease lasts.
        if (error instanceof SyncError && error.reason === 'fenced') throw error
        if (clock.now() >= this.#until) throw error
      }
    }
  }

  #lose(reason: unknown): void {
    if (!this.#stop.signal.aborted) this.#over.abort(reason)
    this.#stop.abort()
  }
}

/** The error of who works under a claim that has gone to somebody else. */
function fenced(): SyncError {
  return new SyncError({
    reason: 'fenced',
    message:
      'Another process has taken this work over, because this one did not renew its claim in time. Leave it to the other one.',
  })
}
