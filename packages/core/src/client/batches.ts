import type { AdapterItemResult, AdapterUpdate, UpsertResult } from '../adapter/adapter.ts'
import type { AdapterContext } from '../adapter/context.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type ContactRef, type ResolvedRef, resolveRef } from '../model/ref.ts'
import {
  type BatchOptions,
  type BatchResult,
  type BatchRun,
  createBatchRun,
  type ItemSource,
} from './batch.ts'
import { failureOf, sendChunk } from './batch-route.ts'
import { KeyQueue } from './key-queue.ts'
import { type LookupCall, targetOf } from './lookup.ts'
import type { BatchContact, BatchDeleted, LookupOptions, UpdateItem, WriteOptions } from './options.ts'
import {
  canonicalKey,
  capability,
  createBatchMemo,
  createContext,
  nameError,
  nativeMethod,
  type Runtime,
} from './runtime.ts'
import { checkWrite, invalidInput } from './validate.ts'
import {
  type CheckedUpsert,
  checkUpsert,
  createContact,
  deleteContact,
  type UpsertCall,
  updateContact,
  upsertContact,
} from './writes.ts'

type BatchOperation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** The most items in one request, where the adapter does not say. */
const DEFAULT_MAX_ITEMS = 100
const DEFAULT_CONCURRENCY = 4

/** What a batch does with its items: one by one, or several in one request of the provider's. */
interface BatchWay<Item, Prepared, Raw, Value> {
  /** Does one item, where the provider has no batch route. */
  one(item: Item, call: LookupCall): Promise<Value>
  /** Checks one item for the batch route. */
  prepare(item: Item, call: LookupCall): Prepared | Promise<Prepared>
  /** The provider's batch route. */
  send(
    items: readonly Prepared[],
    atomic: boolean,
    context: AdapterContext,
  ): Promise<readonly (AdapterItemResult<Raw> | undefined)[]>
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
    send: (inputs, atomic, context) =>
      nativeMethod(runtime, 'createMany', adapter.createMany).call(adapter, inputs, { atomic }, context),
    read: (contact) => ({ contact }),
  })
}

/** Changes many contacts; changes of one contact, named in the same way, are made one after the other. */
export function updateMany(
  runtime: Runtime,
  items: ItemSource<UpdateItem>,
  options: BatchOptions & WriteOptions & LookupOptions = {},
): BatchRun<BatchContact> {
  const { adapter } = runtime
  const queue = new KeyQueue()
  return batch<UpdateItem, AdapterUpdate, Contact, BatchContact>(runtime, 'updateMany', items, options, {
    one: async (item, call) => {
      const { ref, patch } = checkUpdateItem(item)
      const { key, value } = resolveRef(ref, adapter.provider)
      const contact = await queue.run([`${key}:${canonicalKey(runtime, key, value)}`], () =>
        updateContact(runtime, ref, patch, call),
      )
      return { contact }
    },
    prepare: async (item, call) => {
      const { ref, patch } = checkUpdateItem(item)
      const write = checkWrite(runtime, call.operation, 'patch', patch, capability(runtime, 'update').fields)
      return { ref: await targetOf(runtime, 'update', ref, call), patch: write }
    },
    send: (updates, atomic, context) =>
      nativeMethod(runtime, 'updateMany', adapter.updateMany).call(adapter, updates, { atomic }, context),
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
  const { by } = options ?? {}
  const queue = new KeyQueue()
  const check = (input: unknown, call: LookupCall): CheckedUpsert =>
    checkUpsert(runtime, input, { ...call, by })
  return batch<unknown, CheckedUpsert, UpsertResult, UpsertResult>(runtime, 'upsertMany', items, options, {
    one: async (input, call) => {
      const checked = check(input, call)
      return queue.run([checked.key], () => upsertContact(runtime, checked, { ...call, by }))
    },
    prepare: check,
    send: (upserts, atomic, context) => {
      const send = nativeMethod(runtime, 'upsertMany', adapter.upsertMany)
      const sendWrites = (some: readonly CheckedUpsert[]) =>
        send.call(
          adapter,
          some.map(({ write }) => write),
          by,
          { atomic },
          context,
        )
      return atomic ? sendWrites(upserts) : sendInRounds(upserts, queue, sendWrites)
    },
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
    send: (refs, atomic, context) =>
      nativeMethod(runtime, 'deleteMany', adapter.deleteMany).call(adapter, refs, { atomic }, context),
    read: () => ({}),
  })
}

function batch<Item, Prepared, Raw, Value extends object>(
  runtime: Runtime,
  operation: BatchOperation,
  source: ItemSource<Item>,
  options: CallOf,
  way: BatchWay<Item, Prepared, Raw, Value>,
): BatchRun<Value> {
  const declared = capability(runtime, operation)
  const { signal, timeoutMs, headers, scan, vendor, atomic = false } = options ?? {}
  const call: LookupCall = { operation, signal, timeoutMs, headers, scan, vendor, batch: createBatchMemo() }
  const failed = failureOf<Value>(runtime, operation, signal)
  const common = {
    source,
    options: options ?? {},
    defaultConcurrency: runtime.policy.concurrency ?? DEFAULT_CONCURRENCY,
    check(): void {
      if (atomic && declared.atomic !== true) throw noAtomic(runtime, operation)
    },
    nameError: (error: unknown) => nameError(error, runtime, operation, signal),
  }
  if (declared.mode === 'native') {
    return createBatchRun({
      ...common,
      chunkSize: declared.maxItems ?? DEFAULT_MAX_ITEMS,
      inOneChunk: atomic,
      run: (chunk) =>
        sendChunk(chunk, {
          atomic,
          prepare: (item) => way.prepare(item, call),
          send: (prepared) => way.send(prepared, atomic, createContext(runtime, call, false)),
          read: way.read,
          failed,
        }),
    })
  }
  const runOne = async (item: Item, index: number): Promise<BatchResult<Value>> => {
    try {
      return { ok: true, index, ...(await way.one(item, call)) }
    } catch (error) {
      return failed(index, error)
    }
  }
  return createBatchRun({
    ...common,
    run: ({ items, start }) => Promise.all(items.map((item, offset) => runOne(item, start + offset))),
  })
}

/** Sends upserts so that no key is twice in one request, or in two at once. */
async function sendInRounds(
  upserts: readonly CheckedUpsert[],
  queue: KeyQueue,
  send: (some: readonly CheckedUpsert[]) => Promise<readonly AdapterItemResult<UpsertResult>[]>,
): Promise<readonly (AdapterItemResult<UpsertResult> | undefined)[]> {
  const rounds: { readonly position: number; readonly upsert: CheckedUpsert }[][] = []
  const seen = new Map<string, number>()
  for (const [position, upsert] of upserts.entries()) {
    const round = seen.get(upsert.key) ?? 0
    seen.set(upsert.key, round + 1)
    rounds[round] ??= []
    rounds[round].push({ position, upsert })
  }
  const answers: (AdapterItemResult<UpsertResult> | undefined)[] = upserts.map(() => undefined)
  for (const round of rounds) {
    const some = round.map(({ upsert }) => upsert)
    const keys = some.map(({ key }) => key)
    const given = await queue
      .run(keys, () => send(some))
      .catch((error: unknown) => some.map(() => ({ error })))
    for (const [index, { position }] of round.entries()) answers[position] = given[index]
  }
  return answers
}

function noAtomic(runtime: Runtime, operation: BatchOperation): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} cannot do ${operation} all or nothing; leave atomic out.`,
  })
}

function checkUpdateItem(item: UpdateItem): UpdateItem {
  if (typeof item === 'object' && item !== null && 'ref' in item && 'patch' in item) return item
  throw invalidInput([{ path: '', message: 'must be { ref, patch }' }])
}
