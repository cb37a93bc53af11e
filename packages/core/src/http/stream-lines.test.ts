import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ContactsError } from '../errors.ts'
import { jsonText } from '../model/digits.ts'
import { parseJson, recordProblem } from './body.ts'
import { maxLineBytes, readJsonLines, readLines } from './stream.ts'
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

/** Cuts bytes into pieces of the sizes given, in turn. */
function cut(all: Bytes, sizes: Iterable<number>): Bytes[] {
  const chunks: Bytes[] = []
  let offset = 0
  for (const size of sizes) {
    if (offset >= all.length) break
    chunks.push(all.slice(offset, offset + size))
    offset += size
  }
  return chunks
}

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
          expect(await collect(cut(all, sizes))).toEqual(
            last === '' ? { lines } : { lines, unterminated: last },
          )
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

describe('readJsonLines', () => {
  const whole = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify({ value })),
    fc.constantFrom(
      '{"a":17841400008460057}',
      '{"a":[-0.12345678901234567891, 1e400]}',
      '{"a":5e-400,"b":"17841400008460057"}',
      '{"a":{"__proto__":1}}',
      '{"a":"__proto__"}',
      '{"\\u005f_proto__":1}',
      '5',
      'null',
      '',
      '  ',
      '{"a":1}\r',
    ),
  )
  // Lines that are broken by themselves, some of which would be JSON together.
  const broken = fc.constantFrom(
    '{"a":1},{"b":2}',
    '[1',
    '2]',
    '{"a":"x',
    'y"}',
    '<html>',
    '{"a":1}}',
    '{"a":',
    ',',
    ']',
    '[',
  )

  /** Everything that is seen of a value that was read. */
  const seen = (value: unknown): unknown => [jsonText(value), recordProblem(value)]

  /** What is read line by line, each by itself, and how it ends. */
  function oneByOne(text: string): { values: unknown[]; problem?: string } {
    const lines = text.split('\n')
    const last = lines.length - 1
    const values: unknown[] = []
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue
      const parsed = parseJson(line, true)
      if (parsed.ok) values.push(seen(parsed.value))
      else return { values, problem: at === last && parsed.reason === 'syntax' ? 'cut' : parsed.reason }
    }
    return { values }
  }

  async function inBatches(chunks: readonly Bytes[]): Promise<ReturnType<typeof oneByOne>> {
    const values: unknown[] = []
    try {
      const batches = readJsonLines(
        streamOf(chunks),
        (problem) => new ContactsError({ code: 'bad_response', message: problem }),
      )
      for await (const batch of batches) values.push(...batch.map(seen))
      return { values }
    } catch (error) {
      return { values, problem: ContactsError.is(error) ? error.message : String(error) }
    }
  }

  test('gives what each line holds by itself, wherever the stream is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: broken }), {
          maxLength: 12,
        }),
        fc.constantFrom('', '\n'),
        fc.infiniteStream(fc.constantFrom(1, 3, 20, 500)),
        async (lines, end, sizes) => {
          const text = lines.join('\n') + end
          expect(await inBatches(cut(bytes(text), sizes))).toEqual(oneByOne(text))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['in a line', '\n'],
    ['in a last line without its end', ''],
  ])(
    'refuses bytes that are no UTF-8 %s, after what came before them, in whatever pieces',
    async (_, end) => {
      const bad = Uint8Array.of(...bytes('\ufeff{"a":"é"}\n\n5\n{"a":"Z'), 0xff, ...bytes(`"}${end}`))
      for (let size = 1; size <= bad.length; size++) {
        for (const first of [1, 2, size]) {
          const { values, problem } = await inBatches(cut(bad, [first, ...Array(bad.length).fill(size)]))
          expect(values).toEqual([seen({ a: 'é' }), seen(5)])
          expect(problem).toBe('The answer holds bytes that are no UTF-8.')
        }
      }
    },
  )

  test('takes a character that is cut at the end for a cut, and damage in a line that is cut for damage', async () => {
    const whole = bytes('{"a":"x"}\n{"a":"🦊"}')
    for (let end = 11; end < whole.length; end++)
      expect(await inBatches([whole.slice(0, end)])).toEqual({ values: [seen({ a: 'x' })], problem: 'cut' })
    expect((await inBatches([Uint8Array.of(0x22, 0xf0, 0x9f, 0x22)])).problem).toContain('UTF-8')
  })

  test('is not misled by broken lines that would be JSON together', async () => {
    expect(await inBatches([bytes('{"a":1}\n[1\n2]\n{"a":1}\n')])).toEqual({
      values: [seen({ a: 1 })],
      problem: 'syntax',
    })
  })
})
