import { readSide } from '../engine/read-side.ts'
import { SIDES, type Side } from '../ledger/pair.ts'
import type { SyncPlan } from '../project/plan.ts'
import { BUCKETS } from './certificate.ts'
import { bucketOf } from './hashing.ts'
import { ReadContact } from './read-contact.ts'
import { Scratch } from './scratch.ts'
import type { Tally } from './tally.ts'

const CHUNK_SIZE = 500

/** Where contacts without a key are. */
export const KEYLESS = BUCKETS

/** How a side is read. */
export interface ReadBothOptions {
  readonly salt: string
  readonly signal: AbortSignal | undefined
  /** Told what has been read, and how many there are, where a side says so. */
  readonly onRead: (side: Side, read: number, total: number | undefined) => void
  readonly tally: Pick<Tally, 'lost'>
}

/** All contacts of both sides, by bucket. */
export class ReadSides implements AsyncDisposable {
  readonly complete: Record<Side, boolean> = { source: false, target: false }
  readonly #scratch = new Scratch(SIDES.length * (BUCKETS + 1))
  readonly #plan: SyncPlan

  constructor(plan: SyncPlan) {
    this.#plan = plan
  }

  /** Reads both sides at once. */
  async read({ signal, ...options }: ReadBothOptions): Promise<void> {
    // A side that fails ends the reading of the other one.
    const failed = new AbortController()
    const both = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal
    const readings = SIDES.map(async (side) => {
      try {
        await this.#readOne(side, { ...options, signal: both })
      } catch (error) {
        failed.abort(error)
        throw error
      }
    })
    await Promise.allSettled(readings)
    signal?.throwIfAborted()
    failed.signal.throwIfAborted()
  }

  /** The contacts of a side in a bucket, or those without a key; of one that came twice, as it came last. */
  async bucket(side: Side, bucket: number): Promise<readonly ReadContact[]> {
    const lines = await this.#scratch.read(partitionOf(side, bucket))
    const byId = new Map<string, ReadContact>()
    for (const line of lines) {
      const contact = ReadContact.of(this.#plan.projection, line)
      byId.set(contact.id, contact)
    }
    return [...byId.values()]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scratch[Symbol.asyncDispose]()
  }

  async #readOne(side: Side, { salt, signal, onRead, tally }: ReadBothOptions): Promise<void> {
    const { projection, [side]: client } = this.#plan
    let total: number | undefined
    const start = { side, number: 1, state: 'reading', read: 0, startedAt: 0 } as const
    const onTotal = (known: number): void => {
      total = known
    }
    for await (const { contacts, after } of readSide(client, start, {
      chunkSize: CHUNK_SIZE,
      signal,
      onTotal,
    })) {
      for (const contact of contacts) {
        const key = projection.keyOf(side, contact)
        const bucket = key === undefined ? KEYLESS : bucketOf(salt, key)
        await this.#scratch.add(partitionOf(side, bucket), ReadContact.line(projection, side, contact))
        if (side === 'source') for (const field of projection.lost(contact)) tally.lost(field)
      }
      this.complete[side] = after.state === 'complete'
      onRead(side, after.read, total)
      signal?.throwIfAborted()
    }
  }
}

function partitionOf(side: Side, bucket: number): number {
  return (side === 'source' ? 0 : BUCKETS + 1) + bucket
}
