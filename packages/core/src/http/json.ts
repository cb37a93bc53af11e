/** What became of a text that should be JSON. */
export type JsonParse =
  | { readonly ok: true; readonly value: unknown }
  /** `syntax`: not JSON, or cut off. `proto`: it has a key `__proto__`. */
  | { readonly ok: false; readonly reason: 'syntax' | 'proto' }

/** Every spelling of `__proto__` in JSON has it in plain or escapes one of its letters. */
const escapedProtoLetter = /\\u00(?:5f|6f|7[024])/i

class ProtoKeyError extends Error {}

/**
 * Parses JSON strictly, without throwing. An object with a key of its own named `__proto__`, at any depth and in any
 * spelling, is refused: merged into another object it would change that object's prototype.
 *
 * @example
 * ```ts
 * parseJson('{"id":"c1"}')  // { ok: true, value: { id: 'c1' } }
 * parseJson('{"id":')       // { ok: false, reason: 'syntax' }
 * ```
 */
export function parseJson(text: string): JsonParse {
  try {
    // Only a text that could hold the key pays for the walk over every value.
    const suspicious = text.includes('__proto__') || (text.includes('\\u00') && escapedProtoLetter.test(text))
    return { ok: true, value: suspicious ? JSON.parse(text, refuseProto) : JSON.parse(text) }
  } catch (error) {
    return { ok: false, reason: error instanceof ProtoKeyError ? 'proto' : 'syntax' }
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new ProtoKeyError()
  return value
}

const jsonType = /^\s*(?:application\/json|[^\s;/]+\/[^\s;/]+\+json)\s*(?:;|$)/i

/** Whether a content type says JSON: `application/json` or any `+json`, with or without parameters. */
export function isJsonType(contentType: string | null): boolean {
  return contentType !== null && jsonType.test(contentType)
}
