import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { ContactsError, type ContactsWith, type RefKey, type WritableField } from '@anycontact/core'
import { defineSync, type FieldPlaces, inputSource, type LostField, type Sync } from '@anycontact/sync'
import { UsageError } from '../errors/usage-error.ts'
import { safeText } from '../output/safe-text.ts'
import type { ImportFile } from './import-file.ts'
import type { Scan } from './scan.ts'

/** What an import is planned of. */
export interface ImportInit {
  readonly file: ImportFile
  readonly scan: Scan
  readonly by: RefKey
  /** Fields of the file that are not to be imported. */
  readonly drop: readonly LostField[]
  /** Where fields go that are not to go to the provider's own; those of a CSV file have been placed by its columns. */
  readonly places: FieldPlaces
  /** The provider's name, as commands call it. */
  readonly provider: string
  readonly target: ContactsWith<'list'>
}

/**
 * Makes the sync that an import is: from the file to the provider, known to the ledger by the file, the provider and the key.
 *
 * @throws UsageError where the provider cannot hold what the file has, with the columns that are concerned and what to do
 */
export function planImport(init: ImportInit): Sync {
  const { scan, by, drop, places, provider, target } = init
  if (hasOwnIds(target) && by !== 'id' && by !== 'externalId') {
    throw new UsageError(
      `${provider} makes no contact without an id of yours: import by the column that has it, with --by externalId.`,
    )
  }
  const fields = [...scan.fields].filter((field) => field !== by && field !== 'id')
  const sync = defined(init, fields, { fields: places, lost: drop })
  if (!(sync instanceof ContactsError)) return sync
  const seenTo: readonly string[] = [...drop, ...Object.keys(places)]
  const unheld = fields.filter((field) => !seenTo.includes(field) && isUnheld(init, field))
  if (unheld.length === 0) throw new UsageError(reasonsOf(init, sync))
  throw new UsageError(unheldFields(init, unheld))
}

function defined(
  { file, by, provider, target }: ImportInit,
  fields: readonly WritableField[],
  places: { readonly fields?: FieldPlaces; readonly lost?: readonly LostField[] },
): Sync | ContactsError {
  const source = inputSource({
    provider: file.format,
    by,
    fields: by === 'id' ? fields : [by, ...fields],
    open: () => file.rows(),
  })
  try {
    return defineSync({
      name: syncName(file, provider, by),
      source,
      target,
      by: { source: by, target: by === 'externalId' && hasOwnIds(target) ? 'id' : by },
      absent: 'leave',
      ...places,
    })
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'config') return error
    throw error
  }
}

/** What the ledger knows an import by. */
function syncName({ realPath }: ImportFile, provider: string, by: RefKey): string {
  const hash = createHash('sha256').update(realPath).digest('base64url').slice(0, 16)
  const shown = basename(realPath)
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .slice(0, 60)
  return `import ${shown} to ${provider.slice(0, 60)} by ${by} ${hash}`
}

/** Whether the ids of a provider are its caller's own: what others have as external ids. */
function hasOwnIds({ capabilities: { create } }: ContactsWith<'list'>): boolean {
  const fields: readonly WritableField[] = create?.fields ?? []
  return fields.includes('id') && !fields.includes('externalId')
}

/** Whether a field alone is in the way. */
function isUnheld(init: ImportInit, field: WritableField): boolean {
  const alone = defined(init, [field], {})
  return alone instanceof ContactsError && !(defined(init, [], {}) instanceof ContactsError)
}

/** What else is wrong: mostly the key. */
function reasonsOf({ by, provider }: ImportInit, error: ContactsError): string {
  const reasons = (error.issues ?? []).map(({ path, message }) => {
    if (path === 'by') return message.replace(/^cannot be \w+ at the target: /, `--by ${by} cannot be used: `)
    const field = /^fields\.(.+)$/.exec(path)?.[1]
    return field === undefined ? `${path} ${message}` : `--map '${field}=…': it ${message}`
  })
  return `The file cannot be imported into ${provider}: ${reasons.join('; ')}.`
}

function unheldFields({ scan, provider, target }: ImportInit, fields: readonly WritableField[]): string {
  const held: readonly WritableField[] = target.capabilities.update?.fields ?? []
  const mapped = held.includes('customFields') ? fields.find((field) => field !== 'customFields') : undefined
  // A field of a file without columns is mapped by its own name.
  const from = mapped === undefined ? undefined : scan.columns ? columnsOf(scan, mapped)[0] : mapped
  const instead =
    from === undefined
      ? ''
      : `, or keep ${fields.length === 1 ? 'it' : 'one'} as a custom field: --map '${from}=customFields.${mapped}'`
  const leave = fields.map((field) => `--drop ${field}`).join(' ')
  const them = fields.length === 1 ? 'it' : 'them'
  return `${provider} has no place for ${listed(fields.map((field) => named(scan, field)))}. Leave ${them} out: ${leave}${instead}.`
}

/** A field, with the columns that it comes from. */
function named(scan: Scan, field: WritableField): string {
  const what = field === 'customFields' ? 'custom fields' : field
  const columns = columnsOf(scan, field)
  const keys = field === 'customFields' ? [...scan.customFields].slice(0, 10).map(safeText) : []
  if (columns.length > 0)
    return `${what} (column${columns.length === 1 ? '' : 's'} ${columns.slice(0, 10).join(', ')})`
  return keys.length > 0 ? `${what} (${keys.join(', ')})` : what
}

/** The headers of the columns whose cells go to a field. */
export function columnsOf({ columns = [] }: Pick<Scan, 'columns'>, field: string): string[] {
  return columns
    .filter(({ to }) => to === field || to?.startsWith(`${field}.`))
    .map(({ header }) => safeText(header))
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
