import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'

/** The meta that an update leaves, given what is stored and what was sent. */
export function updatedMeta(stored: JsonObject | null, sent: JsonObject): JsonObject {
  if (!Object.hasOwn(sent, '$update')) return keepableKeys(sent)
  const { $update } = sent
  return { ...stored, ...(isJsonObject($update) && keepableKeys($update)) }
}

/** An update keeps only top-level keys that begin with an ASCII letter or digit, and drops the others without a word. */
function keepableKeys(meta: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => /^[a-z0-9]/i.test(key)))
}

/** A record as it is sent: without the hidden members of its meta. */
export function asSent<R extends { readonly meta: JsonObject | null }>(record: R): R {
  if (record.meta === null) return record
  const meta = withoutHiddenKeys(record.meta)
  return meta === record.meta ? record : { ...record, meta }
}

/** The value without the members whose key begins with `#`, at any depth: they are never sent. */
function withoutHiddenKeys(value: JsonObject): JsonObject
function withoutHiddenKeys(value: JsonValue): JsonValue
function withoutHiddenKeys(value: JsonValue): JsonValue {
  if (!hasHiddenKey(value)) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutHiddenKeys(item))
  if (!isJsonObject(value)) return value
  const visible = Object.entries(value).filter(([key]) => !key.startsWith('#'))
  return Object.fromEntries(visible.map(([key, member]) => [key, withoutHiddenKeys(member)]))
}

function hasHiddenKey(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasHiddenKey)
  if (!isJsonObject(value)) return false
  return Object.entries(value).some(([key, member]) => key.startsWith('#') || hasHiddenKey(member))
}
