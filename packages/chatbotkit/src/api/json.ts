/** What became of a text that should be JSON. */
export type JsonParse =
  | { readonly ok: true; readonly value: unknown }
  /** `syntax`: not JSON, or cut off. `proto`: it has a key `__proto__`. */
  | { readonly ok: false; readonly reason: 'syntax' | 'proto' }

/** Every spelling of `__proto__` in JSON has it in plain, or escapes one of its letters. */
const escapedProtoLetter = /\\u00(?:5f|6f|7[024])/i

class ProtoKeyError extends Error {}

/**
 * Parses JSON strictly, without throwing, by the rules that hold for whole answers too: an object with a key of its own
 * named `__proto__`, at any depth and in any spelling, is refused.
 */
export function parseJson(text: string): JsonParse {
  try {
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
