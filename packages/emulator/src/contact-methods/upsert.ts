import type { JsonValue } from '../json.ts'
import type { ContactMethodsRecord, NewMethod } from './record.ts'
import type { MethodStore } from './store.ts'

/** A contact method after an upsert, and what the upsert did. */
export interface Upserted {
  readonly data: ContactMethodsRecord
  readonly action: 'created' | 'updated' | 'skipped'
}

/** Creates the method with an external id, or changes the one that has it, or leaves it when nothing differs. */
export function upsert(store: MethodStore, fields: NewMethod & { readonly externalId: string }): Upserted {
  const existing = store.findByExternalId(fields.externalId)
  if (existing === undefined) return { data: store.create(fields), action: 'created' }
  const differs = Object.entries(fields).some(([name, value]) => !isSame(value, Reflect.get(existing, name)))
  if (!differs) return { data: existing, action: 'skipped' }
  return { data: store.update(existing, fields), action: 'updated' }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** The value with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: JsonValue) => sorted(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
