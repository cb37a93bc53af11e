/** So many ids share one stretch of bits. */
const STRETCH = 2 ** 16

/**
 * In which generation pairs came last: one bit a pair and generation, because a dry run sees every pair, and most of them have not
 * changed.
 */
export class SeenMarks {
  readonly #generations = new Map<number, Map<number, Uint8Array>>()

  get isEmpty(): boolean {
    return this.#generations.size === 0
  }

  /** Notes that a pair came in a generation, and forgets in which it had come before. */
  mark(id: number, generation: number): void {
    for (const [other, stretches] of this.#generations) {
      if (other !== generation) clear(stretches, id)
    }
    let stretches = this.#generations.get(generation)
    if (!stretches) {
      stretches = new Map()
      this.#generations.set(generation, stretches)
    }
    const { stretch, byte, bit } = placeOf(id)
    let bits = stretches.get(stretch)
    if (!bits) {
      bits = new Uint8Array(STRETCH / 8)
      stretches.set(stretch, bits)
    }
    bits[byte] = (bits[byte] ?? 0) | bit
  }

  /** The generation in which a pair came; `undefined` where none is noted. */
  of(id: number): number | undefined {
    const { stretch, byte, bit } = placeOf(id)
    for (const [generation, stretches] of this.#generations) {
      if (((stretches.get(stretch)?.[byte] ?? 0) & bit) !== 0) return generation
    }
    return undefined
  }
}

function clear(stretches: ReadonlyMap<number, Uint8Array>, id: number): void {
  const { stretch, byte, bit } = placeOf(id)
  const bits = stretches.get(stretch)
  if (bits) bits[byte] = (bits[byte] ?? 0) & ~bit
}

function placeOf(id: number): { readonly stretch: number; readonly byte: number; readonly bit: number } {
  const at = id % STRETCH
  return { stretch: Math.floor(id / STRETCH), byte: at >> 3, bit: 1 << (at & 7) }
}
