import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readingOf, rowsOf } from '../testing/rows.ts'
import type { FileInput } from './input.ts'

// Longer than the beginning by which an encoding is told.
const TEXT = `name,note\r\nJosé,"Zé, 🙂\r\n2nd"\r\n李,=x\r\n${'é🙂'.repeat(20)},é\r\n`
const CONTACTS = [
  { name: 'José', note: 'Zé, 🙂\r\n2nd' },
  { name: '李', note: '=x' },
  { name: 'é🙂'.repeat(20), note: 'é' },
]
const bytes = new TextEncoder().encode(TEXT)

function streamOf<Chunk>(...chunks: Chunk[]): ReadableStream<Chunk> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

async function* asynchronous<Chunk>(...chunks: Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks
}

describe('what a file is read from', () => {
  it.each<[string, () => FileInput]>([
    ['text', () => TEXT],
    ['bytes', () => bytes],
    ['an ArrayBuffer', () => bytes.slice().buffer],
    ['a view into a larger buffer', () => new Uint8Array([1, 2, ...bytes, 3]).subarray(2, -1)],
    ['a stream of bytes', () => streamOf(bytes)],
    ['a stream of text', () => streamOf(TEXT)],
    ['a Blob', () => new Blob([TEXT])],
    ['a File', () => new File([TEXT], 'contacts.csv')],
    ['a Response', () => new Response(TEXT)],
    ['a Request', () => new Request('https://example.com', { method: 'POST', body: TEXT })],
    ['parts of text', () => [TEXT.slice(0, 20), TEXT.slice(20)]],
    ['parts of bytes', () => [bytes.subarray(0, 14), bytes.subarray(14)]],
    ['parts that come later', () => asynchronous(TEXT.slice(0, 3), TEXT.slice(3))],
  ])('is %s', async (_, input) => {
    expect(await readingOf(input())).toEqual(CONTACTS)
  })

  it('may be cut anywhere, in the middle of a character too', async () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.constantFrom('utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be'),
        async (cuts, form) => {
          const whole = encoded(TEXT, form)
          const ends = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
          const parts = ends.slice(1).map((end, index) => whole.subarray(ends[index], end))
          expect(await readingOf(parts)).toEqual(CONTACTS)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('may be cut within the line end of the header', async () => {
    expect(await readingOf(['name,note\r', '\n"a,b","c"\r\n"d",e\r\n'])).toEqual([
      { name: 'a,b', note: 'c' },
      { name: 'd', note: 'e' },
    ])
  })

  it('lets a stream go that is not read to its end', async () => {
    let reason: unknown
    const stream = new ReadableStream<string>({
      pull: (controller) => controller.enqueue('Ana\n'),
      start: (controller) => controller.enqueue('name\n'),
      cancel: () => {
        reason = 'left'
      },
    })
    const { readCsv } = await import('../csv/read-csv.ts')
    for await (const _ of readCsv(stream)) break
    expect(reason).toBe('left')
  })

  it('throws what reading throws', async () => {
    const failure = new Error('disk')
    async function* broken(): AsyncGenerator<string> {
      yield 'name\nAna\n'
      throw failure
    }
    await expect(rowsOf(broken())).rejects.toBe(failure)
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /must be text/],
    ['an object', {}, /must be text/],
    ['numbers', [1, 2], /neither text nor bytes/],
    ['bytes and text', [new TextEncoder().encode('na'), 'me\nAna'], /bytes and text by turns/],
    ['a Response that failed', new Response('no such page', { status: 404 }), /status 404/],
    ['nothing in it', '', /is empty/],
    ['a Response without a body', new Response(null), /is empty/],
    ['blank lines alone', ' \n\n,,\n', /is empty/],
  ])('is not %s', async (_, input, message) => {
    await expect(rowsOf(input as FileInput)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(message),
    })
  })
})

describe('bytes', () => {
  it('are read as the option says, where no byte order mark says it', async () => {
    const ansi = new Uint8Array([...'name\nJos'].map((sign) => sign.charCodeAt(0)).concat(0xe9, 0x80))
    expect(await readingOf(ansi, { encoding: 'windows-1252' })).toEqual([{ name: 'José€' }])
    expect(await readingOf(encoded('name\nJosé', 'utf-8 with a mark'), { encoding: 'windows-1252' })).toEqual(
      [{ name: 'José' }],
    )
  })

  it('that are no UTF-8 fail the rows they stand in, and no others', async () => {
    const ansi = new Uint8Array([...'name\nAna\nJos\xe9\nBen'].map((sign) => sign.charCodeAt(0)))
    expect(await readingOf(ansi)).toEqual([
      { name: 'Ana' },
      [3, ": holds bytes that are no utf-8: name its encoding, such as `encoding: 'windows-1252'`"],
      { name: 'Ben' },
    ])
  })

  it('may hold the sign that stands for bytes that are no text', async () => {
    expect(await readingOf(new TextEncoder().encode('name\n\uFFFD'))).toEqual([{ name: '\uFFFD' }])
    expect(await readingOf('name\n\uFFFD')).toEqual([{ name: '\uFFFD' }])
  })

  it('that are no UTF-8 at the end of the file fail its last row', async () => {
    const cutOff = new TextEncoder().encode('name\nAna\nJosé').subarray(0, -1)
    expect(await readingOf(cutOff)).toEqual([{ name: 'Ana' }, [3, expect.stringContaining('no utf-8')]])
  })

  it('that are no UTF-8 in the header fail the file', async () => {
    const ansi = new Uint8Array([...'name,Stra\xdfe\nAna,x'].map((sign) => sign.charCodeAt(0)))
    await expect(rowsOf(ansi)).rejects.toThrow("`encoding: 'windows-1252'`")
  })

  it('of UTF-16 without a byte order mark are refused, with what to do', async () => {
    const plain = encoded(TEXT, 'utf-16le').subarray(2)
    await expect(rowsOf(plain)).rejects.toThrow("`encoding: 'utf-16le'` reads")
    expect(await readingOf(plain, { encoding: 'utf-16le' })).toEqual(CONTACTS)
  })

  it('that are no text are refused', async () => {
    await expect(rowsOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 8, 0]))).rejects.toThrow('is no text')
  })
})

/** A text in an encoding, with a byte order mark where the encoding needs one. */
function encoded(text: string, form: string): Uint8Array {
  if (form === 'utf-8') return new TextEncoder().encode(text)
  if (form === 'utf-8 with a mark') return new TextEncoder().encode(`\uFEFF${text}`)
  const units = [...`\uFEFF${text}`].flatMap((sign) =>
    Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at)),
  )
  return new Uint8Array(
    units.flatMap((unit) => (form === 'utf-16le' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  )
}
