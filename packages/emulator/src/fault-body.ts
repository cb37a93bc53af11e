import { bodyCut, withBody } from './connection.ts'
import type { BodyPosition, Fault } from './faults.ts'

/** Applies the part of a fault that concerns the body: where it breaks, ends or stalls, and how it is chunked. */
export function faultBody(response: Response, fault: Fault): Response {
  if (response.body === null || !hasBodyFault(fault)) return response
  return withBody(response, faultyStream(response.body, bodyEnd(fault), chunkSizes(fault.chunkBytes)))
}

/** Tells whether a fault concerns the body at all. */
export function hasBodyFault(fault: Fault): boolean {
  return bodyEnd(fault) !== undefined || fault.chunkBytes !== undefined
}

interface BodyEnd {
  readonly at: BodyPosition
  readonly then: 'cut' | 'stall' | 'close'
}

/** Tells the size of the next chunk; `undefined` leaves the chunks as they come. */
type ChunkSizes = () => number | undefined

function bodyEnd(fault: Fault): BodyEnd | undefined {
  if (typeof fault.stall === 'object') return { at: fault.stall, then: 'stall' }
  if (typeof fault.cut === 'object') return { at: fault.cut, then: 'cut' }
  if (fault.truncateBytes !== undefined) return { at: { afterBytes: fault.truncateBytes }, then: 'close' }
  return undefined
}

function chunkSizes(bytes: Fault['chunkBytes']): ChunkSizes {
  if (bytes === undefined) return () => undefined
  const sizes = typeof bytes === 'number' ? [bytes] : bytes
  let turn = 0
  return () => {
    const size = sizes[turn % sizes.length] ?? 1
    turn += 1
    return Math.max(1, Math.trunc(size))
  }
}

function faultyStream(
  body: ReadableStream<Uint8Array>,
  end: BodyEnd | undefined,
  nextSize: ChunkSizes,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const passOn = createLimit(end?.at)
  let held: Uint8Array = new Uint8Array()
  let finished = false
  let size = nextSize()

  const fill = async (): Promise<void> => {
    while (!finished && held.length < (size ?? 1)) {
      const { done, value } = await reader.read()
      if (value !== undefined) held = concat(held, passOn(value))
      finished = done || passOn.reached()
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await fill()
        if (held.length > 0) {
          const chunk = held.slice(0, size ?? held.length)
          held = held.subarray(chunk.length)
          size = nextSize()
          return controller.enqueue(chunk)
        }
        if (end?.then === 'stall') return new Promise(() => {})
        await reader.cancel()
        if (end?.then === 'cut') controller.error(bodyCut())
        else controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

interface Limit {
  /** The part of the chunk that still belongs to the answer. */
  (chunk: Uint8Array): Uint8Array
  /** Tells whether the position was reached. */
  reached(): boolean
}

function createLimit(at: BodyPosition | undefined): Limit {
  if (at === undefined) return Object.assign((chunk: Uint8Array) => chunk, { reached: () => false })
  let left = 'afterBytes' in at ? at.afterBytes : at.afterLines
  const take = 'afterBytes' in at ? takeBytes : takeLines
  const limit = (chunk: Uint8Array): Uint8Array => {
    const { bytes, counted } = take(chunk, left)
    left -= counted
    return chunk.subarray(0, bytes)
  }
  return Object.assign(limit, { reached: () => left <= 0 })
}

function takeBytes(chunk: Uint8Array, count: number): { bytes: number; counted: number } {
  const bytes = Math.min(count, chunk.length)
  return { bytes, counted: bytes }
}

function takeLines(chunk: Uint8Array, count: number): { bytes: number; counted: number } {
  const newline = 10
  let bytes = 0
  let counted = 0
  while (counted < count) {
    const at = chunk.indexOf(newline, bytes)
    if (at < 0) return { bytes: chunk.length, counted }
    bytes = at + 1
    counted += 1
  }
  return { bytes, counted }
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail
  const joined = new Uint8Array(head.length + tail.length)
  joined.set(head)
  joined.set(tail, head.length)
  return joined
}
