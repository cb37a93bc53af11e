import { createHash } from 'node:crypto'

/** Numbers of a slot: two halves of a hash of 64 bits, and the line. */
const WIDTH = 3

/** So many slots there are at first. */
const FIRST_SLOTS = 1024

/** Where each key was seen first. Of a key it keeps a hash, in a table of numbers: 16 to 32 bytes for each. */
export class KeyLines {
  #table = new Uint32Array(FIRST_SLOTS * WIDTH)
  #count = 0

  /** Notes a key. @returns where it was seen before; `undefined` where it was not, and 0 where no line was given */
  add(key: string, line = 0): number | undefined {
    const hash = createHash('sha256').update(key).digest()
    // A slot without halves is free; nobody meets the hash of 0.
    const [high, low] = [hash.readUInt32LE(0) || 1, hash.readUInt32LE(4)]
    const before = this.#put(this.#table, high, low, line)
    if (before !== undefined) return before
    this.#count++
    if (this.#count * 4 > (this.#table.length / WIDTH) * 3) this.#grow()
    return undefined
  }

  #put(table: Uint32Array, high: number, low: number, line: number): number | undefined {
    const slots = table.length / WIDTH
    for (let slot = low % slots; ; slot = (slot + 1) % slots) {
      const at = slot * WIDTH
      if (table[at] === 0) {
        table.set([high, low, line], at)
        return undefined
      }
      if (table[at] === high && table[at + 1] === low) return table[at + 2]
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#table.length * 2)
    for (let at = 0; at < this.#table.length; at += WIDTH) {
      const [high = 0, low = 0, line = 0] = this.#table.subarray(at, at + WIDTH)
      if (high !== 0) this.#put(larger, high, low, line)
    }
    this.#table = larger
  }
}
