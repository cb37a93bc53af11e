import { lookupKeys } from '../adapter/capabilities.ts'
import type { AdapterUpsertResult } from '../adapter/pages.ts'
import type { CallOptions } from '../call/settings.ts'
import type { ContactsWarning } from '../call/warning.ts'
import type { BatchResult } from '../client/batch-types.ts'
import { badOptions, readOptions } from '../client/calls.ts'
import { checkClient } from '../client/option-kinds.ts'
import { withoutIndex } from '../client/policy.ts'
import { CALL, type OptionsOf } from '../client/signatures.ts'
import type { ContactsWith } from '../client/types.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput, WritableField } from '../model/input.ts'
import type { Where } from '../model/query.ts'
import type { RefKey } from '../model/ref.ts'
import { copyInput } from './copy-input.ts'

/** How a copy is made. */
export interface CopyOptions extends CallOptions {
  /**
   * The key that tells which contact it is at the target. With `externalId`, or `id` where the target's caller chooses it, a
   * contact that has no external id goes by its provider and the id it has there: `chatbotkit:cm4…`. A second contact with a key that
   * another one of the same copy has fails as `conflict`.
   * @default 'externalId'
   */
  readonly by?: RefKey | undefined
  /** Which contacts of the source. @default all */
  readonly where?: Where | undefined
  /** Changes what is written of a contact; `undefined` leaves the contact out. @default as it was read */
  readonly map?: ((input: ContactInput, contact: Contact) => ContactInput | undefined) | undefined
  /**
   * What to do with a field that the target cannot store: leave it out and count it in the report, or let the contact fail.
   * @default 'drop'
   */
  readonly unsupportedFields?: 'drop' | 'throw' | undefined
  /**
   * Only tells what would be done; writes nothing. What the target itself would refuse is not known then. Where the target has
   * no lookup by the key, its listing is read once.
   * @default false
   */
  readonly dryRun?: boolean | undefined
  /** Allows the target to be looked up by reading its whole listing, where it has no lookup by the key. @default false */
  readonly scan?: boolean | undefined
  /** How many contacts are under way at once. @default the target's */
  readonly concurrency?: number | undefined
  /** Called after each contact. What it throws ends the copy. */
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
}

/** How far a copy is. */
export interface CopyProgress {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Contacts that were there already, of which the target does not tell whether they differed. */
  readonly stored: number
  readonly failed: number
}

type Outcome = AdapterUpsertResult['outcome']

const OWN = {
  by: 'key',
  where: 'data',
  map: 'function',
  unsupportedFields: 'throwOrDrop',
  dryRun: 'flag',
  scan: 'flag',
  concurrency: 'count',
  onProgress: 'function',
} as const satisfies OptionsOf<Omit<CopyOptions, keyof CallOptions>>

/** A contact that was not copied, and why. */
export interface CopyFailure {
  /** Its id at the source. */
  readonly id: string
  readonly error: ContactsError
}

/** What a copy did, or, for a dry run, would do. */
export interface CopyReport {
  /** Contacts that were read from the source. */
  readonly read: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Contacts that were there already, of which the target does not tell whether they differed. */
  readonly stored: number
  /** Contacts that `map` left out. */
  readonly skipped: number
  readonly failed: readonly CopyFailure[]
  /**
   * The ids at the source of those that were written to a contact that the target keeps as deleted all the same, so that no listing
   * shows them. Absent where there are none.
   */
  readonly stillDeleted?: readonly string[]
  /**
   * How often each field was left out because the target could not hold it, by its dotted path, in which contact methods have no
   * index: `contactMethods.verified`. Those that failed are counted too, as far as they came.
   */
  readonly dropped: Readonly<Record<string, number>>
  /**
   * Whether every contact that was asked for was read, as {@link Page.complete} says of the source's listing. Delete nothing at the
   * target by a copy that is not.
   */
  readonly complete: boolean
  /** What the source and the target warned of beside that, each kind once. At most 100 kinds are kept. */
  readonly warnings: readonly CopyWarning[]
  readonly dryRun: boolean
}

/** Warnings of one kind: with the same code, provider, operation and field. */
export interface CopyWarning extends ContactsWarning {
  /** How often it came. The message is the first one's. */
  readonly count: number
}

/**
 * Copies contacts from one provider to another, as a stream: of each contact no more is kept in memory than its key, some hundred
 * bytes, so that no two are written over each other. Each is an upsert, so a copy can be repeated; what is absent at the source is
 * left as it is at the target. One that fails does not stop the others.
 *
 * @param from - a client that can list
 * @param to - a client that can upsert
 * @param given - the key, which contacts, and what to do with what does not fit
 * @throws ContactsError when the source cannot be read, or the target cannot upsert by that key
 *
 * @example
 * ```ts
 * const report = await copyContacts(cognipeer, chatbotkit, { by: 'externalId' })
 * console.log(report.created, report.updated, report.dropped)
 * ```
 */
export async function copyContacts(
  from: ContactsWith<'list'>,
  to: ContactsWith<'upsertMany'>,
  given: CopyOptions = {},
): Promise<CopyReport> {
  checkClient(from, 'from', 'list')
  checkClient(to, 'to', 'upsertMany')
  const options: CopyOptions = readCopyOptions(given)
  const { by = 'externalId', concurrency, onProgress, dryRun = false } = options
  const { signal, timeoutMs, deadlineMs, headers, retry } = options
  checkKey(to, by, options.scan)
  const calls = { signal, timeoutMs, deadlineMs, headers, retry }
  const fields: readonly WritableField[] = to.capabilities.upsert?.fields ?? []
  const counts: Record<Outcome, number> = { created: 0, updated: 0, unchanged: 0, stored: 0 }
  const dropped = new Map<string, number>()
  const failed: CopyFailure[] = []
  const stillDeleted: string[] = []
  const ownIds = hasCallersIds(from)
  /** The ids at the source of those that are under way. */
  const ids = new Map<number, string>()
  const warnings = new Map<string, CopyWarning>()
  const onWarning = (warning: ContactsWarning): void => noteWarning(warnings, warning)
  const pager = from.list({ ...calls, where: options.where, onWarning })
  let read = 0
  let skipped = 0

  async function* inputs(): AsyncGenerator<ContactInput> {
    let index = 0
    for await (const contact of pager) {
      read++
      const input = copyInput(contact, by, fields, ownIds)
      const mapped = options.map ? options.map(input, contact) : input
      if (mapped === undefined) {
        skipped++
        continue
      }
      ids.set(index++, contact.id)
      yield mapped
    }
  }

  type Upserted = { readonly outcome: Outcome; readonly contact?: Contact }
  const results: AsyncIterable<BatchResult<Upserted>> = to.upsertMany(inputs(), {
    ...calls,
    by,
    repeatedKeys: 'conflict',
    scan: options.scan,
    concurrency,
    dryRun,
    unsupportedFields: options.unsupportedFields ?? 'drop',
    onWarning(warning) {
      const { code, field } = warning
      if (field === undefined || code !== 'unsupported_field') return onWarning(warning)
      const path = withoutIndex(field)
      dropped.set(path, (dropped.get(path) ?? 0) + 1)
    },
  })
  for await (const result of results) {
    const id = ids.get(result.index) ?? ''
    if (!result.ok) failed.push({ id, error: result.error })
    else {
      counts[result.outcome]++
      if (result.contact?.deleted && !dryRun) stillDeleted.push(id)
    }
    ids.delete(result.index)
    onProgress?.({ ...counts, failed: failed.length })
  }
  return {
    read,
    ...counts,
    skipped,
    failed,
    ...(stillDeleted.length > 0 && { stillDeleted }),
    dropped: Object.fromEntries(dropped),
    complete: pager.complete === true,
    warnings: [...warnings.values()],
    dryRun,
  }
}

/** Whether the ids at a provider are the caller's own already: it takes them, and has no external ids beside them. */
function hasCallersIds({ capabilities: { create, upsert } }: ContactsWith<'list'>): boolean {
  const fields: readonly WritableField[] = create?.fields ?? upsert?.fields ?? []
  return fields.includes('id') && !fields.includes('externalId')
}

/** So many kinds of warnings are kept. */
const MAX_WARNINGS = 100

function noteWarning(warnings: Map<string, CopyWarning>, { field, ...warning }: ContactsWarning): void {
  const path = field === undefined ? undefined : withoutIndex(field)
  const kind = JSON.stringify([warning.code, warning.provider, warning.operation, path])
  const before = warnings.get(kind)
  if (!before && warnings.size >= MAX_WARNINGS) return
  const first = before ?? { ...warning, ...(path !== undefined && { field: path }) }
  warnings.set(kind, { ...first, count: (before?.count ?? 0) + 1 })
}

/** Reads the options of a copy once. @throws ContactsError `invalid_input` */
function readCopyOptions(given: CopyOptions): Record<string, unknown> {
  const { options, issues } = readOptions(given, { ...CALL, ...OWN })
  if (issues.length > 0) throw badOptions('copyContacts', issues)
  return options
}

/** Refuses a key by which every single contact would fail, before any is read. */
function checkKey({ provider, capabilities }: ContactsWith<'upsertMany'>, by: RefKey, scan = false): void {
  const upsert = capabilities?.upsert
  // Without the capability the call itself says what is wrong.
  if (!upsert || upsert.by.includes(by)) return
  const takesScan = upsert.scan?.includes(by) === true
  if (takesScan && scan) return
  const hint = takesScan
    ? 'Pass { scan: true } to have its whole listing read'
    : `Copy by ${lookupKeys(upsert).join(', or by ')}`
  throw new ContactsError({
    code: 'unsupported',
    provider,
    operation: 'upsertMany',
    message: `${provider} does not upsert by ${by}. ${hint}.`,
  })
}
