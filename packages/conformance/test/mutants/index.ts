import { batchesMutants } from './batches.ts'
import { clientsMutants } from './clients.ts'
import { deadlinesMutants } from './deadlines.ts'
import { declarationsMutants } from './declarations.ts'
import { groupsMutants } from './groups.ts'
import { listingsMutants } from './listings.ts'
import { lookupsMutants } from './lookups.ts'
import type { Mutant } from './mutant.ts'
import { requestsMutants } from './requests.ts'
import { searchAndCountMutants } from './search-and-count.ts'
import { shapesMutants } from './shapes.ts'
import { upsertsMutants } from './upserts.ts'
import { writesMutants } from './writes.ts'

/** Every broken adapter and client. */
export const MUTANTS: readonly Mutant[] = [
  ...declarationsMutants,
  ...shapesMutants,
  ...writesMutants,
  ...lookupsMutants,
  ...upsertsMutants,
  ...listingsMutants,
  ...searchAndCountMutants,
  ...batchesMutants,
  ...groupsMutants,
  ...requestsMutants,
  ...clientsMutants,
  ...deadlinesMutants,
]
