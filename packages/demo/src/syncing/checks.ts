import type { Check } from '../checks.ts'
import type { SyncingPart, SyncingSize } from './part.ts'

/** Checks that nothing was lost or doubled, however often the sync was killed, and that the second run wrote what had changed. */
export function checkSyncing(
  { starts, first, second, changed, source, target }: SyncingPart,
  { contacts, killAt, changedShare }: SyncingSize,
): readonly Check[] {
  const check = (name: string, found: string | number, expected: string | number): Check => ({
    name: `sync: ${name}`,
    found,
    expected,
  })
  const toChange = contacts * changedShare
  return [
    check('starts that were killed', starts.filter(({ wasKilled }) => wasKilled).length, killAt.length),
    check('times the first run was taken up again', first.resumes ?? 0, killAt.length),
    check('contacts created', first.created ?? 0, contacts),
    check('contacts otherwise in the first run', othersThan(first, 'created'), 0),
    check('tags left out', first.lost ?? 0, source.tagged),
    check('contacts at the target', target.contacts, contacts),
    check('external ids of the source at the target', target.found, contacts),
    check('doubled writes', target.doubled, 0),
    check('contacts changed at the source', changed, toChange),
    check('contacts updated in the second run', second.updated ?? 0, toChange),
    check('contacts unchanged in the second run', second.unchanged ?? 0, contacts - toChange),
    check('writes of the second run', second.writes ?? 0, toChange),
    check('changed contacts at the target', target.changed, toChange),
  ]
}

function othersThan(counts: SyncingPart['first'], own: string): number {
  return ['created', 'updated', 'unchanged', 'deleted', 'skipped', 'failed']
    .filter((name) => name !== own)
    .reduce((sum, name) => sum + (counts[name] ?? 0), 0)
}
