import { ContactsError, type JsonObject } from '@anycontact/core'
import type { SyncClient, SyncPlan } from '../project/plan.ts'
import { createProjection } from '../project/projection.ts'
import { hasOwnIds, isOfInputs } from './capable.ts'
import { sideIssues } from './check-sides.ts'
import type { FieldPlaces, LostField, SyncDefinition, SyncKey } from './definition.ts'
import { findBindings } from './find-bindings.ts'
import type { InferredSync } from './given-types.ts'
import { badDefinition, readDefinition } from './options.ts'
import { plainDefinition } from './plain-definition.ts'
import type { SyncProblems } from './problem-types.ts'

// By name, so that a sync is known whichever copy of the package made it.
const PLAN = Symbol.for('@anycontact/sync plan')

/** A sync that has been defined and checked: what `runSync` and its like are given. */
export interface Sync {
  /** The name that a ledger knows it by. */
  readonly name: string
  /** What decides how contacts are compared and written, as plain data without credentials: what a ledger compares. */
  readonly definition: JsonObject
}

/**
 * Defines how contacts of two providers are kept in step, and checks that they can be: what the types of the clients tell is checked by
 * the compiler too. Nothing is sent.
 *
 * @param definition - the two sides, the key, and what becomes of fields, deletions and conflicts
 * @throws ContactsError `config` for a definition that cannot be carried out, with an issue for each reason
 *
 * @example
 * ```ts
 * const sync = defineSync({
 *   name: 'cognipeer-to-chatbotkit',
 *   source: cognipeer({ token, hookId }),
 *   target: chatbotkit({ secret }),
 *   by: 'externalId',
 *   fields: { status: 'customFields.status' },
 *   lost: ['tags'],
 * })
 * ```
 */
export function defineSync<
  Source extends SyncClient,
  Target extends SyncClient,
  const By extends SyncKey,
  const Fields extends FieldPlaces = Record<never, never>,
  const Lost extends readonly LostField[] = readonly [],
  const Direction extends 'one-way' | 'both' = 'one-way',
  const Deletions extends 'keep' | 'mirror' = 'keep',
  const Keep extends 'values' | 'hashes' = 'values',
  const Absent extends 'clear' | 'leave' = 'clear',
>(
  definition: SyncDefinition<Source, Target, By, Fields, Lost, Direction, Deletions, Keep, Absent> &
    SyncProblems<InferredSync<Source, Target, By, Fields, Lost, Direction, Deletions, Keep, Absent>>,
): Sync {
  const read = readDefinition(definition)
  const { fields: _fields, lost: _lost, ...options } = read
  const found = findBindings(read)
  const issues = [...sideIssues(read), ...found.issues]
  if (issues.length > 0) throw badDefinition(read.name, issues)
  const plain = plainDefinition(read, found)
  const projection = createProjection({
    ...found,
    absent: read.absent,
    isOfInputs: isOfInputs(read.source),
    keys: {
      source: { field: read.by.source, hasOwnIds: hasOwnIds(read.source) },
      target: { field: read.by.target, hasOwnIds: hasOwnIds(read.target) },
    },
  })
  const plan: SyncPlan = Object.freeze({ ...options, projection, definition: plain })
  return Object.freeze({ name: read.name, definition: plain, [PLAN]: plan })
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
