/** A request, read to its end. */
export interface Incoming {
  readonly method: string
  readonly url: URL
  /** The header of that name. */
  readonly accept: string
  readonly body: string
}

/** An answer, in parts that were encoded before wherever that can be. */
export interface Served {
  /** @default 200 */
  readonly status?: number
  /** The content type. */
  readonly type: string
  readonly body: readonly Uint8Array[]
}

/** Answers requests to one vendor. */
export interface Vendor {
  answer(incoming: Incoming): Served
  /** Forgets what was written. */
  forget(): void
}

const encoder = new TextEncoder()

/** Text as bytes. */
export const bytes = (text: string): Uint8Array => encoder.encode(text)

/** A JSON answer that was not encoded before. */
export function json(value: unknown, status = 200): Served {
  return { status, type: 'application/json', body: [bytes(JSON.stringify(value))] }
}
