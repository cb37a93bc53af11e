import type { AdapterUpdate, AdapterUpsertResult } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type ContactRef, type ResolvedRef, resolveRef } from '../model/ref.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import { type BatchCallOptions, runBatch } from './batch-way.ts'
import { invalidInput } from './invalid-input.ts'
import { checkAnswer, normalKey, targetOf } from './lookup.ts'
import type { BatchContact, BatchDeleted, LookupOptions, UpdateItem, WriteOptions } from './options.ts'
import { type Call, capability, nativeMethod, type Runtime } from './runtime.ts'
import { confirmCreated, confirmStored, confirmUpserted } from './stored.ts'
import {
  type CheckedUpsert,
  checkUpsert,
  planUpsert,
  queueKey,
  type UpsertCall,
  upsertContact,
} from './upserts.ts'
import { checkUpdated, checkWrite, createContact, deleteContact, updateContact } from './writes.ts'

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
    send: (inputs, atomic, context) =>
      nativeMethod(runtime, 'createMany', adapter.createMany).call(adapter, inputs, { atomic }, context),
    read: async (contact, write, call) => ({ contact: await confirmCreated(runtime, write, contact, call) }),
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
      const { ref, patch } = checkUpdateItem(item)
      const key = `update:${refKey(runtime, resolveRef(ref, adapter.provider))}`
      const contact = await runtime.queue.run([key], () => updateContact(runtime, ref, patch, call))
      return { contact }
    },
    prepare: async (item, call) => {
      const { ref, patch } = checkUpdateItem(item)
      const write = checkWrite(runtime, call, 'patch', patch, capability(runtime, 'update'))
      return { ref: await targetOf(runtime, 'update', ref, call), patch: write }
    },
    keyOf: ({ ref }) => refKey(runtime, ref),
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
  options: BatchCallOptions & Pick<UpsertCall, 'by'> & { readonly dryRun?: boolean | undefined },
): BatchRun<{ readonly outcome: AdapterUpsertResult['outcome']; readonly contact?: Contact }> {
  const { adapter } = runtime
  const { by, dryRun = false } = options ?? {}
  if (dryRun) {
    return runBatch(
      runtime,
      'upsertMany',
      items,
      { ...options, atomic: false },
      {
        one: async (input, call) => ({ outcome: await planUpsert(runtime, input, { ...call, by }) }),
      },
    )
  }
  const check = (input: unknown, call: Call): CheckedUpsert => checkUpsert(runtime, input, { ...call, by })
  type Result = AdapterUpsertResult
  return runBatch<unknown, CheckedUpsert, Result, Result>(runtime, 'upsertMany', items, options, {
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
    read: async (result, { write, value }, call) => {
      checkAnswer(runtime, { key: by, value }, result.contact, 'upsert')
      return { ...result, contact: await confirmUpserted(runtime, write, result, call) }
    },
  })
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
      await deleteContact(runtime, ref, call)
      return {}
    },
    prepare: (ref, call) => targetOf(runtime, 'delete', ref, call),
    keyOf: (ref) => refKey(runtime, ref),
    send: (refs, atomic, context) =>
      nativeMethod(runtime, 'deleteMany', adapter.deleteMany).call(adapter, refs, { atomic }, context),
    read: async () => ({}),
  })
}

function refKey({ adapter }: Runtime, { key, value }: ResolvedRef): string {
  return `${key}:${normalKey(adapter, key, value)}`
}

function checkUpdateItem(item: UpdateItem): UpdateItem {
  if (typeof item === 'object' && item !== null && 'ref' in item && 'patch' in item) return item
  throw invalidInput([{ path: '', message: 'must be { ref, patch }' }])
}
