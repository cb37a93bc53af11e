import type { Condition } from '@anycontact/core'

const PREFIX = 'customFields.'

/**
 * Tells whether ChatBotKit's `meta` filter gives the same answer as a condition: it compares text with text, and exactly
 * `true` and `false` with booleans. Numbers, empty text and the words "true" and "false" cannot be matched there, nor
 * keys that are no plain JSON path. Source: the vendor's server source, listing by meta.
 *
 * @param condition - an equality on a custom field
 */
export function canFilter({ field, operator, value }: Condition): boolean {
  if (operator !== 'eq' || !field.startsWith(PREFIX)) return false
  const plainPath = field
    .slice(PREFIX.length)
    .split('.')
    .every((key) => /^[A-Za-z][A-Za-z0-9_]*$/.test(key))
  if (!plainPath) return false
  if (typeof value === 'boolean') return true
  return typeof value === 'string' && value.trim() !== '' && value !== 'true' && value !== 'false'
}

/** The `meta` filter of a listing, by path; a path with several values asks for all of them at once. */
export function toMetaFilter(conditions: readonly Condition[]): Record<string, string[]> {
  const meta: Record<string, string[]> = {}
  for (const { field, value } of conditions) {
    const path = field.slice(PREFIX.length)
    meta[path] = [...(meta[path] ?? []), String(value)]
  }
  return meta
}
