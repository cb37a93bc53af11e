import { SyncError } from '../../errors.ts'
import type { Claim, ClaimHolder, ClaimRequest } from '../ledger.ts'

interface Held {
  readonly claim: Claim
  readonly until: number
}

/** Who works on what of a dry run. Claims of the real ledger are left alone: a dry run takes nobody's work. */
export class OverlayClaims {
  readonly #held = new Map<string, Held>()
  /** When claims ended, by their fence. */
  readonly #ended = new Map<number, number>()
  #fence = 0

  claim(sync: string, { task, holder, leaseMs }: ClaimRequest, now: number): Claim | ClaimHolder {
    const held = this.#held.get(task)
    if (held && held.until > now) return { holder: held.claim.holder, leftMs: held.until - now }
    if (held) this.#ended.set(held.claim.fence, held.until)
    const claim = { sync, task, holder, fence: ++this.#fence }
    this.#held.set(task, { claim, until: now + leaseMs })
    return claim
  }

  renew(claim: Claim, leaseMs: number, now: number): void {
    this.check(claim)
    this.#held.set(claim.task, { claim, until: now + leaseMs })
  }

  release(claim: Claim, now: number): void {
    if (!this.#holds(claim)) return
    this.#held.delete(claim.task)
    this.#ended.set(claim.fence, now)
  }

  /** @throws SyncError `fenced` where a claim has gone to somebody else */
  check(claim: Claim): void {
    if (this.#holds(claim)) return
    throw new SyncError({
      reason: 'fenced',
      message:
        'Another process has taken this work over, because this one did not renew its claim in time. Leave it to the other one.',
    })
  }

  /** Those that hold now. */
  current(now: number): readonly (Claim & { readonly leftMs: number })[] {
    return [...this.#held.values()]
      .filter(({ until }) => until > now)
      .map(({ claim, until }) => ({ ...claim, leftMs: until - now }))
  }

  /** When a claim ended; `undefined` while it holds. */
  endOf(fence: number, now: number): number | undefined {
    const ended = this.#ended.get(fence)
    if (ended !== undefined) return ended
    const held = [...this.#held.values()].find(({ claim }) => claim.fence === fence)
    return held && held.until <= now ? held.until : undefined
  }

  #holds({ task, fence }: Claim): boolean {
    return this.#held.get(task)?.claim.fence === fence
  }
}
