import type { AdapterUpdate, AdapterUpsertResult, UpsertOutcome } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactPatch, ContactWrite } from '../model/input.ts'
import { isPlainObject, readMembers } from '../model/json.ts'
import { type ContactRef, type RefKey, type ResolvedRef, readRef } from '../model/ref.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import { type BatchCallOptions, runBatch } from './batch-way.ts'
import { deleteContact } from './deletes.ts'
import { invalidInput } from './invalid-input.ts'
import { openSource } from './item-source.ts'
import { findExisting, hasNativeLookup, keyIndex, keyName, targetOf } from './lookup.ts'
import type {
  BatchContact,
  BatchDeleted,
  LookupOptions,
  UpdateItem,
  WriteOptions,
  WriteRun,
} from './options.ts'
import { type Call, capability, nativeMethod, type Runtime } from './runtime.ts'
import { confirmCreated, confirmStored } from './stored.ts'
import {
  type CheckedUpsert,
  changesTo,
  checkUpsert,
  findIndexed,
  finishUpsert,
  queueKey,
  type UpsertCall,
  upsertContact,
} from './upserts.ts'
import { checkUpdated, checkWrite, createContact, isEmpty, updateContact } from './writes.ts'

/** Creates many contacts. */
export function createMany(
  runtime: Runtime,
  items: ItemSource<unknown>,
  options: BatchOptions & WriteOptions = {},
): BatchRun<BatchContact> {
  const { adapter } = runtime
  return runBatch<unknown, ContactWrite, Contact, BatchContact>(runtime, 'createMany', items, options, {
    one: async (input, call) => ({ contact: await createContact(runtime, input, call) }),
    prepare: (input, call) => checkWrite(runtime, call, 'input', input, capability(runtime, 'create')),
    keyOf: ({ externalId }) => (typeof externalId === 'string' ? `externalId:${externalId}` : undefined),
    send: (inputs, atomic, context) => {
      context.call.forbidRepeating()
      return nativeMethod(runtime, 'createMany', adapter.createMany).call(
        adapter,
        inputs,
        { atomic },
        context,
      )
    },
    read: async (contact, write, call) => {
      return { contact: await confirmCreated(runtime, write, contact, call) }
    },
  })
}

/** Changes many contacts; changes of one contact, named in the same way, are made one after the other. */
export function updateMany(
  runtime: Runtime,
  items: ItemSource<UpdateItem>,
  options: BatchOptions & WriteOptions & LookupOptions = {},
): BatchRun<BatchContact> {
  const { adapter } = runtime
  return runBatch<UpdateItem, AdapterUpdate, Contact, BatchContact>(runtime, 'updateMany', items, options, {
    one: async (item, call) => {
      const { ref, patch } = readUpdateItem(item)
      return { contact: await updateContact(runtime, ref, patch, call) }
    },
    prepare: async (item, call) => {
      const { ref, patch } = readUpdateItem(item)
      const write = checkWrite(runtime, call, 'patch', patch, capability(runtime, 'update'))
      return { ref: await targetOf(runtime, 'update', ref, call), patch: write }
    },
    keyOf: ({ ref: { key, value } }) => keyName(adapter, key, value),
    send: (updates, atomic, context) =>
      nativeMethod(runtime, 'updateMany', adapter.updateMany).call(adapter, updates, { atomic }, context),
    read: async (contact, { ref, patch }, call) => {
      checkUpdated(runtime, ref, patch, contact)
      return { contact: await confirmStored(runtime, patch, contact, call) }
    },
  })
}

/** Upserts many contacts; items with the same key are done one after the other. With `dryRun`, only tells what would be done. */
export function upsertMany(
  runtime: Runtime,
  items: ItemSource<unknown>,
  options: BatchCallOptions &
    Pick<UpsertCall, 'by'> &
    Pick<WriteRun, 'repeatedKeys'> & { readonly dryRun?: boolean | undefined },
): BatchRun<{ readonly outcome: AdapterUpsertResult['outcome']; readonly contact?: Contact }> {
  const { adapter } = runtime
  const { by, dryRun = false, repeatedKeys } = options ?? {}
  const source = repeatedKeys === 'conflict' ? markRepeated(runtime, by, items) : items
  if (dryRun) {
    return runBatch(
      runtime,
      'upsertMany',
      source,
      { ...options, atomic: false },
      {
        one: async (input, call) => ({
          outcome: await planUpsert(runtime, refuseRepeated(input, by), { ...call, by }),
        }),
      },
    )
  }
  const check = (input: unknown, call: Call): CheckedUpsert =>
    checkUpsert(runtime, refuseRepeated(input, by), { ...call, by })
  type Result = AdapterUpsertResult
  return runBatch<unknown, CheckedUpsert, Result, Result>(runtime, 'upsertMany', source, options, {
    one: (input, call) => upsertContact(runtime, check(input, call), { ...call, by }),
    ...(!needsSingleUpserts(runtime, options) && { prepare: check }),
    keyOf: (checked) => queueKey(by, checked),
    send: (upserts, atomic, context) => {
      const writes = upserts.map(({ write }) => write)
      return nativeMethod(runtime, 'upsertMany', adapter.upsertMany).call(
        adapter,
        writes,
        by,
        { atomic },
        context,
      )
    },
    read: (result, checked, call) => finishUpsert(runtime, checked, result, { ...call, by }),
  })
}

/** Stands for an item whose key an earlier item of the batch had. */
class Repeated {}

/** Puts {@link Repeated} in the place of each item whose key has come before, in the order of the source. */
function markRepeated({ adapter }: Runtime, by: RefKey, items: ItemSource<unknown>): AsyncIterable<unknown> {
  const seen = new Set<string>()
  const mark = (item: unknown): unknown => {
    const value = keyGiven(item, by)
    const key = value === undefined ? undefined : keyName(adapter, by, value)
    if (key === undefined) return item
    if (seen.has(key)) return new Repeated()
    seen.add(key)
    return item
  }
  return {
    [Symbol.asyncIterator]() {
      const source = openSource<unknown>(items)
      return {
        async next() {
          const next = await source.next()
          return next ? { done: false, value: mark(next.item) } : { done: true, value: undefined }
        },
        async return() {
          await source.leave()
          return { done: true, value: undefined }
        },
      }
    },
  }
}

/** The key of an item that nobody has checked yet. */
function keyGiven(item: unknown, by: RefKey): string | undefined {
  try {
    if (!isPlainObject(item)) return undefined
    const methods: readonly unknown[] = Array.isArray(item.contactMethods) ? item.contactMethods : []
    const primary = methods.filter(isPlainObject).find(({ type, primary }) => type === by && primary === true)
    const value = item[by] ?? primary?.value
    return typeof value === 'string' ? value : undefined
  } catch {
    // What cannot even be looked at is refused when it is checked.
    return undefined
  }
}

function refuseRepeated(input: unknown, by: RefKey): unknown {
  if (!(input instanceof Repeated)) return input
  throw new ContactsError({
    code: 'conflict',
    message: `An earlier item of this batch has the same ${by}. Nothing was sent for this one: it would be written over the other.`,
    issues: [{ path: by, message: 'is that of an earlier item' }],
  })
}

/** What an upsert would do, as far as can be known without writing. */
async function planUpsert(runtime: Runtime, input: unknown, call: UpsertCall): Promise<UpsertOutcome> {
  const { write, value } = checkUpsert(runtime, input, call)
  const existing = hasNativeLookup(runtime, call.by)
    ? await findExisting(runtime, { key: call.by, value }, call)
    : await findIndexed(runtime, await keyIndex(runtime, call.by, call), value, call)
  if (!existing) return 'created'
  const isSame = isEmpty(changesTo(runtime, existing, write, call)) && existing.deleted !== true
  return isSame ? 'unchanged' : 'updated'
}

/** Whether the batch route would not tell what the caller wants to know of each item. */
function needsSingleUpserts({ adapter }: Runtime, { outcome, atomic }: BatchCallOptions): boolean {
  return outcome === 'exact' && atomic !== true && adapter.capabilities.upsert?.outcome === 'stored'
}

/** Deletes many contacts. */
export function deleteMany(
  runtime: Runtime,
  items: ItemSource<ContactRef>,
  options: BatchOptions & LookupOptions = {},
): BatchRun<BatchDeleted> {
  const { adapter } = runtime
  return runBatch<ContactRef, ResolvedRef, void, BatchDeleted>(runtime, 'deleteMany', items, options, {
    one: async (ref, call) => {
      await deleteContact(runtime, readRef(ref), call)
      return {}
    },
    prepare: (ref, call) => targetOf(runtime, 'delete', readRef(ref), call),
    keyOf: ({ key, value }) => keyName(adapter, key, value),
    send: (refs, atomic, context) =>
      nativeMethod(runtime, 'deleteMany', adapter.deleteMany).call(adapter, refs, { atomic }, context),
    read: async () => ({}),
  })
}

/** Reads a change once; the patch is read where it is checked. */
function readUpdateItem(item: unknown): UpdateItem {
  const { value: { ref, patch, ...others } = {}, problem } = readMembers(item)
  if (problem && problem.path.length > 0) {
    throw invalidInput([{ path: problem.path.join('.'), message: problem.message }])
  }
  if (ref === undefined || patch === undefined || Object.keys(others).length > 0) {
    throw invalidInput([{ path: '', message: 'must be { ref, patch }' }])
  }
  return { ref: readRef(ref), patch: patch as ContactPatch } // as far as is known before it is checked
}
