import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iterableStream } from './iterable-stream.ts'

interface Source {
  readonly stream: ReadableStream<number>
  readonly cancelled: unknown[]
}

/** A stream of 0, 1 and 2 that then ends, or fails. */
function source(failure?: Error): Source {
  const cancelled: unknown[] = []
  let next = 0
  const stream = new ReadableStream<number>(
    {
      pull(controller) {
        if (next < 3) return controller.enqueue(next++)
        if (failure) controller.error(failure)
        else controller.close()
      },
      cancel(reason) {
        cancelled.push(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, cancelled }
}

async function read(stream: AsyncIterable<number>, until = Number.POSITIVE_INFINITY): Promise<number[]> {
  const seen: number[] = []
  for await (const chunk of stream) {
    seen.push(chunk)
    if (chunk === until) break
  }
  return seen
}

const own = Object.getOwnPropertyDescriptor(ReadableStream.prototype, Symbol.asyncIterator)

describe.each(['whose streams have an iterator', 'whose streams have none'])('in an engine %s', (engine) => {
  beforeEach(() => {
    if (engine === 'whose streams have none') {
      Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator)
    }
  })
  afterEach(() => {
    if (own) Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, own)
  })

  it('gives every chunk, and is the same stream', async () => {
    const { stream, cancelled } = source()
    const iterable = iterableStream(stream)
    expect(iterable).toBe(stream)
    expect(Symbol.asyncIterator in stream).toBe(true)
    expect(await read(iterable)).toEqual([0, 1, 2])
    expect([stream.locked, cancelled]).toEqual([false, []])
  })

  it('cancels the stream when the loop is left', async () => {
    const { stream, cancelled } = source()
    expect(await read(iterableStream(stream), 1)).toEqual([0, 1])
    expect([stream.locked, cancelled]).toEqual([false, [undefined]])
  })

  it('throws what the stream fails with', async () => {
    const error = new Error('cut')
    const { stream } = source(error)
    await expect(read(iterableStream(stream))).rejects.toBe(error)
    expect(stream.locked).toBe(false)
  })

  it('is read by others as any stream', async () => {
    const text = iterableStream(source().stream).pipeThrough(
      new TransformStream<number, string>({ transform: (chunk, to) => to.enqueue(String(chunk)) }),
    )
    expect(await text.getReader().read()).toEqual({ done: false, value: '0' })
  })
})
