import type { AdapterItemResult } from '../adapter/adapter.ts'
import { ContactsError } from '../errors.ts'
import type { BatchChunk, BatchResult } from './batch.ts'
import { named, type Runtime } from './runtime.ts'

/** What a batch route of the provider's does with a chunk. */
export interface BatchRoute<Item, Prepared, Raw, Value> {
  /** Whether it is all or nothing. */
  readonly atomic: boolean
  /** Checks one item. */
  prepare(item: Item): Prepared | Promise<Prepared>
  /** Sends the items; gives an answer for each, in their order. */
  send(items: readonly Prepared[]): Promise<readonly (AdapterItemResult<Raw> | undefined)[]>
  /** Reads what the route gave for one item. */
  read(raw: Raw): Value
  /** Makes the result of an item that failed. */
  failed(index: number, error: unknown): BatchResult<Value>
}

/**
 * Does a chunk in one request. Items that do not pass their check fail by themselves, and the others are sent; where it is all
 * or nothing, whatever fails is thrown.
 */
export async function sendChunk<Item, Prepared, Raw, Value>(
  { items, start }: BatchChunk<Item>,
  { atomic, prepare, send, read, failed }: BatchRoute<Item, Prepared, Raw, Value>,
): Promise<readonly BatchResult<Value>[]> {
  const results: BatchResult<Value>[] = []
  const fail = (index: number, error: unknown): void => {
    if (atomic) throw error
    results.push(failed(index, error))
  }
  const prepared: { readonly index: number; readonly value: Prepared }[] = []
  for (const [offset, item] of items.entries()) {
    try {
      prepared.push({ index: start + offset, value: await prepare(item) })
    } catch (error) {
      fail(start + offset, error)
    }
  }
  if (prepared.length === 0) return results
  let answers: readonly (AdapterItemResult<Raw> | undefined)[]
  try {
    answers = await send(prepared.map(({ value }) => value))
  } catch (error) {
    for (const { index } of prepared) fail(index, error)
    return results
  }
  for (const [position, { index }] of prepared.entries()) {
    const answer = answers[position]
    if (answer && 'value' in answer) results.push({ ok: true, index, ...read(answer.value) })
    else fail(index, answer ? answer.error : noAnswer())
  }
  return results
}

/**
 * Makes the maker of the results of items that failed. An abort by the caller is thrown on instead: it is no item's fault.
 *
 * @param runtime - whose provider stands in the errors
 * @param operation - what stands in the errors
 * @param signal - the caller's
 */
export function failureOf<Value>(
  runtime: Runtime,
  operation: string,
  signal: AbortSignal | undefined,
): (index: number, error: unknown) => BatchResult<Value> {
  return (index, error) => {
    if (signal?.aborted) throw error
    const known = ContactsError.is(error) ? error : unforeseen(error)
    return { ok: false, index, error: named(known, runtime, operation) }
  }
}

function noAnswer(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'The provider did not say what became of this item. Look it up before writing it again.',
  })
}

function unforeseen(cause: unknown): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'This item failed in a way that was not foreseen; see the cause.',
    cause,
  })
}
