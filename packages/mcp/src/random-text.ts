/** Fills a new array with random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (length: number) => Uint8Array

/** Bytes that nobody can guess. */
export const secureBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

/** A text that nobody can guess, and that needs no escaping anywhere. */
export function randomText(randomBytes: RandomBytes, length: number): string {
  return Array.from(randomBytes(length), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
