import type { Edit } from '../hands.ts'
import type { Row } from '../sites/index.ts'
import { deletionsOf, type Evidence, fieldOf, isDoubledByOthers } from './evidence.ts'

/** Laws 5 and 6, of fields: both sides are equal, and what was edited on one side only has survived. */
export function fields(evidence: Evidence): string[] {
  const { byKey, problems, world } = evidence
  const breaches: string[] = []
  for (const [key, [source]] of byKey.source) {
    const target = byKey.target.get(key)?.[0]
    if (key === '' || source === undefined || target === undefined || isDoubledByOthers(evidence, key))
      continue
    const told = problems.get(key) ?? []
    if (told.some(({ field }) => field === undefined)) continue
    for (const field of Object.keys(world.script.definition.route.fields)) {
      const isReviewed = told.some((problem) => problem.field === field)
      const breach = isReviewed
        ? reviewed(evidence, key, field)
        : differs(evidence, { key, field, source, target })
      if (breach) breaches.push(`${breach} (key ${key}, field ${field})`)
    }
  }
  return breaches
}

/** Only where the definition says so, and both sides were edited, somebody is asked. */
function reviewed({ world, before, decided }: Evidence, key: string, field: string): string | undefined {
  const { direction, conflicts } = world.script.definition
  const isDecided = decided.some((one) => one.key === key && one.field === field)
  // Who was deleted is made again of what the other side has.
  const isGone = (['source', 'target'] as const).some((side) => deletionsOf({ world }, side, key).length > 0)
  if (isDecided && !isGone && editsOf(world.hands.edits, key, field).length === 0)
    return 'law 6: it was decided, and is still asked'
  if (direction === 'one-way' || conflicts === 'source' || conflicts === 'target')
    return 'law 5: somebody is asked, although it is defined who is right'
  const edits = editsOf(world.hands.edits, key, field)
  const sides = new Set(edits.map(({ side }) => side))
  return before?.get(key)?.[field] !== undefined && sides.size === 1
    ? 'law 6: somebody is asked, although only one side was edited'
    : undefined
}

interface Field {
  readonly key: string
  readonly field: string
  readonly source: Row
  readonly target: Row
}

function differs(evidence: Evidence, { key, field, source, target }: Field): string | undefined {
  const { world, before } = evidence
  const [s, t] = [fieldOf(evidence, 'source', source, field), fieldOf(evidence, 'target', target, field)]
  const edits = editsOf(world.hands.edits, key, field)
  const agreed = before?.get(key)?.[field]
  if (world.script.definition.absent === 'leave' && s === '')
    return cleared(evidence, { key, field, t, edits })
  if (s !== t) {
    // A custom field that the source never had, as far as it was seen, is the target's own.
    const isOwn = field.startsWith('customFields.') && s === '' && !agreed
    // What is first seen when a new contact is read back is taken for what the provider has made up.
    const isMadeUp =
      agreed === undefined && s === '' && edits.every((edit) => edit.isDuring && !isSources(edit))
    if (isMadeUp && edits.length > 0 && world.made.some((one) => one.side === 'target' && one.key === key))
      return undefined
    return world.script.definition.direction === 'one-way' &&
      isOwn &&
      !edits.some((edit) => isSources(edit) && edit.value !== '' && !edit.isDuring)
      ? undefined
      : `law 5: the source has ${JSON.stringify(s)}, the target ${JSON.stringify(t)}`
  }
  const decided = evidence.decided.find((one) => one.key === key && one.field === field)
  const isGone = (['source', 'target'] as const).some((side) => deletionsOf(evidence, side, key).length > 0)
  if (decided && !isGone && edits.length === 0 && s !== decided.value)
    return `law 6: it was decided to be ${JSON.stringify(decided.value)}, and both have ${JSON.stringify(s)}`
  if (world.script.definition.direction === 'one-way' || agreed === undefined) return undefined
  const right = rightValues(evidence, key, field, edits, agreed)
  return right.includes(s)
    ? undefined
    : `law 6: both have ${JSON.stringify(s)}, and should have ${right.map((value) => JSON.stringify(value)).join(' or ')}`
}

/** What the source has not is left at the target: as it was edited there last, or as both had it. */
function cleared(
  { world, before }: Evidence,
  {
    key,
    field,
    t,
    edits,
  }: Pick<Field, 'key' | 'field'> & { readonly t: string; readonly edits: readonly Edit[] },
): string | undefined {
  const isGone = (['source', 'target'] as const).some((side) => deletionsOf({ world }, side, key).length > 0)
  if (isGone || world.hands.edits.some((edit) => edit.key === key && edit.isDuring)) return undefined
  const left = edits.findLast((edit) => !isSources(edit))?.value ?? before?.get(key)?.[field]
  return left === undefined || left === '' || t === left
    ? undefined
    : `law 6: the source has nothing, and the target, which had ${JSON.stringify(left)}, has ${JSON.stringify(t)}`
}

/** What both sides may have in the end. */
function rightValues(
  { world }: Evidence,
  key: string,
  field: string,
  edits: readonly Edit[],
  agreed: string,
): readonly string[] {
  const sources = edits.filter(isSources)
  const targets = edits.filter((edit) => !isSources(edit))
  const [lastSource, lastTarget] = [sources.at(-1), targets.at(-1)]
  if (!lastSource && !lastTarget) return [agreed]
  const all = world.hands.edits.filter((edit) => edit.key === key)
  if (!lastSource || !lastTarget) {
    // Both vendors replace their object of custom fields whole, so that an adapter has to read it before it writes one of them.
    const isRace =
      isCustom(world.script.definition.route.fields, field) && all.some(({ isDuring }) => isDuring)
    const last = (lastSource ?? lastTarget)?.value ?? ''
    return isRace ? [last, agreed, ...edits.map(({ value }) => value)] : [last]
  }
  if (all.some(({ isDuring }) => isDuring)) return [agreed, ...edits.map(({ value }) => value)]
  switch (world.script.definition.conflicts) {
    case 'source':
      return [lastSource.value]
    case 'target':
      return [lastTarget.value]
    case 'newest': {
      const at = (isSide: (edit: Edit) => boolean): number =>
        Math.max(...all.filter(isSide).map((edit) => edit.at))
      return at(isSources) > at((edit) => !isSources(edit)) ? [lastSource.value] : [lastTarget.value]
    }
    case 'review':
      // What both sides were edited to alike waits for nobody.
      return lastSource.value === lastTarget.value ? [lastSource.value] : []
  }
}

function isCustom(fields: Readonly<Record<string, string>>, field: string): boolean {
  return field.startsWith('customFields.') || fields[field]?.startsWith('customFields.') === true
}

function isSources({ side }: Edit): boolean {
  return side === 'source'
}

function editsOf(edits: readonly Edit[], key: string, field: string): Edit[] {
  return edits.filter((edit) => edit.key === key && edit.field === field)
}
