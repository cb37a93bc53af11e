// `meta`: keys are refused, dropped or hidden, and an update merges but removes nothing. Source: the vendor's server source.
import type { JsonObject, JsonValue } from '@anycontact/core'
import {
  type AdapterContext,
  type ContactWrite,
  isPlainObject,
  mergeJson,
} from '@anycontact/core/adapter-kit'

type Context = Pick<AdapterContext, 'dropField'>

/** Why a key cannot be written; `undefined` when it can. */
type Refusal = (key: string) => string | undefined

/** The `meta` of a create. Keys that ChatBotKit refuses or would not give back are `unsupported_field`. */
export function newMeta(fields: ContactWrite['customFields'], context: Context): JsonObject | undefined {
  return fields ? storable(fields, refusedOnCreate, context) : undefined
}

/**
 * The `meta` of an update; `undefined` when it stays as it is. Removing keys takes a replacement, which drops stored keys that
 * ChatBotKit filters out of updates: with one of those in the record, the removal is `unsupported_field`.
 *
 * @param readStored - reads the custom fields as they are
 */
export async function changedMeta(
  fields: ContactWrite['customFields'],
  readStored: () => Promise<JsonObject>,
  context: Context,
): Promise<JsonObject | undefined> {
  if (fields === undefined) return undefined
  if (fields === null) return {}
  const set = storable(fields, refusedOnUpdate, context)
  const nulls = Object.keys(fields).filter((key) => fields[key] === null)
  const stored = nulls.length > 0 ? await readStored() : {}
  const removed = nulls.filter((key) => Object.hasOwn(stored, key))
  if (removed.length > 0) {
    const rest = Object.entries(stored).filter(([key]) => !removed.includes(key))
    const losesNone = rest.every(([key]) => Object.hasOwn(set, key) || refusedOnUpdate(key) === undefined)
    if (losesNone)
      return mergeJson(stored, { ...Object.fromEntries(removed.map((key) => [key, null])), ...set })
    for (const key of removed) {
      context.dropField(
        `customFields.${key}`,
        'removing it means rewriting all custom fields, and ChatBotKit would drop another one whose key does not begin with a letter or digit',
      )
    }
  }
  return Object.keys(set).length > 0 ? { $update: set } : undefined
}

/** The fields that are to be set, less those that cannot be. */
function storable(fields: JsonObject, refusal: Refusal, context: Context): JsonObject {
  const kept = Object.entries(fields).filter(([key, value]) => {
    if (value === null) return false
    const reason =
      refusal(key) ??
      (hidesKeys(value)
        ? 'ChatBotKit leaves keys that begin with # out of its answers, at any depth'
        : undefined)
    if (reason !== undefined) context.dropField(`customFields.${key}`, reason)
    return reason === undefined
  })
  return Object.fromEntries(kept)
}

function refusedOnCreate(key: string): string | undefined {
  if (key === '') return 'ChatBotKit refuses an empty key'
  if (key.startsWith('_')) return 'ChatBotKit refuses keys that begin with _'
  return key.startsWith('#') ? 'ChatBotKit leaves keys that begin with # out of its answers' : undefined
}

function refusedOnUpdate(key: string): string | undefined {
  if (/^[A-Za-z0-9]/.test(key)) return undefined
  return 'ChatBotKit drops keys that do not begin with an ASCII letter or digit from an update'
}

/** Whether a key inside a value would be stored and never given back. */
function hidesKeys(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(hidesKeys)
  return (
    isPlainObject(value) &&
    Object.entries(value).some(([key, member]) => key.startsWith('#') || hidesKeys(member))
  )
}
