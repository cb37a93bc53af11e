import type { AdapterContext, ContactWrite, JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core'

/**
 * The `meta` of a create. Keys that ChatBotKit refuses or would not give back are `unsupported_field`.
 * Source: the vendor's server source, contact create and serialization.
 */
export function metaForCreate(
  fields: ContactWrite['customFields'],
  context: AdapterContext,
): Record<string, JsonValue> | undefined {
  if (fields === undefined || fields === null) return undefined
  const meta: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(fields)) {
    if (value !== null && keeps(key, value, context, refusedOnCreate)) meta[key] = value
  }
  return meta
}

/** What an update does to `meta`. */
export interface MetaChange {
  /** Keys to set; shallow. */
  readonly set: Record<string, JsonValue>
  /** Keys to remove; this takes a read and a replacement, because ChatBotKit's own merge cannot remove. */
  readonly remove: readonly string[]
  /** Whether everything is to go. */
  readonly clear: boolean
}

/** Splits written custom fields into keys to set and keys to remove; `undefined` when `meta` is not touched. */
export function metaChange(
  fields: ContactWrite['customFields'],
  context: AdapterContext,
): MetaChange | undefined {
  if (fields === undefined) return undefined
  if (fields === null) return { set: {}, remove: [], clear: true }
  const set: Record<string, JsonValue> = {}
  const remove: string[] = []
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) remove.push(key)
    else if (keeps(key, value, context, refusedOnUpdate)) set[key] = value
  }
  return { set, remove, clear: false }
}

/**
 * The `meta` that replaces a stored one when keys are removed from it. A replacement drops stored keys that ChatBotKit
 * filters out of updates, so with one of those in the record the removal is `unsupported_field`.
 */
export function replacementMeta(
  stored: JsonObject,
  change: MetaChange,
  context: AdapterContext,
): Record<string, JsonValue> | undefined {
  const removed = change.remove.filter((key) => Object.hasOwn(stored, key))
  if (removed.length === 0) return undefined
  const kept = Object.entries(stored).filter(([key]) => !removed.includes(key))
  const lost = kept.map(([key]) => key).find((key) => !Object.hasOwn(change.set, key) && refusedOnUpdate(key))
  if (lost !== undefined) {
    for (const key of removed) {
      context.dropField(
        `customFields.${key}`,
        'removing it means rewriting all custom fields, and ChatBotKit would drop another one whose key does not begin with a letter or digit',
      )
    }
    return undefined
  }
  return { ...Object.fromEntries(kept), ...change.set }
}

type Refusal = (key: string) => string | undefined

function keeps(key: string, value: JsonValue, context: AdapterContext, refusal: Refusal): boolean {
  const reason = refusal(key)
  if (reason !== undefined) {
    context.dropField(`customFields.${key}`, reason)
    return false
  }
  const hidden = findHiddenKey(value, `customFields.${key}`)
  if (hidden === undefined) return true
  context.dropField(hidden, 'ChatBotKit leaves keys that begin with # out of its answers')
  return false
}

function refusedOnCreate(key: string): string | undefined {
  if (key === '') return 'ChatBotKit refuses an empty key'
  if (key.startsWith('_')) return 'ChatBotKit refuses keys that begin with _'
  if (key.startsWith('#')) return 'ChatBotKit leaves keys that begin with # out of its answers'
  return undefined
}

function refusedOnUpdate(key: string): string | undefined {
  if (/^[A-Za-z0-9]/.test(key)) return undefined
  return 'ChatBotKit drops keys that do not begin with an ASCII letter or digit from an update'
}

/** The path of a nested key that would be stored and never given back. */
function findHiddenKey(value: JsonValue, path: string): string | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findHiddenKey(item, `${path}.${index}`)
      if (found) return found
    }
    return undefined
  }
  if (!isPlainObject(value)) return undefined
  for (const [key, member] of Object.entries(value)) {
    if (key.startsWith('#')) return `${path}.${key}`
    const found = member === undefined ? undefined : findHiddenKey(member as JsonValue, `${path}.${key}`) // a member of JSON
    if (found) return found
  }
  return undefined
}
