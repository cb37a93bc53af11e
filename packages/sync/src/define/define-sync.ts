import { ContactsError, type JsonObject } from '@anycontact/core'
import type { SyncPlan } from '../project/plan.ts'
import { createProjection } from '../project/projection.ts'
import { hasOwnIds } from './capable.ts'
import { sideIssues } from './check-sides.ts'
import { findBindings } from './find-bindings.ts'
import { badDefinition, readDefinition } from './options.ts'
import { plainDefinition } from './plain-definition.ts'

// By name, so that a sync is known whichever copy of the package made it.
const PLAN = Symbol.for('@anycontact/sync plan')

/** A sync that has been defined and checked: what `runSync` and its like are given. */
export interface Sync {
  /** The name that a ledger knows it by. */
  readonly name: string
  /** What decides how contacts are compared and written, as plain data without credentials: what a ledger compares. */
  readonly definition: JsonObject
}

export function defineSync(given: unknown): Sync {
  const read = readDefinition(given)
  const { fields: _fields, lost: _lost, ...options } = read
  const found = findBindings(read)
  const issues = [...sideIssues(read), ...found.issues]
  if (issues.length > 0) throw badDefinition(read.name, issues)
  const definition = plainDefinition(read, found)
  const projection = createProjection({
    ...found,
    keys: {
      source: { field: read.by.source, hasOwnIds: hasOwnIds(read.source) },
      target: { field: read.by.target, hasOwnIds: hasOwnIds(read.target) },
    },
  })
  const plan: SyncPlan = Object.freeze({ ...options, projection, definition })
  return Object.freeze({ name: read.name, definition, [PLAN]: plan })
}

/**
 * A sync as the engine runs it.
 *
 * @param sync - what `defineSync` gave
 * @throws ContactsError `invalid_input` for anything else
 */
export function planOf(sync: Sync): SyncPlan {
  const plan: unknown = typeof sync === 'object' && sync !== null ? Reflect.get(sync, PLAN) : undefined
  if (plan !== undefined) return plan as SyncPlan // nothing else has the symbol
  throw new ContactsError({
    code: 'invalid_input',
    message: 'This is no sync: give what defineSync returned.',
    issues: [{ path: 'sync', message: 'must be what defineSync returned' }],
  })
}
