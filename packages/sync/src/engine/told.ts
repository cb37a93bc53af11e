import { sameJson } from '@anycontact/core/adapter-kit'
import type { FieldValues, PairProblem, PairSide, PairWrite, Side } from '../ledger/pair.ts'
import {
  CONTACT_OUTCOMES,
  type ContactEvent,
  type ContactFieldChange,
  type ContactOutcome,
} from './contact-event.ts'
import type { Counts } from './counts.ts'
import type { Match } from './match.ts'
import type { Task } from './task.ts'

/** What is said of a contact of the source. */
export function sourceEvent(
  { key, contact }: Pick<Match, 'key' | 'contact'>,
  outcome: ContactOutcome,
  target: PairSide | undefined,
): ContactEvent {
  return {
    ...(key !== undefined && { key }),
    outcome,
    side: 'source',
    sourceId: contact.id,
    ...(target && !target.gone && { targetId: target.id }),
    contact,
  }
}

/** What is said of a contact of the source that cannot be brought into step. */
export function problemEvent(match: Match, problem: PairProblem): ContactEvent {
  return { ...sourceEvent(match, problem.kind, match.pair?.target), problem: toldProblem(problem) }
}

/** What has come of the work on one contact. */
interface Came {
  readonly counts: Counts
  readonly changes: readonly ContactFieldChange[]
  readonly problem: PairProblem | undefined
  /** The side of what failed. */
  readonly failedAt: Side | undefined
}

/** What is said of a contact that was worked on; nothing where nothing has come of it yet. */
export function taskEvent(
  task: Task,
  target: PairSide | undefined,
  { counts, changes, problem, failedAt = 'target' }: Came,
): ContactEvent | undefined {
  const outcome = CONTACT_OUTCOMES.find((one) => counts.has(one))
  if (!outcome) return undefined
  const event = sourceEvent(task, outcome, target)
  if (outcome === 'failed')
    return { ...event, side: failedAt, ...(problem && { problem: toldProblem(problem) }) }
  return outcome === 'unchanged' ? event : { ...event, side: changes[0]?.side ?? 'target', changes }
}

/** What is said of a contact that only its pair is known of. */
export function pairEvent(
  { key, source, target }: Pick<PairWrite, 'key' | 'source' | 'target'>,
  what: Pick<ContactEvent, 'outcome' | 'side' | 'changes'> & { readonly problem?: PairProblem | undefined },
): ContactEvent {
  const { problem, ...event } = what
  return {
    ...(key !== undefined && { key }),
    ...(source && { sourceId: source.id }),
    ...(target && { targetId: target.id }),
    ...event,
    ...(problem && { problem: toldProblem(problem) }),
  }
}

/** The part of a problem that is told. */
function toldProblem({ code, message }: PairProblem): Pick<PairProblem, 'code' | 'message'> {
  return { code, message }
}

/** What a write has made of fields; of those that were written along and are as they were, nothing. */
export function changesOf(
  side: Side,
  fields: readonly string[],
  before: FieldValues,
  after: FieldValues,
): readonly ContactFieldChange[] {
  return fields.flatMap((field) => {
    const [was, is] = [before[field] ?? null, after[field] ?? null]
    return sameJson(was, is)
      ? []
      : [{ field, side, ...(was !== null && { before: was }), ...(is !== null && { after: is }) }]
  })
}
