import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '@anycontact/core'
import { canonicalJson } from '../project/forms.ts'

const MODULUS = 2n ** 128n

/** Which bucket a key is in. */
export function bucketOf(salt: string, key: string): number {
  return sha256(`${salt}\n${key}`)[0] ?? 0
}

/** The hash of a record: 128 bits. */
export function recordHash(salt: string, record: string): bigint {
  return BigInt(`0x${sha256(`${salt}\n${record}`).toString('hex', 0, 16)}`)
}

/** The record of a contact: what is hashed. */
export function recordOf(key: string | null, forms: JsonObject): string {
  return canonicalJson([key, forms])
}

/** A sum of hashes, whatever their order. */
export class HashSum {
  #sum = 0n

  add(hash: bigint): void {
    this.#sum = (this.#sum + hash) % MODULUS
  }

  toString(): string {
    return this.#sum.toString(16).padStart(32, '0')
  }
}

/** The digest over a whole certificate, which is given without it. */
export function digestOf(certificate: object): string {
  // As it will be read: what JSON does not hold is not in it either.
  const plain: JsonValue = JSON.parse(JSON.stringify(certificate))
  return sha256(canonicalJson(plain)).toString('hex')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
