import { SyncError } from '@anycontact/sync'
import { Unfinished } from '../errors/ended.ts'
import { UsageError } from '../errors/usage-error.ts'
import { safeText } from '../output/safe-text.ts'
import { counted } from '../output/whole.ts'

/** Says what a sync throws about itself as a command says it, with what to do; passes on everything else. */
export function inWords(error: unknown, name: string): unknown {
  if (!(error instanceof SyncError)) return error
  const { reason, changed = [], deletions } = error
  if (reason === 'changed_definition') {
    return new UsageError(
      `The sync ${name} ran before with another definition: ${changed.join(', ')} changed. Add --changed-definition continue to keep ` +
        'what both sides agreed on, or --changed-definition restart to compare everything anew.',
    )
  }
  if (reason === 'too_many_deletions' && deletions) {
    const { count, of } = deletions
    const share = Math.min(1, Math.ceil((count / of) * 1000) / 1000)
    return plain(
      `${counted(count, 'contact')} of ${of.toLocaleString('en-US')} would be deleted, because they are gone from the other side: more than ` +
        `this sync may without being asked. Nobody was deleted. See why they are gone; if they are to go, add --max-deletions ${share}.`,
      error,
    )
  }
  return error
}

function plain(message: string, cause: SyncError): Error {
  return new Error(message, { cause })
}

/** Adds to what ended a run how to go on. */
export function goesOn(error: unknown, name: string, signal: AbortSignal): unknown {
  if (!signal.aborted) return error
  return new Unfinished(
    error,
    `What was done is kept: \`anycontact sync ${safeText(name)}\` goes on from there.`,
  )
}
