import { callClaims } from './claims/calls.ts'
import { errorClaims } from './claims/errors.ts'
import { listingClaims } from './claims/listings.ts'
import { modelClaims } from './claims/model.ts'
import { syncClaims } from './claims/sync.ts'
import { writeClaims } from './claims/writes.ts'
import type { Claim } from './promise.ts'

/** What README says that AnyContact does, claim by claim, in its order. */
export const CLAIMS: readonly Claim[] = [
  ...modelClaims,
  ...writeClaims,
  ...callClaims,
  ...listingClaims,
  ...errorClaims,
  ...syncClaims,
]
