import { type AdapterContext, createOnce } from '@anycontact/core/adapter-kit'
import { type ContactMethodRequests, MAX_ITEMS } from '../api/contact-methods/index.ts'
import { badAnswer } from '../api/errors.ts'
import type { ContactMethodSyncItem, ContactMethodUpdate } from '../api/types.ts'
import { type ContactMethodRecord, readRecord } from '../api/wire.ts'
import { ofClient, readClient } from '../lookup.ts'
import { isRefusedNull } from '../quirks/kept-external-id.ts'
import { removeKeys } from '../quirks/merged-metadata.ts'
import { readOrNone } from '../quirks/other-path.ts'
import { type MethodsWrite, planMethods, type Step, type UpdateStep } from './plan-methods.ts'

/** A change of a client's methods. */
export interface MethodsChange {
  readonly clientId: string
  /** All the client's methods, as they are. */
  readonly present: readonly ContactMethodRecord[]
  /** What they are to become. */
  readonly write: MethodsWrite
  readonly steps: readonly Step[]
}

/**
 * Brings a client's methods to what a write says, in as few requests as that takes: one step is its own request, several of one
 * kind are a batch, a mixture is a sync, which names what changes and leaves the rest alone. When the answer to a write is
 * lost nothing is made twice: the methods are read, and if they are as they should be, it was done.
 *
 * @returns all the client's methods afterwards, as stored
 */
export async function applySteps(
  requests: ContactMethodRequests,
  change: MethodsChange,
  context: AdapterContext,
): Promise<readonly ContactMethodRecord[]> {
  const { clientId, present, write, steps } = change
  if (steps.length === 0) return present
  const send = (): Promise<readonly ContactMethodRecord[]> => sendSteps(requests, change, context)
  const find = async (): Promise<readonly ContactMethodRecord[] | undefined> => {
    const now = await readOrNone(requests, clientId, context)
    return planMethods(now, write, { dropField() {} }).length === 0 ? now : undefined
  }
  // What was lost is looked up: there was something to do before, and if there is nothing to do now it was done.
  const key = { isUnique: false, find, isOurs: () => true }
  const after = isAll(steps, 'update')
    ? await send()
    : (await createOnce({ call: context.call, send, key })).made
  const result: ContactMethodRecord[] = []
  for (const record of after.map((one) => ofClient(clientId, one))) {
    const step = steps.find((one): one is UpdateStep => one.kind === 'update' && one.record.id === record.id)
    result.push(step?.removed.length ? await removeKeys(requests, record, step.removed, context) : record)
  }
  return result
}

/** What the answers told: each method that was written, by its id; `undefined` for one that was deleted. */
type Changes = readonly (readonly [id: string, record: ContactMethodRecord | undefined])[]

const written = (record: ContactMethodRecord): Changes[number] => [record.id, record]
const deleted = (id: string): Changes[number] => [id, undefined]

/** Sends the steps, and gives the client's methods afterwards. */
async function sendSteps(
  requests: ContactMethodRequests,
  { clientId, present, steps }: MethodsChange,
  context: AdapterContext,
): Promise<readonly ContactMethodRecord[]> {
  const changes = new Map<string, ContactMethodRecord | undefined>()
  for (let start = 0; start < steps.length; start += MAX_ITEMS) {
    const chunk = steps.slice(start, start + MAX_ITEMS)
    const told = await sendOrKeepIds(requests, clientId, chunk, context)
    for (const [id, record] of told) changes.set(id, record)
  }
  const isTold = ({ kind, ...step }: Step): boolean =>
    !('record' in step) ||
    (changes.has(step.record.id) && !changes.get(step.record.id) === (kind === 'delete'))
  if (changes.size !== steps.length || !steps.every(isTold) || hasSideEffects(present, steps)) {
    return readClient(requests, clientId, context)
  }
  const after = new Map([...present.map(written), ...changes])
  return [...after.values()].filter((record) => record !== undefined)
}

/** Sends steps, again without the clearing of external ids where a server refuses that. */
async function sendOrKeepIds(
  requests: ContactMethodRequests,
  clientId: string,
  steps: readonly Step[],
  { call }: AdapterContext,
): Promise<Changes> {
  try {
    return await sendChunk(requests, clientId, steps, call)
  } catch (error) {
    if (!isRefusedNull(error, steps.map(fieldsOf))) throw error
    return sendChunk(requests, clientId, steps.flatMap(withoutNull), call)
  }
}

async function sendChunk(
  requests: ContactMethodRequests,
  clientId: string,
  steps: readonly Step[],
  call: AdapterContext['call'],
): Promise<Changes> {
  const [step, second] = steps
  if (!step) return []
  if (!second) {
    if (step.kind === 'create') return [written(await requests.create({ clientId, ...step.fields }, call))]
    const { id } = step.record
    if (step.kind === 'update') return [written(await requests.update(id, step.fields, call))]
    await requests.delete(id, call)
    return [deleted(id)]
  }
  const [isCreates, isUpdates] = [isAll(steps, 'create'), isAll(steps, 'update')]
  if (!isCreates && !isUpdates) {
    const answer = await requests.sync(clientId, steps.map(syncItem), false, call)
    return [...answer.created.map(written), ...answer.updated.map(written), ...answer.deleted.map(deleted)]
  }
  const items = steps.map((one) => batchItem(one, clientId))
  const answers = await requests.batch(isCreates ? 'createMany' : 'updateMany', items, true, call)
  return answers.flatMap((answer, index) => {
    if (!answer) return []
    if ('error' in answer) throw badAnswer('an item of an atomic batch failed alone.', call.operation)
    return [written(readRecord(answer.data, `data.${index}`))]
  })
}

function isAll(steps: readonly Step[], kind: Step['kind']): boolean {
  return steps.every((step) => step.kind === kind)
}

function fieldsOf(step: Step): ContactMethodUpdate {
  return step.kind === 'delete' ? {} : step.fields
}

/** The same step without the clearing of an external id; none when it does nothing else. */
function withoutNull(step: Step): readonly Step[] {
  if (step.kind !== 'update' || step.fields.externalId !== null) return [step]
  const { externalId: _cleared, ...fields } = step.fields
  const whole = { ...step.whole, externalId: step.record.externalId }
  return Object.keys(fields).length === 0 ? [] : [{ ...step, fields, whole }]
}

function batchItem(step: Step, clientId: string): Parameters<ContactMethodRequests['batch']>[1][number] {
  if (step.kind === 'create') return { clientId, ...step.fields }
  return { id: step.record.id, data: fieldsOf(step) }
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

/** Whether the server changes a method that no step is about: the primary that another one takes the place of. */
function hasSideEffects(present: readonly ContactMethodRecord[], steps: readonly Step[]): boolean {
  const gone = new Set(steps.map((step) => (step.kind === 'delete' ? step.record.id : undefined)))
  return steps.some((step) => {
    if (step.kind === 'delete' || step.fields.isPrimary !== true) return false
    const own = step.kind === 'update' ? step.record : undefined
    const type = step.fields.type ?? own?.type
    return present.some(
      (other) =>
        other.isPrimary === true && other.type === type && other.id !== own?.id && !gone.has(other.id),
    )
  })
}
