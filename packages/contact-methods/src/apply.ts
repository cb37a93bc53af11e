import {
  createMethod,
  deleteMethod,
  MAX_ITEMS,
  sendBatch,
  syncMethods,
  updateMethod,
} from './api/requests.ts'
import type { ContactMethodSyncItem, ContactMethodUpdate } from './api/types.ts'
import { type ContactMethodRecord, parseRecord } from './api/wire.ts'
import { isCode, type NextCall, readClient, wasLost } from './calls.ts'
import { badAnswer } from './errors.ts'
import { toCustomFields } from './mapping.ts'
import { type DropField, type MethodsWrite, planMethods, type Step, type UpdateStep } from './plan.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

/** A change of a client's methods. */
export interface MethodsChange {
  readonly clientId: string
  /** All the client's methods, as they are. */
  readonly present: readonly ContactMethodRecord[]
  /** What they are to become. */
  readonly write: MethodsWrite
  readonly steps: readonly Step[]
  readonly dropField: DropField
}

/**
 * Brings a client's methods to what a write says, in as few requests as that takes: one step is its own request, several of one
 * kind are a batch, a mixture is a sync, which names what changes and leaves the rest alone. When the answer to a write is
 * lost nothing is sent again: the methods are read, and if they are as they should be, it was done.
 *
 * @returns all the client's methods afterwards, as stored
 */
export async function applySteps(
  runtime: ContactMethodsRuntime,
  change: MethodsChange,
  next: NextCall,
): Promise<readonly ContactMethodRecord[]> {
  const { clientId, present, write, steps } = change
  if (steps.length === 0) return present
  let after: readonly ContactMethodRecord[]
  try {
    const told = await send(runtime, clientId, steps, next)
    after = told && !hasSideEffects(change) ? merge(present, told) : await readClient(runtime, clientId, next)
  } catch (error) {
    if (isRefusedNull(error, steps.map(fieldsOf))) return applySteps(runtime, withoutNulls(change), next)
    if (!wasLost(error)) throw error
    after = await readAfterLoss(runtime, clientId, next, error)
    if (planMethods(after, identified(write, present, after), () => {}).length > 0) throw error
  }
  return removeMetadata(runtime, after, steps, next)
}

/** What the answers told of the records that were written. */
interface Told {
  readonly written: readonly ContactMethodRecord[]
  readonly deleted: readonly string[]
}

/** Sends the steps; `undefined` when the answers do not tell of all of them. */
async function send(
  { transport }: ContactMethodsRuntime,
  clientId: string,
  steps: readonly Step[],
  next: NextCall,
): Promise<Told | undefined> {
  const [only, second] = steps
  if (!only) return { written: [], deleted: [] }
  if (!second) return sendOne(transport, clientId, only, next)
  const written: ContactMethodRecord[] = []
  const deleted: string[] = []
  for (let start = 0; start < steps.length; start += MAX_ITEMS) {
    const chunk = steps.slice(start, start + MAX_ITEMS)
    const call = next()
    if (isAll(chunk, 'create') || isAll(chunk, 'update')) {
      const name = isAll(chunk, 'create') ? 'createMany' : 'updateMany'
      const items = chunk.map((step) => batchItem(step, clientId))
      for (const answer of await sendBatch(transport, name, items, true, call)) {
        if ('error' in answer) throw badAnswer('an item of an atomic batch failed alone.', call.operation)
        written.push(parseRecord(answer.data, `data.${answer.index}`, call.operation))
      }
    } else {
      const answer = await syncMethods(transport, clientId, chunk.map(syncItem), false, call)
      written.push(...answer.created, ...answer.updated)
      deleted.push(...answer.deleted)
    }
  }
  return tellsAll(steps, written, deleted) ? { written, deleted } : undefined
}

async function sendOne(
  transport: ContactMethodsRuntime['transport'],
  clientId: string,
  step: Step,
  next: NextCall,
): Promise<Told> {
  switch (step.kind) {
    case 'create':
      return { written: [await createMethod(transport, { clientId, ...step.fields }, next())], deleted: [] }
    case 'update':
      return { written: [await updateMethod(transport, step.record.id, step.fields, next())], deleted: [] }
    case 'delete':
      await deleteMethod(transport, step.record.id, next())
      return { written: [], deleted: [step.record.id] }
  }
}

function fieldsOf(step: Step): ContactMethodUpdate {
  return step.kind === 'delete' ? {} : step.fields
}

function isAll(steps: readonly Step[], kind: Step['kind']): boolean {
  return steps.every((step) => step.kind === kind)
}

function batchItem(step: Step, clientId: string): Parameters<typeof sendBatch>[2][number] {
  if (step.kind === 'create') return { clientId, ...step.fields }
  return { id: step.record.id, data: step.kind === 'update' ? step.fields : {} }
}

/**
 * A sync's entry. One that changes a method has everything in it, so that it is right whether the server merges or replaces;
 * one that deletes has type and value, so that a server that wants them has them.
 */
function syncItem(step: Step): ContactMethodSyncItem {
  if (step.kind === 'create') return step.fields
  const { id, value } = step.record
  if (step.kind === 'update') return { id, ...step.whole }
  // A type that we do not know stays what it is.
  return { id, type: step.record.type as ContactMethodSyncItem['type'], value, _delete: true }
}

function tellsAll(
  steps: readonly Step[],
  written: readonly ContactMethodRecord[],
  deleted: readonly string[],
): boolean {
  const ids = new Set(written.map(({ id }) => id))
  const creates = steps.filter(({ kind }) => kind === 'create').length
  const updates = steps.filter((step) => step.kind === 'update')
  return (
    ids.size === creates + updates.length &&
    updates.every(({ record }) => ids.has(record.id)) &&
    steps.every((step) => step.kind !== 'delete' || deleted.includes(step.record.id))
  )
}

/** Whether the server changes a method that no step is about: the primary that another one takes the place of. */
function hasSideEffects({ present, steps }: MethodsChange): boolean {
  const deleted = new Set(steps.map((step) => (step.kind === 'delete' ? step.record.id : undefined)))
  return steps.some((step) => {
    if (step.kind === 'delete' || step.fields.isPrimary !== true) return false
    const type = step.kind === 'create' ? step.fields.type : (step.fields.type ?? step.record.type)
    const own = step.kind === 'update' ? step.record.id : undefined
    return present.some(
      (other) =>
        other.isPrimary === true && other.type === type && other.id !== own && !deleted.has(other.id),
    )
  })
}

function merge(
  present: readonly ContactMethodRecord[],
  { written, deleted }: Told,
): readonly ContactMethodRecord[] {
  const byId = new Map([...present, ...written].map((record) => [record.id, record]))
  for (const id of deleted) byId.delete(id)
  return [...byId.values()]
}

async function readAfterLoss(
  runtime: ContactMethodsRuntime,
  clientId: string,
  next: NextCall,
  loss: unknown,
): Promise<readonly ContactMethodRecord[]> {
  try {
    return await readClient(runtime, clientId, next)
  } catch (error) {
    // A server that tells clients without methods from others answers so after the last one was deleted.
    if (isCode(error, 'not_found')) return []
    // What went wrong first says more.
    throw loss
  }
}

/** The write, for comparison with what is there: entries whose id is gone must not be taken for bad input. */
function identified(
  write: MethodsWrite,
  present: readonly ContactMethodRecord[],
  after: readonly ContactMethodRecord[],
): MethodsWrite {
  if (!write.contactMethods) return write
  const gone = new Set(present.map(({ id }) => id))
  for (const { id } of after) gone.delete(id)
  const contactMethods = write.contactMethods.map(({ id, ...entry }) =>
    id === undefined || gone.has(id) ? entry : { id, ...entry },
  )
  return { ...write, contactMethods }
}

/** A server that merges metadata leaves keys that are not sent; those are sent once more, as null. */
async function removeMetadata(
  { transport }: ContactMethodsRuntime,
  records: readonly ContactMethodRecord[],
  steps: readonly Step[],
  next: NextCall,
): Promise<readonly ContactMethodRecord[]> {
  const result: ContactMethodRecord[] = []
  for (const record of records) {
    const step = steps.find((one): one is UpdateStep => one.kind === 'update' && one.record.id === record.id)
    const metadata = metadataToRemove(record, step?.removed ?? [])
    result.push(metadata ? await updateMethod(transport, record.id, { metadata }, next()) : record)
  }
  return result
}

/** The metadata that removes keys which are still there from a server that merges; `undefined` when none is. */
export function metadataToRemove(
  record: ContactMethodRecord,
  removed: readonly string[],
): Record<string, unknown> | undefined {
  const stored = toCustomFields(record)
  const left = removed.filter((key) => Object.hasOwn(stored, key))
  if (left.length === 0) return undefined
  return { ...record.metadata, ...Object.fromEntries(left.map((key) => [key, null])) }
}

/** Whether a server refused to clear an external id, which the published type has no value for. */
export function isRefusedNull(error: unknown, sent: readonly ContactMethodUpdate[]): boolean {
  if (!isCode(error, 'invalid_input')) return false
  if (!sent.some(({ externalId }) => externalId === null)) return false
  return error.issues === undefined || error.issues.some(({ path }) => path.endsWith('externalId'))
}

/** Why an external id stays. */
export const KEEPS_EXTERNAL_ID = 'the provider can replace an external id, but not remove it'

function withoutNulls(change: MethodsChange): MethodsChange {
  const steps = change.steps.flatMap((step): Step[] => {
    if (step.kind !== 'update' || step.fields.externalId !== null) return [step]
    change.dropField('contactMethods.externalId', KEEPS_EXTERNAL_ID)
    const { externalId: _cleared, ...fields } = step.fields
    const { externalId: _clearedToo, ...whole } = step.whole
    const { externalId } = step.record
    if (Object.keys(fields).length === 0) return []
    return [{ ...step, fields, whole: { ...whole, ...(externalId && { externalId }) } }]
  })
  return { ...change, steps }
}
