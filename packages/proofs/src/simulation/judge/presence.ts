import { deletionsOf, type Evidence, isDoubledByOthers } from './evidence.ts'

/** Laws 2 and 5, of whole contacts: who is on one side is on the other, or it is said why not. */
export function presence(evidence: Evidence): string[] {
  const { source, target } = evidence.byKey
  const keys = new Set([...source.keys(), ...target.keys()])
  keys.delete('')
  return [...keys].flatMap((key) => absence(evidence, key) ?? [])
}

function absence(evidence: Evidence, key: string): string | undefined {
  const { byKey, problems, before, world } = evidence
  const { direction, deletions } = world.script.definition
  const isThere = { source: byKey.source.has(key), target: byKey.target.has(key) }
  const told = problems.get(key)?.some(({ field }) => field === undefined) === true
  if (told || (isDoubledByOthers(evidence, key) && isThere.target)) return undefined
  const deeds = { source: deletionsOf(evidence, 'source', key), target: deletionsOf(evidence, 'target', key) }
  if (!isThere.source) {
    if (direction === 'one-way' && deeds.source.length === 0) return undefined
    if (deeds.source.length === 0)
      return `law 2: ${key} is at the target and not at the source, and nothing is said of it`
    // Who was deleted before both sides had met was never known.
    const isKnown = before?.has(key) === true
    const isEdited = world.hands.edits.some((edit) => edit.key === key && edit.side === 'target')
    return deletions === 'mirror' && isKnown && !isEdited
      ? `law 5: ${key} was deleted at the source, and is still at the target`
      : undefined
  }
  if (isThere.target) return undefined
  if (direction === 'one-way' || deeds.target.length === 0)
    return `law 2: ${key} is at the source and not at the target, and nothing is said of it`
  const isKnown = before?.has(key) === true
  const edits = world.hands.edits.filter((edit) => edit.key === key && edit.side === 'source')
  if (
    isKnown &&
    edits.length > 0 &&
    edits.every(({ isDuring }) => !isDuring) &&
    deeds.target.every(({ isDuring }) => !isDuring)
  )
    return `law 6: ${key} was edited at the source and deleted at the target, and the edit has not won`
  return deletions === 'mirror' && isKnown && edits.length === 0
    ? `law 5: ${key} was deleted at the target, and is still at the source`
    : undefined
}
