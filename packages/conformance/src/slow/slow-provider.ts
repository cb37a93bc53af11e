import type { FetchFunction } from '@anycontact/core'
import { type AnyAdapter, createTestClock, OPERATIONS, type TestClock } from '@anycontact/core/adapter-kit'
import { fail } from '../assert.ts'

/** How long a slow answer takes, in milliseconds. */
export const ANSWER_MS = 1_000

/** So long is waited after a call for requests that it should not have sent. */
const AFTERWARDS_MS = 20 * ANSWER_MS

/** Waits shorter than this are pauses between requests; where nothing is slow nobody waits for them. */
const PAUSE_MS = 30_000

/** Makes a `fetch` that is as slow as the suite wants it. */
export type SlowFetch = (fetch: FetchFunction) => FetchFunction

/** What became of a call, and what it took. */
export interface Timed<T> {
  readonly result: { readonly value: T } | { readonly error: unknown }
  /** How long it took on the suite's clock. */
  readonly tookMs: number
  /** How many requests were sent before it ended. */
  readonly sent: number
  /** How many were sent afterwards. */
  readonly late: number
}

/** A provider whose answers take time, on a clock that only the suite moves. */
export class SlowProvider {
  readonly clock: TestClock = createTestClock({
    waits: (ms) => !this.#isSlow && ms < PAUSE_MS,
    // What a call took is told to the millisecond.
    tickMs: 0,
  })
  #isSlow = false
  #isNextBodySlow = false
  #isLost = false
  #sent = 0

  /** Slows what an adapter reaches its provider by. */
  readonly fetch: SlowFetch = (fetch) => async (input, init) => {
    await this.#answer(init?.signal ?? (input instanceof Request ? input.signal : undefined))
    if (this.#isLost) throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
    const response = await this.#standStill(fetch(input, init))
    return this.#isNextBodySlow ? this.#slowBody(response) : response
  }

  /** Slows an adapter that reaches its provider without HTTP: each of its methods takes as long as an answer. */
  adapter(adapter: AnyAdapter): AnyAdapter {
    const members: Record<string, unknown> = {}
    for (const [operation, methods] of Object.entries(OPERATIONS)) {
      const member: unknown = Reflect.get(adapter, operation)
      if (typeof member === 'function') members[operation] = this.#slowed(adapter, member)
      else if (typeof member === 'object' && member !== null)
        members[operation] = this.#slowedGroup(member, methods)
    }
    const { stream } = adapter
    if (stream) members.stream = this.#slowedStream(stream.bind(adapter))
    return Object.assign({}, adapter, members)
  }

  /**
   * Makes a call while answers are slow, and moves the clock until it has ended.
   *
   * @param call - begins it
   * @param hasSlowBody - whether the first body is slow too, and not the headers alone
   * @param isLost - whether requests get no answer; none of them reaches the server then
   */
  async time<T>(
    call: () => PromiseLike<T>,
    {
      hasSlowBody = false,
      isLost = false,
    }: { readonly hasSlowBody?: boolean; readonly isLost?: boolean } = {},
  ): Promise<Timed<T>> {
    const start = this.clock.now()
    const before = this.#sent
    this.#isSlow = true
    this.#isNextBodySlow = hasSlowBody
    this.#isLost = isLost
    try {
      const result = await this.#settle(call)
      const [tookMs, sent] = [this.clock.now() - start, this.#sent - before]
      await this.clock.advance(AFTERWARDS_MS)
      return { result, tookMs, sent, late: this.#sent - before - sent }
    } finally {
      this.#isSlow = false
      this.#isLost = false
    }
  }

  async #settle<T>(call: () => PromiseLike<T>): Promise<Timed<T>['result']> {
    const settled = outcomeOf(call)
    try {
      return await this.clock.settle(settled)
    } catch {
      return fail('a call that was slow did not end: it waits for something other than its answers')
    }
  }

  /** Counts a request, and waits for as long as its answer takes. */
  async #answer(signal: AbortSignal | null | undefined): Promise<void> {
    this.#sent++
    if (this.#isSlow) await this.clock.sleep(ANSWER_MS, signal ?? undefined)
    else signal?.throwIfAborted()
  }

  /** Keeps the clock where it is while the author's server is at work, however long that takes in real time. */
  async #standStill(answer: Promise<Response>): Promise<Response> {
    let isThere = false
    const note = (): void => {
      isThere = true
    }
    answer.then(note, note)
    while (this.#isSlow && !isThere) await this.clock.sleep(0)
    return answer
  }

  #slowBody(response: Response): Response {
    if (response.body === null) return response
    this.#isNextBodySlow = false
    const wait = (): Promise<void> => this.clock.sleep(3 * ANSWER_MS)
    const slow = new TransformStream<Uint8Array, Uint8Array>({ start: wait })
    return new Response(response.body.pipeThrough(slow), response)
  }

  #slowedGroup(group: object, methods: readonly string[]): object {
    const slowed = methods.map((name) => {
      const method: unknown = Reflect.get(group, name)
      return typeof method === 'function' ? [[name, this.#slowed(group, method)]] : []
    })
    return { ...group, ...Object.fromEntries(slowed.flat()) }
  }

  #slowed(holder: object, method: CallableFunction): (...given: readonly unknown[]) => Promise<unknown> {
    return async (...given) => {
      await this.#answer(signalOf(given))
      return Reflect.apply(method, holder, given)
    }
  }

  #slowedStream(stream: NonNullable<AnyAdapter['stream']>): NonNullable<AnyAdapter['stream']> {
    const answer = (signal: AbortSignal | undefined): Promise<void> => this.#answer(signal)
    return async function* (query, context) {
      await answer(context.call.signal)
      yield* stream(query, context)
    }
  }
}

/** The signal of the context that a method of an adapter is given last. */
function signalOf(given: readonly unknown[]): AbortSignal | undefined {
  const context = Object(given.at(-1))
  const signal: unknown = Object(Reflect.get(context, 'call')).signal
  return signal instanceof AbortSignal ? signal : undefined
}

async function outcomeOf<T>(call: () => PromiseLike<T>): Promise<Timed<T>['result']> {
  try {
    return { value: await call() }
  } catch (error) {
    return { error }
  }
}
