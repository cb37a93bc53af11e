import { readArgument } from '@anycontact/core/adapter-kit'
import { PROVIDER } from './errors.ts'

/** How a {@link ResponsePromise} gets what it promises. */
export interface ResponseSource<T, U> {
  /** Sends the request and reads the answer whole. */
  readonly load: () => Promise<T>
  /** Sends the request and reads the answer in the batches in which it arrives. */
  readonly stream: (signal: AbortSignal | undefined) => AsyncGenerator<readonly U[], void, undefined>
  /** What distinguishes the request from others, for `cache`; `undefined` for one that is not kept. */
  readonly cacheKey: () => readonly unknown[] | undefined
  readonly cacheMap: Map<string, Promise<unknown>>
}

/**
 * An answer that can be awaited, or read as it arrives. Nothing is sent before one of the two is asked for; awaiting it again
 * sends nothing again.
 *
 * @typeParam T - the answer
 * @typeParam U - what the stream yields
 *
 * @example
 * ```ts
 * const page = await client.list({ take: 50 })
 * for await (const { data } of client.list().stream()) console.log(data.name)
 * ```
 */
export class ResponsePromise<T, U> implements Promise<T> {
  readonly #source: ResponseSource<T, U>
  #answer: Promise<T> | undefined

  constructor(source: ResponseSource<T, U>) {
    this.#source = source
  }

  get [Symbol.toStringTag](): string {
    return 'ResponsePromise'
  }

  #load(): Promise<T> {
    this.#answer ??= this.#source.load()
    return this.#answer
  }

  /** Sends the request unless it has been sent, and tells what came of it. */
  then<TResult1 = T, TResult2 = never>(
    onSuccess?: ((value: T) => TResult1 | PromiseLike<TResult1>) | undefined | null,
    // biome-ignore lint/suspicious/noExplicitAny: as every promise declares it, the vendor's too
    onFail?: ((reason: any) => TResult2 | PromiseLike<TResult2>) | undefined | null,
  ): Promise<TResult1 | TResult2> {
    return this.#load().then(onSuccess, onFail)
  }

  /** As a promise's. */
  catch<TResult = never>(
    // biome-ignore lint/suspicious/noExplicitAny: as above
    onFail?: ((reason: any) => TResult | PromiseLike<TResult>) | undefined | null,
  ): Promise<T | TResult> {
    return this.#load().catch(onFail)
  }

  /** As a promise's. */
  finally(onSettled?: (() => void) | undefined | null): Promise<T> {
    return this.#load().finally(onSettled)
  }

  /**
   * Sends the request with `Accept: application/jsonl` and yields what arrives. Each call sends a request of its own; leaving
   * the loop early releases the connection.
   *
   * @param params - `abortSignal` ends a stream that has begun, as with the vendor's client: the loop is over. A signal that is
   * aborted before, or with a reason of its own, makes it throw the reason; so does the `signal` of the call.
   * @throws ContactsError, for a stream that breaks off too: by itself it never ends in silence
   */
  stream(params?: { abortSignal?: AbortSignal | undefined }): AsyncGenerator<U, void, undefined> {
    const call = { provider: PROVIDER, operation: 'stream' }
    return this.#lines(readArgument(params, call, { abortSignal: 'signal' }).abortSignal)
  }

  async *#lines(signal: AbortSignal | undefined): AsyncGenerator<U, void, undefined> {
    let hasBegun = false
    try {
      for await (const batch of this.#source.stream(signal)) {
        for (const line of batch) {
          hasBegun = true
          yield line
        }
      }
    } catch (error) {
      // What a signal is aborted with that is given no reason.
      const isPlain = error === signal?.reason && Reflect.get(Object(error), 'name') === 'AbortError'
      if (!hasBegun || !isPlain) throw error
    }
  }

  /**
   * The answer from the client's memory, where the same request was made with `cache()` before; else sends it. A failure is not
   * kept.
   *
   * @param key - keeps answers to the same request apart
   */
  async cache(key = 'default'): Promise<T> {
    const { cacheMap } = this.#source
    const fullKey = textOf(key, this.#source.cacheKey())
    if (fullKey === undefined) return this.#load()
    const kept = cacheMap.get(fullKey)
    if (kept !== undefined) return kept as Promise<T> // kept under the key of this very request
    const answer = this.#load()
    cacheMap.set(fullKey, answer)
    try {
      return await answer
    } catch (error) {
      cacheMap.delete(fullKey)
      throw error
    }
  }
}

/** The key of an answer; `undefined` where there is none, for what cannot be sent too. */
function textOf(key: string, requestKey: readonly unknown[] | undefined): string | undefined {
  try {
    return requestKey && JSON.stringify([String(key), requestKey])
  } catch {
    return undefined
  }
}

/** A signal that is aborted when either is. */
export function eitherSignal(
  a: AbortSignal | undefined,
  b: AbortSignal | undefined,
): AbortSignal | undefined {
  return a && b ? AbortSignal.any([a, b]) : (a ?? b)
}
