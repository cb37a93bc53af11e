import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { AdapterContext, BatchMemo } from '../adapter/context.ts'
import type { Hold } from '../call/hold.ts'
import { CallScope } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import { type Clock, KeyQueue, systemClock } from '../call/timing.ts'
import { ContactsError, changedError } from '../errors.ts'
import { recordProblem } from '../http/body.ts'
import type { Contact } from '../model/contact.ts'
import type { RefKey } from '../model/ref.ts'
import { BatchMemory } from './batch-memory.ts'
import type { KeyIndex } from './key-index.ts'
import { type ContactsPolicy, dropFields } from './policy.ts'

/** What every operation of one client works with. */
export interface Runtime {
  readonly adapter: AnyAdapter
  readonly policy: ContactsPolicy
  readonly clock: Clock
  /** Upserts of one key wait for each other here, whether they are single calls or items of batches. */
  readonly queue: KeyQueue
  /** What batches under way have read of the listing, to be kept true by every write. */
  readonly indexes: Set<KeyIndex>
}

/** A call under way. */
export interface Call {
  /** Its signal, deadline and memory. */
  readonly scope: CallScope
  readonly vendor?: unknown
  /** Whether a lookup may read the whole listing. */
  readonly scan?: boolean | undefined
  /** The key that an upsert goes by. */
  readonly by?: RefKey | undefined
  /** Whether an upsert must tell what was updated from what was not, although that costs a read. */
  readonly exactOutcome?: boolean | undefined
  /** The contact to be changed, when this call has just read it. */
  readonly current?: Contact | undefined
  /** What the items of a batch share; absent for a single call. */
  readonly batch?: BatchMemory | undefined
  /** Where it is noted what became of a listing's records. */
  readonly seen?: RecordsSeen | undefined
}

/** What became of a listing's records since it was last asked: how many came, and how many of them could not be mapped. */
export class RecordsSeen {
  records = 0
  skipped = 0
  /** `false` once the adapter has said that some may be missing. */
  reachesAll: false | undefined

  /** Tells it, and counts anew. */
  take(): Pick<RecordsSeen, 'records' | 'skipped' | 'reachesAll'> {
    const { records, skipped, reachesAll } = this
    this.records = 0
    this.skipped = 0
    return { records, skipped, reachesAll }
  }
}

/** Makes what all operations of a client work with. */
export function createRuntime(adapter: AnyAdapter, policy: ContactsPolicy): Runtime {
  return { adapter, policy, clock: policy.clock ?? systemClock, queue: new KeyQueue(), indexes: new Set() }
}

/**
 * Opens the scope of a call.
 *
 * @param untilHeaders - whether the deadline counts for each request up to its headers: for what is read as one stream
 * @param hold - what it shares with other calls that belong to the same listing or batch
 * @param input - what the caller gave beside the options, so that no error of the call shows it
 */
export function openScope(
  { adapter, policy, clock }: Runtime,
  operation: string,
  options: CallOptions,
  untilHeaders = false,
  hold?: Hold,
  input?: unknown,
): CallScope {
  const { signal, timeoutMs, headers, retry } = options
  const deadlineMs = options.deadlineMs ?? policy.deadlineMs
  return new CallScope(
    { signal, timeoutMs, deadlineMs, headers, retry },
    { provider: adapter.provider, operation, clock, untilHeaders, hold, input },
  )
}

/**
 * Runs an operation in a scope of its own, which ends with it. Bad options reject it, like everything else that is wrong.
 * @param run - given the scope; what it does after the scope's end is not waited for. The others are {@link openScope}'s
 */
export async function perform<T>(
  runtime: Runtime,
  operation: string,
  options: CallOptions,
  run: (scope: CallScope) => Promise<T>,
  input?: unknown,
  hold?: Hold,
): Promise<T> {
  return within(runtime, openScope(runtime, operation, options, false, hold, input), run)
}

/** Runs work in a scope, and ends the scope with it. */
export async function within<T>(
  runtime: Runtime,
  scope: CallScope,
  run: (scope: CallScope) => Promise<T>,
): Promise<T> {
  try {
    scope.ending.throwIfAborted()
    return await scope.ending.race(run(scope))
  } catch (error) {
    throw named(scope.failure(error), runtime, scope.operation, scope.ending)
  } finally {
    scope.close()
  }
}

/**
 * Waits for what may create a contact. Where it fails and nobody knows whether it has, the keys of that contact are noted: who waits
 * for one of them is not to create another.
 */
export async function notingDoubts<Result>(
  { queue, indexes }: Runtime,
  keys: readonly string[],
  { scope, batch }: Call,
  creating: Promise<Result>,
): Promise<Result> {
  try {
    return await creating
  } catch (error) {
    const failed = scope.failure(error)
    const { applied } = ContactsError.is(failed) ? failed : scope
    if (applied === 'no') throw error
    // What may be there is in no index: whoever looks for it next reads the listing again.
    for (const index of indexes) index.isStale = true
    for (const doubts of [queue.doubts, batch?.doubts]) {
      for (const key of keys) doubts?.add(key)
    }
    throw error
  }
}

/**
 * Makes what an adapter's method is given beside its input.
 *
 * @param once - whether it is about one contact, so that a field that is left out is reported once. @default true
 */
export function createContext(runtime: Runtime, call: Call, once = true): AdapterContext {
  const { scope, vendor, current, exactOutcome = false, seen } = call
  const reported = new Set<string>()
  return {
    call: scope,
    vendor,
    current,
    exactOutcome,
    batch: call.batch ?? memoOnUse(),
    dropField(path, reason) {
      // An adapter that writes one contact by several requests meets the same field in each.
      if (once && reported.has(path)) return
      dropFields(runtime, scope.operation, [{ path, reason }])
      reported.add(path)
      scope.noteDropped(path)
    },
    mapRecords(records, map) {
      const items = mapRecords(runtime, scope.operation, records, map)
      if (seen) {
        seen.records += records.length
        seen.skipped += records.length - items.length
      }
      return items
    },
    noteIncomplete(why) {
      if (seen) seen.reachesAll = false
      warnIncomplete(runtime, scope.operation, why)
    },
  }
}

/**
 * The memory of a call of its own, made when it is used: for most calls never. A getter beside the other members would do that too, but
 * V8 keeps the function of a getter in an object literal, and all that it reaches, until the next full garbage collection.
 */
function memoOnUse(): BatchMemo {
  let memo: BatchMemo | undefined
  return {
    once(key, run) {
      memo ??= new BatchMemory()
      return memo.once(key, run)
    },
  }
}

/** Warns that a listing may lack what it should have. */
export function warnIncomplete({ adapter, policy }: Runtime, operation: string, why: string): void {
  policy.onWarning?.({
    code: 'incomplete_listing',
    provider: adapter.provider,
    operation,
    message: `The listing may lack items. ${why} List again.`,
  })
}

/** Maps the records of a listing; one that cannot be mapped harms itself alone, as `onInvalid` says. */
function mapRecords<Item>(
  { adapter, policy }: Runtime,
  operation: string,
  records: readonly unknown[],
  map: (record: unknown, index: number) => Item,
): Item[] {
  const items: Item[] = []
  for (let index = 0; index < records.length; index++) {
    try {
      checkRecord(records[index])
      items.push(map(records[index], index))
    } catch (error) {
      if (!ContactsError.is(error) || error.code !== 'bad_response') throw error
      const decided = policy.onInvalid ?? 'throw'
      const choice = typeof decided === 'function' ? decided(error, records[index]) : decided
      if (choice !== 'skip') throw error
      policy.onWarning?.({
        code: 'invalid_record',
        provider: adapter.provider,
        operation,
        message: `A record was left out of the listing: ${error.message}`,
      })
    }
  }
  return items
}

/** Refuses what no mapping should meet. @throws ContactsError `bad_response` */
export function checkRecord(record: unknown): void {
  const problem = recordProblem(record)
  const message = `A record cannot be read: it ${problem}.`
  if (problem !== undefined) throw new ContactsError({ code: 'bad_response', message })
}

/** Fills in what an error does not say of where it comes from; the reason of the caller's abort is left as it is. */
export function named(
  error: unknown,
  { adapter }: Runtime,
  operation: string,
  ending?: Pick<AbortSignal, 'aborted' | 'reason'> | undefined,
): unknown {
  if (ending?.aborted && error === ending.reason) return error
  if (!ContactsError.is(error) || (error.provider !== undefined && error.operation !== undefined))
    return error
  return changedError(error, {
    provider: error.provider ?? adapter.provider,
    operation: error.operation ?? operation,
  })
}

/** The error for an operation that the provider has not. */
export function unsupportedOperation({ adapter }: Runtime, operation: string): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${adapter.provider} has no ${operation}. Ask contacts.supports('${operation.split('.')[0]}') first.`,
    provider: adapter.provider,
    operation,
  })
}

/** An adapter's declaration of an operation, or the error that it has none. */
export function capability<Op extends OperationName>(
  runtime: Runtime,
  operation: Op,
): NonNullable<AnyAdapter['capabilities'][Op]> {
  const declared = runtime.adapter.capabilities[operation]
  if (!declared) throw unsupportedOperation(runtime, operation)
  return declared
}

/** A native method that the contract check has shown to be there; the error is for adapters that bypassed it. */
export function nativeMethod<Method>(
  runtime: Runtime,
  operation: string,
  method: Method | undefined,
): Method {
  if (!method) throw unsupportedOperation(runtime, operation)
  return method
}
