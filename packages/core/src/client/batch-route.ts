import type { AdapterItemResult } from '../adapter/pages.ts'
import type { KeyQueue } from '../call/timing.ts'
import { type Applied, ContactsError, changedError } from '../errors.ts'
import type { BatchChunk, BatchResult } from './batch-types.ts'
import { type Call, named, type Runtime } from './runtime.ts'

/** What a batch route of the provider's does with a chunk. */
export interface BatchRoute<Item, Prepared, Raw, Value> {
  /** Whether it is all or nothing. */
  readonly atomic: boolean
  readonly queue: KeyQueue
  /** Lets chunks join the queue in the order in which they were begun, however long their checks take. */
  readonly turns: Turns
  /** Runs a part of the work in a scope with a deadline of its own, whose errors do not show the input. */
  inScope<Result>(input: unknown, run: (call: Call) => Promise<Result>): Promise<Result>
  /** What two items about one contact have in common. */
  keyOf(item: Prepared): string | undefined
  /** Checks one item. */
  prepare(item: Item, call: Call): Prepared | Promise<Prepared>
  /** Sends the items; gives an answer for each, in their order. */
  send(items: readonly Prepared[], call: Call): Promise<readonly (AdapterItemResult<Raw> | undefined)[]>
  /** Checks and reads what the route gave for one item. */
  read(raw: Raw, item: Prepared, call: Call): Promise<Value>
  /** Makes the result of an item that failed; `applied` is for a failure that does not say it itself. */
  failed(index: number, error: unknown, applied?: Applied): BatchResult<Value>
}

/** An item that passed its check, with its position in the source. */
interface Checked<Prepared> {
  readonly index: number
  readonly value: Prepared
}

/**
 * Does a chunk in one request, or in more where several of its items are about one contact: those are sent one after the other, in
 * their order. Items that do not pass their check fail by themselves; where it is all or nothing, whatever fails is thrown.
 */
export async function sendChunk<Item, Prepared, Raw, Value>(
  { items, start }: BatchChunk<Item>,
  route: BatchRoute<Item, Prepared, Raw, Value>,
): Promise<readonly BatchResult<Value>[]> {
  const { atomic, inScope, prepare, failed, turns } = route
  const turn = turns.take()
  const results: BatchResult<Value>[] = []
  const fail = (index: number, error: unknown, applied?: Applied): void => {
    if (atomic) throw error
    results.push(failed(index, error, applied))
  }
  const checked: Checked<Prepared>[] = []
  const sent: Promise<void>[] = []
  try {
    for (const [offset, item] of items.entries()) {
      try {
        checked.push({
          index: start + offset,
          value: await inScope(item, async (call) => prepare(item, call)),
        })
      } catch (error) {
        fail(start + offset, error)
      }
    }
    await turn.ready
    for (const round of atomic ? [checked] : roundsOf(checked, route)) {
      if (round.length > 0) sent.push(sendRound(round, route, results, fail))
    }
  } finally {
    turn.done()
  }
  await Promise.all(sent)
  return results
}

/** Splits items so that no contact is twice in one request. */
function roundsOf<Item, Prepared, Raw, Value>(
  checked: readonly Checked<Prepared>[],
  { keyOf }: BatchRoute<Item, Prepared, Raw, Value>,
): Checked<Prepared>[][] {
  const rounds: Checked<Prepared>[][] = []
  const seen = new Map<string, number>()
  for (const item of checked) {
    const key = keyOf(item.value)
    const round = key === undefined ? 0 : (seen.get(key) ?? 0)
    if (key !== undefined) seen.set(key, round + 1)
    rounds[round] ??= []
    rounds[round].push(item)
  }
  return rounds
}

async function sendRound<Item, Prepared, Raw, Value>(
  round: readonly Checked<Prepared>[],
  { queue, keyOf, inScope, send, read }: BatchRoute<Item, Prepared, Raw, Value>,
  results: BatchResult<Value>[],
  fail: (index: number, error: unknown, applied: Applied) => void,
): Promise<void> {
  const values = round.map(({ value }) => value)
  const keys = values.flatMap((value) => keyOf(value) ?? [])
  const answers = await queue
    .run(keys, () => inScope(values, (call) => send(values, call)))
    .catch((error: unknown) => round.map((): AdapterItemResult<Raw> => ({ error })))
  for (const [position, { index, value }] of round.entries()) {
    const answer = answers[position]
    try {
      if (!answer) throw noAnswer()
      if ('error' in answer) throw answer.error
      const readWritten = (call: Call): Promise<Value> => {
        // The route took the item: what fails from here on fails after a write.
        call.scope.beginWrite(false).settle('yes')
        return read(answer.value, value, call)
      }
      results.push({ ok: true, index, ...(await inScope(value, readWritten)) })
    } catch (error) {
      fail(index, error, 'unknown')
    }
  }
}

/** Hands out turns in the order in which they are asked for. */
export interface Turns {
  take(): { readonly ready: Promise<void>; done(): void }
}

/** Makes {@link Turns}. */
export function createTurns(): Turns {
  let last = Promise.resolve()
  return {
    take() {
      const ready = last
      let done = (): void => {}
      last = new Promise<void>((resolve) => {
        done = resolve
      })
      return { ready, done: () => done() }
    },
  }
}

/** Makes errors of a batch what its caller gets. */
export interface BatchFailures<Value> {
  /** The result of an item that failed. An abort by the caller is thrown on instead: it is no item's fault. */
  result(index: number, error: unknown, applied?: Applied): BatchResult<Value>
  /** The error of the whole batch. */
  named(error: unknown): unknown
}

/** Makes the maker of the errors of a batch. */
export function failureOf<Value>(
  runtime: Runtime,
  operation: string,
  signal: AbortSignal | undefined,
): BatchFailures<Value> {
  const given = new WeakSet<object>()
  return {
    result(index, error, applied = 'no') {
      if (signal?.aborted) throw error
      const known = ContactsError.is(error) ? ownError(error, given) : unforeseen(error, applied)
      return { ok: false, index, error: asContactsError(named(known, runtime, operation), known) }
    },
    named: (error) => named(error, runtime, operation, signal),
  }
}

/** Items that fail together, in one request or by one look-up, have an error each: whoever adds to one does not add to all. */
function ownError(error: ContactsError, given: WeakSet<object>): ContactsError {
  if (given.has(error)) return changedError(error, {})
  given.add(error)
  return error
}

function asContactsError(error: unknown, fallback: ContactsError): ContactsError {
  return ContactsError.is(error) ? error : fallback
}

function noAnswer(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'The provider did not say what became of this item. Look it up before writing it again.',
    applied: 'unknown',
  })
}

function unforeseen(cause: unknown, applied: Applied): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'This item failed in a way that was not foreseen; see the cause.',
    applied,
    cause,
  })
}
