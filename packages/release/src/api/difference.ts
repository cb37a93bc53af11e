/**
 * The lines that one of two texts has and the other has not, at most 40. Lines that have only moved, or are repeated, are not told.
 */
export function changedLines(before: string, now: string): readonly string[] {
  const [old, fresh] = [before.split('\n'), now.split('\n')]
  const [inOld, inFresh] = [new Set(old), new Set(fresh)]
  const changed = [
    ...old.filter((line) => !inFresh.has(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !inOld.has(line)).map((line) => `+ ${line}`),
  ]
  if (changed.length === 0) return ['the order of its lines']
  return changed.length > 40 ? [...changed.slice(0, 40), `and ${changed.length - 40} lines more`] : changed
}
