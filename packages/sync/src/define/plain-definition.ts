import type { JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject, sameJson } from '@anycontact/core/adapter-kit'
import type { Bindings } from '../project/bindings.ts'
import { pathOf } from '../project/places.ts'
import type { ReadDefinition } from './options.ts'

/**
 * What a ledger compares: all that decides which contacts are whose, and what is written of them. How conflicts are decided and how many
 * deletions a run may do can change from run to run.
 */
export function plainDefinition(
  { source, target, by, direction, absent, deletions, keep }: ReadDefinition,
  { bound, open, lost }: Bindings,
): JsonObject {
  const fields: JsonObject = {}
  for (const binding of bound) fields[binding.field] = pathOf(binding.target)
  if (open) fields['customFields.*'] = open.declared ? [...open.declared].sort() : 'customFields.*'
  return {
    source: source.provider,
    target: target.provider,
    by: { ...by },
    direction,
    absent,
    deletions,
    keep,
    fields,
    lost: [...lost],
  }
}

/**
 * What two definitions differ in, by name: `direction`, `by.target`, `fields.status`. In order, each once.
 *
 * @param before - the definition that the ledger knows
 * @param now - the one that it is to be used with
 */
export function changedFields(before: JsonObject, now: JsonObject): string[] {
  return differences('', before, now).sort()
}

function differences(path: string, before: JsonValue | undefined, now: JsonValue | undefined): string[] {
  if (sameJson(before, now)) return []
  if (!isPlainObject(before) || !isPlainObject(now)) return [path]
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) =>
    differences(path === '' ? key : `${path}.${key}`, member(before, key), member(now, key)),
  )
}

const member = (object: Record<string, unknown>, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? (object[key] as JsonValue) : undefined // a member of JSON
