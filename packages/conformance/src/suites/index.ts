import type { Suite } from '../suite.ts'
import { aborting } from './abort.ts'
import { batchCases } from './batch-cases.ts'
import { batchFates } from './batch-fates.ts'
import { batchTwice } from './batch-twice.ts'
import { batches } from './batches.ts'
import { comments } from './comments.ts'
import { contactMethods } from './contact-methods.ts'
import { creating } from './create.ts'
import { declaredCustomFields } from './custom-fields.ts'
import { deadlines } from './deadlines.ts'
import { deadlinesOfParts } from './deadlines-of-parts.ts'
import { declarations } from './declarations.ts'
import { groups } from './groups.ts'
import { checkingInput } from './input.ts'
import { lookups } from './lookups.ts'
import { manyContacts } from './many.ts'
import { sorting } from './order.ts'
import { outcomes } from './outcomes.ts'
import { paging } from './paging.ts'
import { requests } from './requests.ts'
import { searchingAndCounting } from './search-and-count.ts'
import { slots } from './slots.ts'
import { softDeletes } from './soft-deletes.ts'
import { spelling } from './spelling.ts'
import { updating } from './update.ts'
import { upserting } from './upsert.ts'
import { filtering } from './where.ts'

/** The whole suite, in the order in which it is run. */
export const SUITES: readonly Suite[] = [
  declarations,
  creating,
  updating,
  slots,
  declaredCustomFields,
  spelling,
  lookups,
  upserting,
  outcomes,
  paging,
  filtering,
  softDeletes,
  sorting,
  searchingAndCounting,
  manyContacts,
  batches,
  batchCases,
  batchTwice,
  batchFates,
  groups,
  comments,
  contactMethods,
  requests,
  checkingInput,
  aborting,
  deadlines,
  deadlinesOfParts,
]
