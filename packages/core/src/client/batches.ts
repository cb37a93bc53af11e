import type {
  AdapterBatchOptions,
  AdapterItemResult,
  AdapterUpdate,
  UpsertResult,
} from '../adapter/adapter.ts'
import type { AdapterContext } from '../adapter/context.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import type { ContactRef, ResolvedRef } from '../model/ref.ts'
import {
  type BatchChunk,
  type BatchOptions,
  type BatchResult,
  type BatchRun,
  createBatchRun,
  type ItemSource,
} from './batch.ts'
import { type LookupCall, targetOf } from './lookup.ts'
import { capability, createBatchMemo, createContext, named, type Runtime } from './runtime.ts'
import type { BatchContact, BatchDeleted, LookupOptions, UpdateItem, WriteOptions } from './types.ts'
import { checkWrite } from './validate.ts'
import {
  checkUpsert,
  createContact,
  deleteContact,
  type UpsertCall,
  updateContact,
  upsertContact,
} from './writes.ts'

type BatchOperation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** What a batch does with its items: one by one, or several in one request of the provider's. */
interface BatchWork<Item, Prepared, Raw, Value> {
  /** Does one item, where the provider has no batch route. */
  one(item: Item, call: LookupCall): Promise<Value>
  /** Checks one item for a batch route. */
  prepare(item: Item, call: LookupCall): Prepared | Promise<Prepared>
  /** The provider's batch route. */
  readonly native:
    | ((
        items: readonly Prepared[],
        options: AdapterBatchOptions,
        context: AdapterContext,
      ) => Promise<readonly AdapterItemResult<Raw>[]>)
    | undefined
  /** Reads what the batch route gave for one item. */
  read(raw: Raw): Value
}

type CallOf = BatchOptions & LookupOptions & { readonly vendor?: unknown }

/** Creates many contacts. */
export function createMany(
  runtime: Runtime,
  items: ItemSource<unknown>,
  options: BatchOptions & WriteOptions = {},
): BatchRun<BatchContact> {
  const { adapter } = runtime
  return batch<unknown, ContactWrite, Contact, BatchContact>(runtime, 'createMany', items, options, {
    one: async (input, call) => ({ contact: await createContact(runtime, input, call) }),
    prepare: (input, call) =>
      checkWrite(runtime, call.operation, 'input', input, capability(runtime, 'create').fields),
    native: adapter.createMany?.bind(adapter),
    read: (contact) => ({ contact }),
  })
}

/** Changes many contacts. */
export function updateMany(
  runtime: Runtime,
  items: ItemSource<UpdateItem>,
  options: BatchOptions & WriteOptions & LookupOptions = {},
): BatchRun<BatchContact> {
  const { adapter } = runtime
  return batch<UpdateItem, AdapterUpdate, Contact, BatchContact>(runtime, 'updateMany', items, options, {
    one: async (item, call) => {
      const { ref, patch } = checkUpdateItem(item)
      return { contact: await updateContact(runtime, ref, patch, call) }
    },
    prepare: async (item, call) => {
      const { ref, patch } = checkUpdateItem(item)
      const write = checkWrite(runtime, call.operation, 'patch', patch, capability(runtime, 'update').fields)
      return { ref: await targetOf(runtime, 'update', ref, call), patch: write }
    },
    native: adapter.updateMany?.bind(adapter),
    read: (contact) => ({ contact }),
  })
}

/** Upserts many contacts; items with the same key are done one after the other. */
export function upsertMany(
  runtime: Runtime,
  items: ItemSource<unknown>,
  options: BatchOptions & WriteOptions & LookupOptions & Pick<UpsertCall, 'by'>,
): BatchRun<UpsertResult> {
  const { adapter } = runtime
  const queues = new Map<string, Promise<unknown>>()
  return batch<unknown, ContactWrite, UpsertResult, UpsertResult>(runtime, 'upsertMany', items, options, {
    one: (input, call) => {
      const upsertCall: UpsertCall = { ...call, by: options?.by }
      const { value } = checkUpsert(runtime, input, upsertCall)
      return inTurn(queues, value, () => upsertContact(runtime, input, upsertCall))
    },
    prepare: (input, call) => checkUpsert(runtime, input, { ...call, by: options?.by }).write,
    native: adapter.upsertMany
      ? (inputs, batchOptions, context) => {
          if (!adapter.upsertMany) throw new TypeError('The adapter changed while it was in use.')
          return adapter.upsertMany(inputs, options.by, batchOptions, context)
        }
      : undefined,
    read: (result) => result,
  })
}

/** Deletes many contacts. */
export function deleteMany(
  runtime: Runtime,
  items: ItemSource<ContactRef>,
  options: BatchOptions & LookupOptions = {},
): BatchRun<BatchDeleted> {
  const { adapter } = runtime
  return batch<ContactRef, ResolvedRef, void, BatchDeleted>(runtime, 'deleteMany', items, options, {
    one: async (ref, call) => {
      await deleteContact(runtime, ref, call)
      return {}
    },
    prepare: (ref, call) => targetOf(runtime, 'delete', ref, call),
    native: adapter.deleteMany?.bind(adapter),
    read: () => ({}),
  })
}

function batch<Item, Prepared, Raw, Value extends object>(
  runtime: Runtime,
  operation: BatchOperation,
  source: ItemSource<Item>,
  options: CallOf,
  work: BatchWork<Item, Prepared, Raw, Value>,
): BatchRun<Value> {
  const declared = capability(runtime, operation)
  const { signal, timeoutMs, headers, scan, vendor, atomic = false } = options ?? {}
  const call: LookupCall = { operation, signal, timeoutMs, headers, scan, vendor, batch: createBatchMemo() }
  const native = declared.mode === 'native' ? work.native : undefined
  const defaultConcurrency = runtime.policy.concurrency ?? 4
  const check = (): void => {
    if (atomic && declared.atomic !== true) {
      throw new ContactsError({
        code: 'unsupported',
        message: `${runtime.adapter.provider} cannot do ${operation} all or nothing; leave atomic out.`,
        provider: runtime.adapter.provider,
        operation,
      })
    }
  }
  const failed = failureOf<Value>(runtime, operation, signal)
  if (!native) {
    return createBatchRun({
      source,
      options: options ?? {},
      defaultConcurrency,
      check,
      async run({ items, start }) {
        return Promise.all(
          items.map(async (item, offset): Promise<BatchResult<Value>> => {
            const index = start + offset
            try {
              return { ok: true, index, ...(await work.one(item, call)) }
            } catch (error) {
              return failed(index, error)
            }
          }),
        )
      },
    })
  }
  const maxItems = declared.maxItems ?? 100
  return createBatchRun({
    source: atomic ? wholeSource(source, maxItems) : source,
    options: options ?? {},
    defaultConcurrency,
    chunkSize: maxItems,
    check,
    run: (chunk) =>
      runNatively(chunk, atomic, failed, {
        prepare: (item) => work.prepare(item, call),
        send: (values) => native(values, { atomic }, createContext(runtime, call)),
        read: work.read,
      }).catch((error: unknown) => {
        throw named(error, runtime.adapter.provider, operation)
      }),
  })
}

/** Makes the result of an item that failed; an abort by the caller is thrown on instead. */
export function failureOf<Value>(
  runtime: Runtime,
  operation: string,
  signal: AbortSignal | undefined,
): (index: number, error: unknown) => BatchResult<Value> {
  return (index, error) => {
    if (signal?.aborted) throw error
    return { ok: false, index, error: toContactsError(named(error, runtime.adapter.provider, operation)) }
  }
}

/** What a batch route of the provider's does with a chunk. */
export interface NativeChunk<Item, Prepared, Raw, Value> {
  /** Checks one item. */
  prepare(item: Item): Prepared | Promise<Prepared>
  send(items: readonly Prepared[]): Promise<readonly AdapterItemResult<Raw>[]>
  /** Reads what the route gave for one item. */
  read(raw: Raw): Value
}

/** Does a chunk in one request: items that do not pass their check fail by themselves, unless it is all or nothing. */
export async function runNatively<Item, Prepared, Raw, Value>(
  { items, start }: BatchChunk<Item>,
  atomic: boolean,
  failed: (index: number, error: unknown) => BatchResult<Value>,
  { prepare, send, read }: NativeChunk<Item, Prepared, Raw, Value>,
): Promise<readonly BatchResult<Value>[]> {
  const results: BatchResult<Value>[] = []
  const prepared: { readonly index: number; readonly value: Prepared }[] = []
  for (const [offset, item] of items.entries()) {
    try {
      prepared.push({ index: start + offset, value: await prepare(item) })
    } catch (error) {
      if (atomic) throw error
      results.push(failed(start + offset, error))
    }
  }
  if (prepared.length === 0) return results
  try {
    const answers = await send(prepared.map(({ value }) => value))
    prepared.forEach(({ index }, position) => {
      const answer = answers[position]
      if (answer && 'value' in answer) results.push({ ok: true, index, ...read(answer.value) })
      else results.push(failed(index, answer?.error ?? noAnswer()))
    })
  } catch (error) {
    if (atomic) throw error
    for (const { index } of prepared) results.push(failed(index, error))
  }
  return results
}

/** All the items of an atomic batch, which must go in one request. */
export async function* wholeSource<Item>(source: ItemSource<Item>, maxItems: number): AsyncGenerator<Item> {
  const items: Item[] = []
  for await (const item of source) {
    items.push(item)
    if (items.length > maxItems) {
      throw new ContactsError({
        code: 'invalid_input',
        message: `An atomic batch can hold ${maxItems} items at most here. Split it, or leave atomic out. Nothing was written.`,
      })
    }
  }
  yield* items
}

function checkUpdateItem(item: UpdateItem): UpdateItem {
  if (typeof item === 'object' && item !== null && 'ref' in item && 'patch' in item) return item
  throw new ContactsError({
    code: 'invalid_input',
    message: 'Each item of updateMany wants { ref, patch }. Nothing was written.',
  })
}

/** Runs a task after those with the same key. */
async function inTurn<T>(
  queues: Map<string, Promise<unknown>>,
  key: string,
  run: () => Promise<T>,
): Promise<T> {
  const before = queues.get(key) ?? Promise.resolve()
  const mine = before.then(run, run)
  queues.set(key, mine)
  try {
    return await mine
  } finally {
    if (queues.get(key) === mine) queues.delete(key)
  }
}

function noAnswer(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'The provider did not say what became of this item. Look it up before writing it again.',
  })
}

function toContactsError(error: unknown): ContactsError {
  if (ContactsError.is(error)) return error
  return new ContactsError({
    code: 'bad_response',
    message: 'This item failed in a way that was not foreseen; see the cause.',
    cause: error,
  })
}
