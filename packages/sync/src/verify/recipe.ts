import { hasOwnIds } from '../define/capable.ts'
import { bind } from '../project/bindings.ts'
import { CUSTOM, parsePlace } from '../project/places.ts'
import type { SyncPlan } from '../project/plan.ts'
import type { FieldReading, Reading } from './certificate.ts'

const ANY_CUSTOM = 'customFields.*'

/** How the contacts of a sync are read and compared, so that a program without the engine can do it again. */
export function readingOf({
  source,
  target,
  by,
  direction,
  absent,
  definition,
  projection,
}: SyncPlan): Reading {
  const placed = Object.entries(isObject(definition.fields) ? definition.fields : {})
  const fields = placed.flatMap(([field, path]): FieldReading[] => {
    const [from, to] = [parsePlace(field), typeof path === 'string' ? parsePlace(path) : undefined]
    if (field === ANY_CUSTOM || !from || !to || typeof path !== 'string') return []
    return [{ field, source: field, target: path, as: bind(from, to).kind }]
  })
  const own = placed.find(([field]) => field === ANY_CUSTOM)?.[1]
  const lost = Array.isArray(definition.lost) ? definition.lost : []
  const used = [...fields.flatMap((field) => [field.source, field.target]), ...lost]
  const without = used.flatMap((path) =>
    typeof path === 'string' && path.startsWith(CUSTOM) ? path.slice(CUSTOM.length) : [],
  )
  return {
    key: {
      source: { field: by.source, ownIds: hasOwnIds(source) },
      target: { field: by.target, ownIds: hasOwnIds(target) },
    },
    fields,
    customFields:
      own === undefined
        ? null
        : { without: [...new Set(without)].sort(), only: Array.isArray(own) ? own.map(String) : null },
    direction,
    absent,
    inputs: projection.readsRaw,
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
