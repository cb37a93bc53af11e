import { ContactsError } from '@anycontact/core'
import { type CallSettings, mapItems, sendItems } from '@anycontact/core/adapter-kit'
import { badAnswer, badInput } from '../errors.ts'
import type { BatchResult, PartialBatchResult } from '../types.ts'
import type { ItemError } from '../wire.ts'
import { type BatchItem, type BatchName, type ContactMethodRequests, MAX_ITEMS } from './requests.ts'

/** A batch of any size. */
export interface Batch<Result> {
  readonly name: BatchName
  readonly items: readonly BatchItem[]
  readonly atomic: boolean
  readonly call: CallSettings | undefined
  /** Reads what the answer has of an item. */
  read(data: unknown, path: string): Result
}

/**
 * Does a batch. More than 250 items are sent in several requests, one after the other, and keep the indexes that they have in
 * the whole; all or nothing is possible for 250 alone. A request that fails, and an answer that cannot be read, count for their
 * own items alone, as long as anything was done.
 *
 * @throws ContactsError `invalid_input` for an atomic batch that is too large; the first failure, where nothing was done
 */
export async function runBatch<Result>(
  requests: ContactMethodRequests,
  { name, items, atomic, call, read }: Batch<Result>,
): Promise<BatchResult<Result>> {
  if (atomic && items.length > MAX_ITEMS) {
    const message = `must hold ${MAX_ITEMS} items at most when atomic; split them, or pass { atomic: false }`
    throw badInput([{ path: 'items', message }], name)
  }
  const results = await sendItems(items, {
    maxItems: MAX_ITEMS,
    atomic,
    map: (item) => item,
    send: (chunk) => requests.batch(name, chunk, atomic, call),
    read: (answers, chunk) =>
      mapItems(chunk, (_, place): { readonly data: Result } | { readonly error: ItemError } => {
        const answer = answers[place]
        if (!answer) throw badAnswer(UNTOLD, name)
        return 'error' in answer ? answer : { data: read(answer.data, `data.${place}`) }
      }),
  })
  const { succeeded, failed }: PartialBatchResult<Result> = { atomic: false, succeeded: [], failed: [] }
  let failure: { readonly error: unknown } | undefined
  for (const [index, result] of results.entries()) {
    if ('error' in result) {
      const { error } = result
      if (atomic || !ContactsError.is(error)) throw error
      failure ??= { error }
      failed.push({ index, error: { message: error.message, code: error.code } })
    } else if ('data' in result.value) succeeded.push({ index, data: result.value.data })
    else if (atomic) throw badAnswer(`item ${index} failed, although all or nothing was asked for.`, name)
    else failed.push({ index, error: result.value.error })
  }
  if (failure && succeeded.length === 0) throw failure.error
  return atomic ? { atomic, data: succeeded.map(({ data }) => data) } : { atomic, succeeded, failed }
}

/** What is said of an item that the answer is silent about. */
const UNTOLD = 'the answer does not tell what became of this item. Look it up before writing it again.'
