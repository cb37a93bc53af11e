import { ContactsError } from '@anycontact/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLineValues, readRecords } from './lines.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface Body {
  readonly data: ReadableStream<Bytes>
  cancelled: boolean
}

function body(...chunks: readonly (string | Bytes | Error)[]): Body {
  const queue = [...chunks]
  const made: Body = {
    cancelled: false,
    data: new ReadableStream<Bytes>(
      {
        pull(controller) {
          const next = queue.shift()
          if (next === undefined) controller.close()
          else if (next instanceof Error) controller.error(next)
          else controller.enqueue(typeof next === 'string' ? new TextEncoder().encode(next) : next)
        },
        cancel() {
          made.cancelled = true
        },
      },
      { highWaterMark: 0 },
    ),
  }
  return made
}

interface Reading<T> {
  readonly values: readonly T[]
  readonly error: unknown
}

async function readAll<T>(batches: AsyncIterable<readonly T[]>): Promise<Reading<T>> {
  const values: T[] = []
  try {
    for await (const batch of batches) values.push(...batch)
    return { values, error: undefined }
  } catch (error) {
    return { values, error }
  }
}

const recordsOf = ({ data }: Body): AsyncGenerator<readonly unknown[]> =>
  readRecords(readLineValues(data, 'list'), 'list')

const records = (...chunks: readonly (string | Bytes | Error)[]): Promise<Reading<unknown>> =>
  readAll(recordsOf(body(...chunks)))

const line = (data: unknown): string => `${JSON.stringify({ type: 'item', data })}\n`

describe('readRecords', () => {
  it('yields records in order, whatever the pieces they arrive in', async () => {
    const names = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 80 }),
        async (texts, sizes) => {
          const bytes = new TextEncoder().encode(texts.map((name) => line({ name })).join(''))
          const chunks: Bytes[] = []
          let from = 0
          for (const size of sizes) {
            chunks.push(bytes.slice(from, from + size))
            from += size
          }
          chunks.push(bytes.slice(from))
          const read = await records(...chunks.filter(({ length }) => length > 0))
          expect(read).toEqual({ values: texts.map((name) => ({ name })), error: undefined })
        },
      ),
    )
  })

  it('hands on one batch for each piece', async () => {
    const sizes: number[] = []
    for await (const batch of recordsOf(body(line(1) + line(2), line(3)))) sizes.push(batch.length)
    expect(sizes).toEqual([2, 1])
  })

  it('passes over keep-alive lines, a closing line, unknown types and blank lines', async () => {
    const noise =
      '{"type":"nop","data":{}}\n{"type":"ping"}\n{"type":"token","data":{}}\n{"type":"result","data":{}}\n\n  \n'
    expect(await records(noise, line(1), noise)).toEqual({ values: [1], error: undefined })
  })

  it('is empty for an empty body', async () => {
    expect(await records()).toEqual({ values: [], error: undefined })
  })

  it.each([
    ['an error line', { type: 'error', data: { code: 'GENERIC_ERROR', message: 'about jane@example.com' } }],
    ['a bare error object', { code: 'GENERIC_ERROR', message: 'about jane@example.com' }],
  ])('throws what %s says, after what came before it, without its words', async (_, value) => {
    const { values, error } = await records(`${line(1)}${JSON.stringify(value)}\n${line(2)}`)
    expect(values).toEqual([1])
    expect(error).toMatchObject({
      code: 'unavailable',
      vendorCode: 'GENERIC_ERROR',
      status: 200,
      operation: 'list',
      retryable: true,
      message: expect.not.stringContaining('jane'),
    })
  })

  it.each([
    ['HTML', '<html>\n'],
    ['a page of a listing', '{"items":[]}\n'],
    ['a bare value', '5\n'],
    ['null', 'null\n'],
    ['a type that is no text', '{"type":1}\n'],
  ])('refuses %s, after what came before it', async (_, garbage) => {
    const { values, error } = await records(line(1) + garbage + line(2))
    expect(values).toEqual([1])
    expect(error).toMatchObject({
      code: 'bad_response',
      provider: 'chatbotkit',
      operation: 'list',
      retryable: false,
    })
  })

  it.each(['{"type":"item","data":{"__proto__":{}}}\n', '{"type":"item","data":{"\\u005f_proto__":1}}\n'])(
    'lets a key named __proto__ through, for that record alone to be refused: %s',
    async (bad) => {
      const { values, error } = await records(line(1) + bad)
      expect(error).toBeUndefined()
      expect(values).toHaveLength(2)
      expect(Object.keys(Object(values[1]))).toEqual(['__proto__'])
      expect((await records(bad.trimEnd())).values).toHaveLength(1)
    },
  )

  it('takes __proto__ in a value for text like any other', async () => {
    expect((await records(line('__proto__'))).values).toEqual(['__proto__'])
  })

  it('takes an end in the middle of a line for a cut, at every byte of it', async () => {
    const whole = line({ name: 'Zoë 🦊' }).trimEnd()
    const bytes = new TextEncoder().encode(whole)
    for (let end = 1; end < bytes.length; end++) {
      const { values, error } = await records(line(1), bytes.slice(0, end))
      expect(values).toEqual([1])
      expect(error).toMatchObject({ code: 'network', retryable: true, operation: 'list' })
    }
    expect(await records(line(1), whole)).toEqual({
      values: [1, { name: 'Zoë 🦊' }],
      error: undefined,
    })
  })

  it('passes on how the stream broke', async () => {
    const broken = new ContactsError({ code: 'network', message: 'cut' })
    const { values, error } = await records(line(1), broken)
    expect(values).toEqual([1])
    expect(error).toBe(broken)
  })

  it('releases the connection when the reader stops', async () => {
    const made = body(line(1), line(2), line(3))
    for await (const _ of recordsOf(made)) break
    expect(made.cancelled).toBe(true)
  })

  it('releases the connection when it refuses a line', async () => {
    const made = body('<html>\n', line(2))
    await readAll(recordsOf(made))
    expect(made.cancelled).toBe(true)
  })
})

describe('readLineValues', () => {
  it('yields every line as it is', async () => {
    const read = await readAll(readLineValues(body('{"type":"nop"}\n5\n', '{"id":"c1"}').data, 'list'))
    expect(read).toEqual({ values: [{ type: 'nop' }, 5, { id: 'c1' }], error: undefined })
  })
})
