import type {
  AdapterBatchOptions,
  AdapterContactMethods,
  AdapterContext,
  AdapterItemResult,
  AdapterPage,
  AdapterPageQuery,
  ContactMethod,
  ContactMethodChange,
  ContactMethodSync,
  ContactMethodWrite,
} from '@anycontact/core'
import {
  createMethod,
  deleteMethod,
  getPrimaryMethod,
  listClientMethods,
  MAX_LIMIT,
  retrieveMethod,
  retrieveMethodByExternalId,
  retrieveMethodByMetadata,
  sendBatch,
  updateMethod,
} from './api/requests.ts'
import type { ContactMethodRecord } from './api/wire.ts'
import { applySteps, isRefusedNull, KEEPS_EXTERNAL_ID, metadataToRemove } from './apply.ts'
import { callOf, type NextCall, readClient, wasLost } from './calls.ts'
import { itemError } from './item-error.ts'
import { byAge, parseMethod, toMethod } from './mapping.ts'
import { changeOf, newMethod, planMethods, type UpdateStep } from './plan.ts'
import type { ContactMethodsRuntime } from './runtime.ts'
import { dropper } from './writes.ts'

/** The single contact methods of clients. */
export function createGroup(runtime: ContactMethodsRuntime): Required<AdapterContactMethods> {
  const { transport } = runtime
  return {
    list: (clientId, query, context) => list(runtime, clientId, query, context),
    get: async (id, context) => toMethod(await retrieveMethod(transport, id, callOf(runtime, context)())),
    getByExternalId: async (externalId, context) =>
      toMethod(await retrieveMethodByExternalId(transport, externalId, callOf(runtime, context)())),
    getByMetadata: async (key, value, context) =>
      toMethod(await retrieveMethodByMetadata(transport, key, value, callOf(runtime, context)())),
    create: (clientId, input, context) => create(runtime, clientId, input, context),
    createMany: (clientId, inputs, options, context) =>
      createMany(runtime, clientId, inputs, options, context),
    update: (id, patch, context) => update(runtime, id, patch, context),
    delete: (id, context) => deleteMethod(transport, id, callOf(runtime, context)()),
    async getPrimary(clientId, type, context) {
      const record = await getPrimaryMethod(transport, clientId, type, callOf(runtime, context)())
      return record && toMethod(record)
    },
    setPrimary: async (id, context) =>
      toMethod(await updateMethod(transport, id, { isPrimary: true }, callOf(runtime, context)())),
    sync: (clientId, methods, context) => sync(runtime, clientId, methods, context),
  }
}

async function list(
  runtime: ContactMethodsRuntime,
  clientId: string,
  { cursor, pageSize = MAX_LIMIT }: AdapterPageQuery,
  context: AdapterContext,
): Promise<AdapterPage<ContactMethod>> {
  const limit = Math.min(pageSize, MAX_LIMIT)
  const page = await listClientMethods(
    runtime.transport,
    clientId,
    { cursor, limit },
    callOf(runtime, context)(),
  )
  return { items: context.mapRecords(page.records, parseMethod), nextCursor: page.nextCursor }
}

/** Creates a method; when the answer is lost and there is an external id, it is looked up, not created again. */
async function create(
  runtime: ContactMethodsRuntime,
  clientId: string,
  input: ContactMethodWrite,
  context: AdapterContext,
): Promise<ContactMethod> {
  const next = callOf(runtime, context)
  const fields = newMethod(input, dropper(context))
  try {
    return toMethod(await createMethod(runtime.transport, { clientId, ...fields }, next()))
  } catch (error) {
    if (fields.externalId === undefined || !wasLost(error)) throw error
    const { externalId, type, value } = fields
    const record = await retrieveMethodByExternalId(runtime.transport, externalId, next()).catch(
      () => undefined,
    )
    // One of another client, or with another value, was there before.
    if (record?.clientId === clientId && record.type === type && record.value === value)
      return toMethod(record)
    throw error
  }
}

async function createMany(
  runtime: ContactMethodsRuntime,
  clientId: string,
  inputs: readonly ContactMethodWrite[],
  { atomic }: AdapterBatchOptions,
  context: AdapterContext,
): Promise<readonly AdapterItemResult<ContactMethod>[]> {
  const results: AdapterItemResult<ContactMethod>[] = []
  const good: { readonly index: number; readonly item: Parameters<typeof createMethod>[1] }[] = []
  for (const [index, input] of inputs.entries()) {
    try {
      good.push({ index, item: { clientId, ...newMethod(input, dropper(context)) } })
    } catch (error) {
      if (atomic) throw error
      results[index] = { error }
    }
  }
  if (good.length === 0) return results
  const items = good.map(({ item }) => item)
  const call = callOf(runtime, context)()
  for (const answer of await sendBatch(runtime.transport, 'createMany', items, atomic, call)) {
    const sent = good[answer.index]
    if (!sent) continue
    results[sent.index] =
      'error' in answer ? { error: itemError(answer.error, sent.item, call.operation) } : readItem(answer)
  }
  return results
}

/** Reads what was made of an item. One that cannot be read says nothing about the others. */
function readItem({
  index,
  data,
}: {
  readonly index: number
  readonly data: unknown
}): AdapterItemResult<ContactMethod> {
  try {
    return { value: parseMethod(data, index) }
  } catch (error) {
    return { error }
  }
}

/** Changes a method. Custom fields are merged and verification is compared, so with those it is read first. */
async function update(
  runtime: ContactMethodsRuntime,
  id: string,
  patch: ContactMethodChange,
  context: AdapterContext,
): Promise<ContactMethod> {
  const next = callOf(runtime, context)
  const { customFields, verified, verifiedAt, ...plain } = patch
  const isEmpty = Object.keys(plain).length === 0
  const needsRecord = customFields !== undefined || verified !== undefined || verifiedAt !== undefined
  if (!needsRecord && !isEmpty)
    return toMethod(await sendUpdate(runtime, id, plainFields(plain), next, context))
  const record = await retrieveMethod(runtime.transport, id, next())
  const step = changeOf(record, patch, dropper(context))
  if (!step) return toMethod(record)
  const updated = await sendUpdate(runtime, id, step.fields, next, context)
  const metadata = metadataToRemove(updated, step.removed)
  return toMethod(metadata ? await updateMethod(runtime.transport, id, { metadata }, next()) : updated)
}

function plainFields({
  type,
  value,
  primary,
  label,
  externalId,
}: Omit<ContactMethodChange, 'customFields' | 'verified' | 'verifiedAt'>): UpdateStep['fields'] {
  return {
    ...(type !== undefined && { type }),
    ...(value !== undefined && { value }),
    ...(primary !== undefined && { isPrimary: primary }),
    // Text is what the published type takes; empty text reads as none.
    ...(label !== undefined && { label: label ?? '' }),
    ...(externalId !== undefined && { externalId }),
  }
}

async function sendUpdate(
  runtime: ContactMethodsRuntime,
  id: string,
  fields: UpdateStep['fields'],
  next: NextCall,
  context: AdapterContext,
): Promise<ContactMethodRecord> {
  try {
    return await updateMethod(runtime.transport, id, fields, next())
  } catch (error) {
    if (!isRefusedNull(error, [fields])) throw error
    context.dropField('externalId', KEEPS_EXTERNAL_ID)
    const { externalId: _cleared, ...rest } = fields
    if (Object.keys(rest).length === 0) return retrieveMethod(runtime.transport, id, next())
    return updateMethod(runtime.transport, id, rest, next())
  }
}

/** Makes a client's methods be these; none is allowed here, and leaves the client without any. */
async function sync(
  runtime: ContactMethodsRuntime,
  clientId: string,
  methods: readonly ContactMethodWrite[],
  context: AdapterContext,
): Promise<ContactMethodSync> {
  const next = callOf(runtime, context)
  const dropField = dropper(context)
  const present = await readClient(runtime, clientId, next)
  const write = { contactMethods: [...methods] }
  const steps = planMethods(present, write, dropField)
  const stored = await applySteps(runtime, { clientId, present, write, steps, dropField }, next)
  const after = [...stored].sort(byAge)
  const before = new Map(present.map((record) => [record.id, record]))
  const kept = new Set(after.map(({ id }) => id))
  const differs = (record: ContactMethodRecord): boolean => {
    const old = before.get(record.id)
    return old !== undefined && JSON.stringify(toMethod(old)) !== JSON.stringify(toMethod(record))
  }
  return {
    created: after.filter(({ id }) => !before.has(id)).map(toMethod),
    updated: after.filter(differs).map(toMethod),
    deleted: present.map(({ id }) => id).filter((id) => !kept.has(id)),
  }
}
