import { ContactsError } from '@anycontact/core'
import { badAnswer, badInput } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { MAX_ITEMS, sendBatch } from './requests.ts'
import type { Transport } from './transport.ts'
import type {
  BatchItemError,
  BatchResult,
  ContactMethodCreate,
  ContactMethodUpdateItem,
  ContactMethodUpsertItem,
  PartialBatchResult,
} from './types.ts'
import type { ItemAnswer } from './wire.ts'

type BatchName = Parameters<typeof sendBatch>[1]
type BatchItem = ContactMethodCreate | ContactMethodUpdateItem | ContactMethodUpsertItem

/** A batch of any size. */
export interface Batch<Result> {
  readonly name: BatchName
  readonly items: readonly BatchItem[]
  readonly atomic: boolean
  readonly call: EndpointCall | undefined
  /** Reads what the answer has of an item. */
  read(data: unknown, index: number): Result
}

/**
 * Does a batch. More than 250 items are sent in several requests, one after the other, and keep the indexes that they have in
 * the whole; all or nothing is possible for 250 alone. When a request after the first fails, its items count as failed.
 *
 * @throws ContactsError `invalid_input` for an atomic batch that is too large
 */
export async function runBatch<Result>(
  transport: Transport,
  { name, items, atomic, call, read }: Batch<Result>,
): Promise<BatchResult<Result>> {
  if (atomic) {
    if (items.length > MAX_ITEMS) throw tooMany(name)
    const answers = items.length === 0 ? [] : await sendBatch(transport, name, items, true, call)
    if (answers.length !== items.length) {
      throw badAnswer('the answer does not tell of every item. Look them up before writing them again.', name)
    }
    return { atomic: true, data: answers.map((answer) => wholeResult(answer, name, read)) }
  }
  const result: PartialBatchResult<Result> = { atomic: false, succeeded: [], failed: [] }
  for (let start = 0; start < items.length; start += MAX_ITEMS) {
    const chunk = items.slice(start, start + MAX_ITEMS)
    const untold = new Set(chunk.keys())
    let unreadable: unknown
    for (const answer of await answersTo(transport, { name, items: chunk, call }, start)) {
      untold.delete(answer.index)
      unreadable = addResult(result, answer, start + answer.index, read) ?? unreadable
    }
    if (unreadable !== undefined && start === 0 && result.succeeded.length === 0) throw unreadable
    for (const index of untold) result.failed.push({ index: start + index, error: UNTOLD })
  }
  return result
}

/** What is said of an item that the answer is silent about. */
const UNTOLD: BatchItemError = {
  message: 'The answer does not tell what became of this item. Look it up before writing it again.',
  code: 'bad_response',
}

/** Adds a result. One that cannot be read must not take the others with it: its error is noted, and returned. */
function addResult<Result>(
  { succeeded, failed }: PartialBatchResult<Result>,
  answer: ItemAnswer,
  index: number,
  read: Batch<Result>['read'],
): ContactsError | undefined {
  if ('error' in answer) {
    failed.push({ index, error: answer.error })
    return undefined
  }
  try {
    succeeded.push({ index, data: read(answer.data, index) })
    return undefined
  } catch (error) {
    if (!ContactsError.is(error)) throw error
    const { message, code } = error
    failed.push({ index, error: { message: `${message} It was written; look it up.`, code } })
    return error
  }
}

async function answersTo(
  transport: Transport,
  { name, items, call }: Pick<Batch<unknown>, 'name' | 'items' | 'call'>,
  start: number,
): Promise<readonly ItemAnswer[]> {
  try {
    return await sendBatch(transport, name, items, false, call)
  } catch (error) {
    // What was done before must not be lost with the error.
    if (start === 0 || !ContactsError.is(error) || call?.signal?.aborted) throw error
    const { message, code } = error
    return items.map((_, index) => ({ index, error: { message, code } }))
  }
}

function wholeResult<Result>(
  answer: ItemAnswer,
  name: BatchName,
  read: (data: unknown, index: number) => Result,
): Result {
  if (!('error' in answer)) return read(answer.data, answer.index)
  throw new ContactsError({
    code: 'bad_response',
    message: `${name}: item ${answer.index} failed, although all or nothing was asked for. Look the others up.`,
  })
}

function tooMany(operation: string): ContactsError {
  const message = `must hold ${MAX_ITEMS} items at most when atomic; split them, or pass { atomic: false }`
  return badInput([{ path: 'items', message }], operation)
}
