import { ContactsError } from '../errors.ts'
import type {
  BatchFailure,
  BatchPlan,
  BatchResult,
  BatchRun,
  BatchSuccess,
  BatchTotals,
} from './batch-types.ts'
import { BatchWork } from './batch-work.ts'
import { openSource } from './item-source.ts'

/**
 * Makes a batch run.
 *
 * @param plan - the items and what is to be done with them
 */
export function createBatchRun<Item, Value>(plan: BatchPlan<Item, Value>): BatchRun<Value> {
  let started = false
  let totals: Promise<BatchTotals<Value>> | undefined
  const start = (): AsyncGenerator<BatchResult<Value>, void, undefined> => {
    if (started) throw nameError(plan, runsOnce())
    started = true
    return runBatch(plan)
  }
  const all = (): Promise<BatchTotals<Value>> => {
    totals ??= collect(start)
    return totals
  }
  return {
    // A batch is awaited for its totals, so it must be a thenable.
    then: (onFulfilled, onRejected) => all().then(onFulfilled, onRejected),
    catch: (onRejected) => all().catch(onRejected),
    finally: (onFinally) => all().finally(onFinally),
    [Symbol.asyncIterator]: start,
  }
}

async function collect<Value>(
  start: () => AsyncGenerator<BatchResult<Value>, void, undefined>,
): Promise<BatchTotals<Value>> {
  const succeeded: BatchSuccess<Value>[] = []
  const failed: BatchFailure[] = []
  for await (const result of start()) {
    if (result.ok) succeeded.push(result)
    else failed.push(result)
  }
  const byIndex = (a: { index: number }, b: { index: number }): number => a.index - b.index
  return {
    total: succeeded.length + failed.length,
    succeeded: succeeded.sort(byIndex),
    failed: failed.sort(byIndex),
  }
}

async function* runBatch<Item, Value>(
  plan: BatchPlan<Item, Value>,
): AsyncGenerator<BatchResult<Value>, void, undefined> {
  const { signal, onProgress, concurrency = plan.defaultConcurrency } = plan.options
  const total = lengthOf(plan.source)
  let work: BatchWork<Item, Value> | undefined
  let succeeded = 0
  let failed = 0
  let isFailing = false
  try {
    checkConcurrency(concurrency)
    plan.check?.()
    signal?.throwIfAborted()
    work = new BatchWork(plan, concurrency, openSource(plan.source))
    for await (const result of work.results()) {
      if (result.ok) succeeded++
      else failed++
      onProgress?.({ done: succeeded + failed, succeeded, failed, ...(total !== undefined && { total }) })
      yield result
    }
  } catch (error) {
    isFailing = true
    throw nameError(plan, error)
  } finally {
    await work?.end().catch((error: unknown) => {
      // The source could not be left properly; what went wrong before matters more.
      if (!isFailing) throw error
    })
    plan.end?.()
  }
}

function nameError<Item, Value>(plan: BatchPlan<Item, Value>, error: unknown): unknown {
  return plan.nameError ? plan.nameError(error) : error
}

function runsOnce(): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message:
      'A batch runs once: either await it or iterate over it. Call the method again for another batch.',
  })
}

function checkConcurrency(concurrency: number): void {
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return
  throw new ContactsError({
    code: 'invalid_input',
    message: 'concurrency must be a whole number of 1 or more.',
    issues: [{ path: 'concurrency', message: 'must be a whole number of 1 or more' }],
  })
}

/** How many items there are, where the source tells. */
function lengthOf(source: unknown): number | undefined {
  try {
    return Array.isArray(source) ? source.length : undefined
  } catch {
    // A revoked proxy, which is refused when it is opened.
    return undefined
  }
}
