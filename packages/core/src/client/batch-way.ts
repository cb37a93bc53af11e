import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterItemResult } from '../adapter/pages.ts'
import { heldError } from '../call/hold.ts'
import type { CallScope } from '../call/scope.ts'
import { ContactsError } from '../errors.ts'
import { BatchMemory } from './batch-memory.ts'
import { createTurns, failureOf, sendChunk } from './batch-route.ts'
import { createBatchRun } from './batch-run.ts'
import type { BatchOptions, BatchResult, BatchRun, ItemSource } from './batch-types.ts'
import type { LookupOptions } from './options.ts'
import { type Call, capability, createContext, openScope, type Runtime, within } from './runtime.ts'

/** The most items in one request, where the adapter does not say. */
const DEFAULT_MAX_ITEMS = 100
const DEFAULT_CONCURRENCY = 4

/** The batch operations of contacts. */
export type BatchOperation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** What a batch is called with. */
export type BatchCallOptions = BatchOptions &
  LookupOptions & { readonly vendor?: unknown; readonly outcome?: 'exact' | undefined }

/** What a batch does with its items: one by one, or several in one request of the provider's. */
export interface BatchWay<Item, Prepared, Raw, Value> {
  /** Does one item, where the provider has no batch route. */
  one(item: Item, call: Call): Promise<Value>
  /** Checks one item for the batch route. Absent where there is none. */
  prepare?(item: Item, call: Call): Prepared | Promise<Prepared>
  /** What two items about one contact have in common: they are sent one after the other. */
  keyOf?(item: Prepared): string | undefined
  /** The provider's batch route. */
  send?(
    items: readonly Prepared[],
    atomic: boolean,
    context: AdapterContext,
  ): Promise<readonly (AdapterItemResult<Raw> | undefined)[]>
  /** Checks and reads what the batch route gave for one item. */
  read?(raw: Raw, item: Prepared, call: Call): Promise<Value>
}

/** Makes the run of a batch. */
export function runBatch<Item, Prepared, Raw, Value extends object>(
  runtime: Runtime,
  operation: BatchOperation,
  source: ItemSource<Item>,
  options: BatchCallOptions,
  way: BatchWay<Item, Prepared, Raw, Value>,
): BatchRun<Value> {
  const declared = capability(runtime, operation)
  const { scan, vendor, outcome, atomic = false } = options ?? {}
  // What is done once for all items does not end with the deadline of one of them.
  let opened: CallScope | undefined
  const shared = (): CallScope => {
    opened ??= openScope(runtime, operation, options ?? {}, true)
    return opened
  }
  let memory: BatchMemory | undefined
  const failed = failureOf<Value>(runtime, operation, options?.signal)
  /** Runs one item, or one chunk, in a scope with a deadline of its own, whose errors do not show the input. */
  const inScope = <Result>(input: unknown, run: (call: Call) => Promise<Result>): Promise<Result> =>
    within(runtime, shared().child(), (scope) => {
      scope.noteInput(input)
      memory ??= new BatchMemory(shared())
      return run({ scope, scan, vendor, batch: memory, exactOutcome: outcome === 'exact' })
    })
  const common = {
    source,
    options: options ?? {},
    defaultConcurrency: runtime.policy.concurrency ?? DEFAULT_CONCURRENCY,
    check(): void {
      if (atomic && declared.atomic !== true) throw noAtomic(runtime, operation)
    },
    held: () => opened && heldError(opened),
    // What was begun for all of its items ends with the batch.
    end() {
      for (const index of memory?.indexes ?? []) runtime.indexes.delete(index)
      opened?.leave(new DOMException('The batch is over.', 'AbortError'))
    },
    nameError: (error: unknown) => failed.named(error),
  }
  const { prepare, send, read, keyOf = () => undefined } = way
  if (declared.mode === 'native' && prepare && send && read) {
    const turns = createTurns()
    return createBatchRun({
      ...common,
      chunkSize: declared.maxItems ?? DEFAULT_MAX_ITEMS,
      inOneChunk: atomic,
      run: (chunk) =>
        sendChunk(chunk, {
          atomic,
          inScope,
          queue: runtime.queue,
          turns,
          keyOf,
          prepare,
          send: (items, call) => send(items, atomic, createContext(runtime, call, false)),
          read,
          failed: failed.result,
        }),
    })
  }
  const runOne = async (item: Item, index: number): Promise<BatchResult<Value>> => {
    try {
      return { ok: true, index, ...(await inScope(item, (call) => way.one(item, call))) }
    } catch (error) {
      return failed.result(index, error)
    }
  }
  return createBatchRun({
    ...common,
    run: ({ items, start }) => Promise.all(items.map((item, offset) => runOne(item, start + offset))),
  })
}

function noAtomic({ adapter }: Runtime, operation: BatchOperation): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${adapter.provider} cannot do ${operation} all or nothing; leave atomic out.`,
  })
}
