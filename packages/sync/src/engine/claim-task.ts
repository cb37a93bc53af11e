import type { Claim, ClaimHolder, ClaimRequest, Ledger } from '../ledger/ledger.ts'

/** The task of a run in one process; every other one is of workers. */
export const RUN_TASK = 'run'

/**
 * Claims a task. A run in one process and workers never work on a sync at the same time: each would take a key for its own.
 *
 * @returns the claim, or who has the task, or works on the sync the other way
 */
export async function claimTask(
  ledger: Ledger,
  sync: string,
  request: ClaimRequest,
): Promise<Claim | ClaimHolder> {
  const claim = await ledger.claim(sync, request)
  if (!('fence' in claim)) return claim
  // Claimed first and looked around then: of two that come at the same time, at least one sees the other.
  const others = (await ledger.claims(sync)).filter(({ fence }) => fence !== claim.fence)
  const other = others.find(({ task }) => (task === RUN_TASK) !== (request.task === RUN_TASK))
  if (!other) return claim
  await ledger.release(claim)
  return { holder: other.holder, leftMs: other.leftMs }
}
