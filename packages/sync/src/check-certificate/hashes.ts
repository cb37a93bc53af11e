import { createHash } from 'node:crypto'

const BYTES = 16

/** SHA-256 of text in UTF-8. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/** A sum of hashes modulo 2^128, kept as 16 bytes, the first of which counts most. */
export class Sum {
  readonly #bytes = new Uint8Array(BYTES)

  /** Adds the first 16 bytes of a hash. */
  add(hash: Uint8Array): void {
    let carry = 0
    for (let at = BYTES - 1; at >= 0; at--) {
      const sum = (this.#bytes[at] ?? 0) + (hash[at] ?? 0) + carry
      this.#bytes[at] = sum & 0xff
      carry = sum >> 8
    }
  }

  get hex(): string {
    return Buffer.from(this.#bytes).toString('hex')
  }
}

/** The sum of no hashes. */
export const NOTHING = '0'.repeat(2 * BYTES)
