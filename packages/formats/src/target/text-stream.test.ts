import { describe, expect, it } from 'vitest'
import { textStream } from './text-stream.ts'

const print = (item: number, index: number): string => `${index}:${item}\n`

/** Numbers that are counted as they are taken; without end, or failing behind the last. */
function numbers(last = Number.POSITIVE_INFINITY) {
  const seen = { taken: 0, ended: 0 }
  const items: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (seen.taken === last) throw new Error('cut')
        return { done: false, value: seen.taken++ }
      },
      async return() {
        seen.ended++
        return { done: true, value: undefined }
      },
    }),
  }
  return { seen, items }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('textStream', () => {
  it('prints what is iterated over, in whole records, of anything', async () => {
    let text = ''
    const chunks: string[] = []
    for await (const chunk of textStream(
      Array.from({ length: 3000 }, (_, index) => index),
      print,
    )) {
      chunks.push(chunk)
      text += chunk
    }
    expect(text).toBe(Array.from({ length: 3000 }, (_, index) => `${index}:${index}\n`).join(''))
    expect(chunks.length).toBeGreaterThan(1)
    expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true)
    expect(
      await new Response(textStream(new Set([7]), print).pipeThrough(new TextEncoderStream())).text(),
    ).toBe('0:7\n')
    expect(await textStream<number>([], print).getReader().read()).toEqual({ done: true, value: undefined })
  })

  it('takes nothing before the first read, and no more than is read', async () => {
    const { seen, items } = numbers()
    const stream = textStream(items, print)
    await nextTurn()
    expect(seen.taken).toBe(0)
    const reader = stream.getReader()
    await reader.read()
    const { taken } = seen
    await nextTurn()
    expect(seen.taken).toBe(taken)
    await reader.cancel()
    expect(seen).toEqual({ taken, ended: 1 })
  })

  it('ends what is iterated over when it is left, also while an item is awaited', async () => {
    let ended = 0
    const items: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        async return() {
          ended++
          return { done: true, value: undefined }
        },
      }),
    }
    const reader = textStream(items, print).getReader()
    const read = reader.read()
    await nextTurn()
    await reader.cancel()
    expect(ended).toBe(1)
    expect(await read).toMatchObject({ done: true })
  })

  it('hands out what came before a failure, and fails with it', async () => {
    const reader = textStream(numbers(2).items, print).getReader()
    expect((await reader.read()).value).toBe('0:0\n1:1\n')
    await expect(reader.read()).rejects.toThrow('cut')
    await expect(textStream(numbers(0).items, print).getReader().read()).rejects.toThrow('cut')
  })

  it('ends what is iterated over when an item cannot be printed', async () => {
    const { seen, items } = numbers()
    const reader = textStream(items, (item, index) => {
      if (item === 1) throw new Error('no text')
      return print(item, index)
    }).getReader()
    expect((await reader.read()).value).toBe('0:0\n')
    await expect(reader.read()).rejects.toThrow('no text')
    expect(seen.ended).toBe(1)
  })
})
