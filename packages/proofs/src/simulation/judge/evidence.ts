import type { Problem } from '../engine.ts'
import type { Side } from '../hands.ts'
import type { Row } from '../sites/index.ts'
import type { World } from '../world/world.ts'

/** What laws are judged by when both sides should be in step. */
export interface Evidence {
  readonly world: World
  /** The contacts of each side by key, without those that are soft-deleted. */
  readonly byKey: Readonly<Record<Side, ReadonlyMap<string, readonly Row[]>>>
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  /** The fields that others changed since both sides were in step last; the values of then. */
  readonly before: Before | undefined
  /** What somebody has decided since. */
  readonly decided: readonly Right[]
}

/** A value that both sides are to have. */
export interface Right {
  readonly key: string
  readonly field: string
  readonly value: string
}

/** What both sides agreed on, by key and by field in the source's terms. */
export type Before = ReadonlyMap<string, Readonly<Record<string, string>>>

/** Gathers what is there. */
export function gather(
  world: World,
  problems: readonly Problem[],
  before: Before | undefined,
  decided: readonly Right[],
): Evidence {
  return {
    world,
    byKey: { source: rowsByKey(world, 'source'), target: rowsByKey(world, 'target') },
    problems: groupBy(problems, (problem) => keyOf(world, problem)),
    before,
    decided,
  }
}

function rowsByKey(world: World, side: Side): ReadonlyMap<string, readonly Row[]> {
  const live = world.sites[side].rows().filter(({ isGone }) => !isGone)
  return groupBy(live, (row) => world.hands.keyOf(side, row))
}

function keyOf({ sites, hands }: World, problem: Problem): string {
  for (const side of ['source', 'target'] as const) {
    const row = sites[side].rows().find(({ id }) => id === problem[side])
    if (row) return hands.keyOf(side, row)
  }
  return ''
}

/** Items by a text that each has. */
function groupBy<Item>(
  items: Iterable<Item>,
  textOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(textOf(item))
    if (group) group.push(item)
    else groups.set(textOf(item), [item])
  }
  return groups
}

/** A field of a row, in the source's terms. */
export function fieldOf(evidence: Pick<Evidence, 'world'>, side: Side, row: Row, field: string): string {
  const { fields } = evidence.world.script.definition.route
  return row.values[side === 'source' ? field : (fields[field] ?? field)] ?? ''
}

/** Whether others have put several contacts of a key on a side: which of them is meant, nobody can tell. */
export function isDoubledByOthers({ world }: Pick<Evidence, 'world'>, key: string): boolean {
  const { source, target } = world.hands.deeds
  return (source.made.get(key) ?? 0) > 1 || (target.made.get(key) ?? 0) > 1
}

/** The deletions of a contact by others, on one side. */
export function deletionsOf({ world }: Pick<Evidence, 'world'>, side: Side, key: string) {
  return [...world.hands.deeds[side].deleted.values()].filter((deed) => deed.key === key)
}
