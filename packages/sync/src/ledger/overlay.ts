import { randomBytes } from 'node:crypto'
import { SyncError } from '../errors.ts'
import type { Ledger } from './ledger.ts'
import { OverlaySync } from './overlay/overlay-sync.ts'

/** What an overlay can be given. */
export interface OverlayOptions {
  /** Makes the random text of a sync that the ledger does not know yet. @default 16 random bytes */
  readonly salt?: (() => string) | undefined
}

/**
 * A ledger that shows what another one would be: whatever is claimed and stored stays in memory, over the real ledger, which is only
 * read. A dry run works on it.
 *
 * Memory grows with what changes: some 500 bytes and its values for each pair that is stored, and one bit for each that a generation
 * merely showed. It holds no claim of the real ledger, so that a run that is under way there shows in it. Closing it drops what it has
 * in memory and leaves the real ledger open.
 *
 * @param base - the real ledger
 */
export function overlayLedger(base: Ledger, { salt = randomSalt }: OverlayOptions = {}): Ledger {
  const syncs = new Map<string, OverlaySync>()
  const opened = (name: string): OverlaySync => {
    const sync = syncs.get(name)
    if (sync) return sync
    throw new SyncError({
      reason: 'ledger',
      message: `The sync "${name}" was not opened in this ledger. Open it before it is used.`,
    })
  }
  const known = async (name: string): Promise<OverlaySync | undefined> => {
    const sync = syncs.get(name)
    if (sync) return sync
    const state = await base.state(name)
    // Somebody else may have opened it meanwhile: what that one has stored must not be lost.
    const now = syncs.get(name)
    if (now || !state) return now
    const made = new OverlaySync(base, name, state)
    syncs.set(name, made)
    return made
  }
  const now = (): Promise<number> => base.now()
  const close = async (): Promise<void> => syncs.clear()

  return {
    kind: `a dry run over ${base.kind}`,
    now,
    async open({ name, definition }) {
      const sync = await known(name)
      if (sync) return sync.state
      // Asking has taken a moment, in which somebody else may have opened it.
      const other = syncs.get(name)
      if (other) return other.state
      const state = { definition, isKnown: false, salt: salt() }
      syncs.set(name, new OverlaySync(base, name, { ...state, isKnown: true }))
      return state
    },
    state: async (name) => (await known(name))?.state,
    claim: async (name, request) => opened(name).claims.claim(name, request, await now()),
    async renew(claim, leaseMs) {
      opened(claim.sync).claims.renew(claim, leaseMs, await now())
    },
    async release(claim) {
      opened(claim.sync).claims.release(claim, await now())
    },
    async commit(claim, changes) {
      const sync = opened(claim.sync)
      sync.claims.check(claim)
      // What no store can keep is refused before anything is stored.
      JSON.stringify(changes)
      const [prepared, at] = await Promise.all([sync.prepare(changes), now()])
      sync.claims.check(claim)
      return sync.apply(changes, prepared, claim.fence, at)
    },
    pairs: async (name, query) => (await (await known(name))?.pairs.query(query)) ?? [],
    count: async (name, query) => (await (await known(name))?.pairs.count(query)) ?? 0,
    generations: async (name) => (await (await known(name))?.generations()) ?? [],
    intents: async (name, shard) => (await (await known(name))?.intents(shard, await now())) ?? [],
    staged: async (name, { shard, limit }) => (await (await known(name))?.staged(shard, limit)) ?? [],
    lines: async (name) => (await (await known(name))?.lines()) ?? [],
    claims: async (name) => (await known(name))?.claims.current(await now()) ?? [],
    conflicts: async (name, query) => (await (await known(name))?.conflicts.list(query)) ?? [],
    decide: async (name, id, decision) =>
      (await (await known(name))?.conflicts.decide(id, decision)) ?? false,
    runs: async (name, limit) => (await (await known(name))?.runs(limit)) ?? [],
    async forget(keyHashOf) {
      let count = 0
      for (const [name, sync] of syncs) count += await sync.forget(keyHashOf(name, sync.state.salt))
      return count
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function randomSalt(): string {
  return randomBytes(16).toString('base64url')
}
