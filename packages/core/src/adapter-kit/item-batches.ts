import type { AdapterItemResult } from '../adapter/pages.ts'
import { ContactsError, changedError } from '../errors.ts'

/**
 * Maps items one by one, so that one that throws fails alone.
 *
 * @param items - for example the records of an answer
 * @param map - called with each item and its index
 * @returns a result for each, in their order
 */
export function mapItems<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): AdapterItemResult<Result>[] {
  return items.map((item, index) => {
    try {
      return { value: map(item, index) }
    } catch (error) {
      return { error }
    }
  })
}

/** How the items of a native batch are sent. */
export interface SendItemsOptions<Item, Sent, Answer, Result> {
  /** The most items in one request. */
  readonly maxItems: number
  /** Whether the vendor is asked to do all or nothing: then the first failure is thrown. @default false */
  readonly atomic?: boolean | undefined
  /** What is sent of an item. One for which it throws is not sent, and fails alone. */
  map(item: Item, index: number): Sent
  /** Sends one request. */
  send(items: readonly Sent[]): Promise<Answer>
  /** Reads what became of each item of a request, in the order in which they were sent. */
  read(answer: Answer, items: readonly Sent[]): readonly (AdapterItemResult<Result> | undefined)[]
}

/**
 * Sends the items of a native batch in as few requests as the vendor's limit allows, one after the other.
 *
 * A request that fails gives each of its items an error of its own. An item that the answer does not tell of is
 * `bad_response` with `applied: 'unknown'`. After a failure that the next request would meet as well (`unauthenticated`,
 * `rate_limited`, or the caller's abort) the rest is not sent, and each of those items has an error that says so.
 *
 * @param items - what the adapter was given
 * @param options - how to send them
 * @returns a result for each item, in their order
 * @throws ContactsError in an atomic batch: the first failure, and `invalid_input` for more than `maxItems`
 *
 * @example
 * ```ts
 * createMany: (inputs, { atomic }, context) =>
 *   sendItems(inputs, {
 *     maxItems: 100,
 *     atomic,
 *     map: toBody,
 *     send: (bodies) => crm.createMany(bodies, context.call),
 *     read: ({ people }) => mapItems(people, toContact),
 *   }),
 * ```
 */
export async function sendItems<Item, Sent, Answer, Result>(
  items: readonly Item[],
  options: SendItemsOptions<Item, Sent, Answer, Result>,
): Promise<AdapterItemResult<Result>[]> {
  const { maxItems, atomic = false } = options
  if (atomic && items.length > maxItems) throw tooMany(maxItems)
  const results = new Map<number, AdapterItemResult<Result>>()
  const mapped = mapItems(items, (item, index) => options.map(item, index))
  const ready: Ready<Sent>[] = []
  for (const [index, result] of mapped.entries()) {
    if (!('error' in result)) ready.push({ index, sent: result.value })
    else if (atomic) throw result.error
    else results.set(index, result)
  }
  let end: unknown
  for (let start = 0; start < ready.length; start += maxItems) {
    const chunk = ready.slice(start, start + maxItems)
    if (end !== undefined) {
      for (const { index } of chunk) results.set(index, { error: unsent(end) })
      continue
    }
    try {
      const told = await sendChunk(chunk, options)
      for (const [place, { index }] of chunk.entries()) results.set(index, told[place] ?? { error: untold() })
    } catch (error) {
      if (atomic) throw afterSending(error)
      for (const { index } of chunk) results.set(index, { error: copyOf(afterSending(error)) })
      if (endsAll(error)) end = error
    }
  }
  return items.map((_, index) => results.get(index) ?? { error: untold() })
}

/** An item that can be sent. */
interface Ready<Sent> {
  readonly index: number
  readonly sent: Sent
}

async function sendChunk<Item, Sent, Answer, Result>(
  chunk: readonly Ready<Sent>[],
  { send, read }: SendItemsOptions<Item, Sent, Answer, Result>,
): Promise<readonly (AdapterItemResult<Result> | undefined)[]> {
  const sent = chunk.map((item) => item.sent)
  const told = await read(await send(sent), sent)
  return told.map((result) => (result && 'error' in result ? { error: afterSending(result.error) } : result))
}

/** What cannot be read was sent all the same: nobody can tell what became of it. */
function afterSending(error: unknown): unknown {
  if (!ContactsError.is(error) || error.code !== 'bad_response' || error.applied !== 'no') return error
  return changedError(error, { applied: 'unknown' })
}

/** Each item has an error of its own, so that whoever adds to one does not add to all. */
function copyOf(error: unknown): unknown {
  return ContactsError.is(error) ? changedError(error, { cause: error }) : error
}

/** Whether the next request would fail in the same way. */
function endsAll(error: unknown): boolean {
  return !ContactsError.is(error) || error.code === 'unauthenticated' || error.code === 'rate_limited'
}

function unsent(end: unknown): unknown {
  if (!ContactsError.is(end)) return end
  const { code, provider, operation, retryable, retryAfterMs } = end
  return new ContactsError({
    code,
    message: `This item was not sent, because an earlier request of the same batch failed (${code}).`,
    provider,
    operation,
    retryable,
    retryAfterMs,
  })
}

function untold(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'The answer does not tell of this item. Look it up before writing it again.',
    applied: 'unknown',
  })
}

function tooMany(maxItems: number): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `All or nothing is possible for at most ${maxItems} items, the most in one request. Nothing was sent.`,
  })
}
