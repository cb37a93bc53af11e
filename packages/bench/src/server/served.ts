/** An answer, in parts that were encoded before. */
export interface Served {
  /** @default 200 */
  readonly status?: number
  /** The content type. */
  readonly type: string
  readonly body: readonly Uint8Array[]
}

const encoder = new TextEncoder()

/** Text as bytes. */
export const bytes = (text: string): Uint8Array => encoder.encode(text)
