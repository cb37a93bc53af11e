import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxLineBytes, readLines } from './stream.ts'
import { contactsError } from './testing/test-client.ts'

type Bytes = Uint8Array<ArrayBuffer>

function streamOf(chunks: readonly Bytes[], onCancel?: () => void): ReadableStream<Bytes> {
  const queue = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = queue.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
    cancel: () => onCancel?.(),
  })
}

async function collect(chunks: readonly Bytes[]): Promise<{ lines: string[]; unterminated?: string }> {
  const lines: string[] = []
  let unterminated: string | undefined
  for await (const batch of readLines(streamOf(chunks))) {
    expect(unterminated).toBeUndefined()
    lines.push(...batch.lines)
    unterminated = batch.unterminated
  }
  return unterminated === undefined ? { lines } : { lines, unterminated }
}

const bytes = (text: string): Bytes => new TextEncoder().encode(text)

describe('readLines', () => {
  test.each([
    ['', []],
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\rb\n', ['a\rb']],
    ['\n\n', ['', '']],
    ['\ufeffa\n\ufeffb\n', ['a', '\ufeffb']],
    ['a\u2028b\n', ['a\u2028b']],
  ])('%j', async (text, lines) => {
    expect(await collect([bytes(text)])).toEqual({ lines })
  })

  test.each(['b', 'b\r', '{"type":"it', 'é'])('tells that the last line %j has no end', async (last) => {
    expect(await collect([bytes(`a\n${last}`)])).toEqual({ lines: ['a'], unterminated: last })
  })

  test('a character cut at the very end is not mistaken for a whole line', async () => {
    expect((await collect([bytes('a\né').subarray(0, 3)])).unterminated).toBe('\ufffd')
  })

  test('gives the same lines wherever the stream is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[\r\n\ufeff]/g, '')),
          { maxLength: 12 },
        ),
        fc.constantFrom('', 'torn €😀'),
        fc.infiniteStream(fc.nat(7)),
        async (lines, last, sizes) => {
          const all = bytes(lines.map((line) => `${line}\n`).join('') + last)
          const chunks: Bytes[] = []
          let offset = 0
          for (const size of sizes) {
            if (offset >= all.length) break
            chunks.push(all.slice(offset, offset + size))
            offset += size
          }
          expect(await collect(chunks)).toEqual(last === '' ? { lines } : { lines, unterminated: last })
        },
      ),
    )
  })

  test('leaving the loop cancels the stream', async () => {
    let cancelled = false
    const stream = streamOf([bytes('a\n'), bytes('b\n')], () => {
      cancelled = true
    })
    for await (const { lines } of readLines(stream)) {
      expect(lines).toEqual(['a'])
      break
    }
    expect(cancelled).toBe(true)
    expect(stream.locked).toBe(false)
  })

  test('passes on what the stream throws, after the lines before it', async () => {
    const failure = new Error('cut')
    let pulls = 0
    const stream = new ReadableStream<Bytes>({
      pull(controller) {
        if (pulls++ === 0) controller.enqueue(bytes('a\nb'))
        else controller.error(failure)
      },
    })
    const seen: string[] = []
    await expect(async () => {
      for await (const { lines } of readLines(stream)) seen.push(...lines)
    }).rejects.toBe(failure)
    expect(seen).toEqual(['a'])
  })

  test('takes more than the limit in all, when each line is shorter', async () => {
    const chunk = new Uint8Array(4 * 1024 * 1024).fill(0x61)
    chunk[chunk.length / 2] = 0x0a
    const { lines } = await collect(Array(10).fill(chunk))
    expect(lines.map(({ length }) => length)).toEqual([chunk.length / 2, ...Array(9).fill(chunk.length - 1)])
  })

  test('refuses a line that grows beyond the limit, and cancels the stream', async () => {
    let cancelled = false
    const chunk = new Uint8Array(4 * 1024 * 1024).fill(0x61)
    const stream = new ReadableStream<Bytes>({
      pull: (controller) => controller.enqueue(chunk),
      cancel: () => {
        cancelled = true
      },
    })
    const error = await contactsError(readLines(stream).next())
    expect(error.code).toBe('bad_response')
    expect(error.message).toContain(String(maxLineBytes))
    expect(cancelled).toBe(true)
  })
})
