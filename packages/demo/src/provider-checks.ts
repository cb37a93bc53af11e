import { type Check, type ExpectedImport, rowsText } from './checks.ts'
import { countPairs } from './comparison.ts'
import { readRecords } from './contacts-file.ts'
import type { CopyingReport } from './copying.ts'
import type { ProviderRun } from './provider-run.ts'
import type { ProgramReport } from './report.ts'

/** What a provider that cannot do all must come to. */
export interface ExpectedParts {
  /** `undefined` where contacts cannot be made. */
  readonly imported: Omit<ExpectedImport, 'refusedByProvider'> | undefined
  readonly listed: number
  /** What `contacts.get` of the deleted contact fails with; `undefined` where none can be deleted. */
  readonly errorAfterwards: 'not_found' | undefined
  /** How many contacts there are at the end. */
  readonly count: number
  /** The columns of the export that must say what memory's says. */
  readonly sameColumns: readonly string[]
  /** The fields of the file that there is no place for. */
  readonly leftOut: string
}

/** How many contacts the search finds, with every provider. */
const FOUND = 8

/** Those with a phone number, where a filter by custom fields would find none. */
const WITH_PHONE = 791

/** With Cognipeer. */
export const EXPECTED_WITH_COGNIPEER: ExpectedParts = {
  imported: { created: 972, updated: 14, unchanged: 11, refusedByAnyContact: [58, 139, 206] },
  listed: 7,
  errorAfterwards: undefined,
  count: 972,
  sameColumns: [
    'externalId',
    'name',
    'email',
    'phone',
    'customFields.plan',
    'customFields.city',
    'customFields.score',
  ],
  leftOut: 'nickname note',
}

/** With the channel inbox, where also a row without an id of ours is a contact. */
export const EXPECTED_WITH_CHANNEL_INBOX: ExpectedParts = {
  imported: { created: 973, updated: 0, unchanged: 0, refusedByAnyContact: [58, 139] },
  listed: WITH_PHONE,
  errorAfterwards: 'not_found',
  count: 972,
  sameColumns: ['name', 'email', 'phone'],
  leftOut: 'customFields externalId nickname note',
}

/** With contact methods, where a row needs an address or a number. */
export const EXPECTED_WITH_CONTACT_METHODS: ExpectedParts = {
  imported: {
    created: 963,
    updated: 3,
    unchanged: 22,
    refusedByAnyContact: [58, 139, 206, 299, 322, 341, 472, 561, 756, 823, 965, 972],
  },
  listed: WITH_PHONE,
  errorAfterwards: 'not_found',
  count: 962,
  sameColumns: ['email', 'phone'],
  leftOut: 'customFields name nickname note',
}

/**
 * Checks the numbers of one provider.
 *
 * @param inMemory - the run of the whole program in memory, which the contacts are compared with
 */
export function checkParts(
  { name: provider, report, leftOut }: ProviderRun,
  inMemory: ProgramReport,
  expected: ExpectedParts,
): readonly Check[] {
  const check = (name: string, found: string | number, wanted: string | number): Check => ({
    name: `${provider}: ${name}`,
    found,
    expected: wanted,
  })
  const { listed, changed, searched, deletion, exported } = report
  const { same, inBoth } = countPairs(
    report.exported.csv,
    inMemory.exported.csv,
    'email',
    expected.sameColumns,
  )
  return [
    check('import', importText(report.imported), expectedImportText(expected.imported)),
    check('contacts listed with the filter', listed.contacts.length, expected.listed),
    check('contacts found by the search', searched.contacts.length, FOUND),
    check('the phone number before', String(changed.before.phone !== undefined), 'true'),
    check('the phone number after null', String(changed.cleared.phone), 'undefined'),
    check('reading the deleted contact', String(deletion?.errorAfterwards), String(expected.errorAfterwards)),
    check('contacts at the end', exported.count, expected.count),
    check('contacts with the email address of one in memory', inBoth, withEmail(inMemory)),
    check('contacts that say the same as in memory', same, inBoth),
    check('fields left out', [...leftOut.keys()].sort().join(' '), expected.leftOut),
  ]
}

function withEmail({ exported }: ProgramReport): number {
  return readRecords(exported.csv).filter(({ email }) => email).length
}

function importText(imported: ProviderRun['report']['imported']): string {
  if (imported === undefined) return 'none'
  const { refused, ...counts } = imported
  return outcomesText(
    counts,
    refused.map(({ line }) => line),
  )
}

function expectedImportText(imported: ExpectedParts['imported']): string {
  return imported === undefined ? 'none' : outcomesText(imported, imported.refusedByAnyContact)
}

function outcomesText(
  { created, updated, unchanged }: Pick<ExpectedImport, 'created' | 'updated' | 'unchanged'>,
  refused: readonly number[],
): string {
  return `${created} created, ${updated} updated, ${unchanged} unchanged, refused: ${rowsText(refused)}`
}

/** Checks the numbers of the copy from Cognipeer to ChatBotKit. */
export function checkCopying({ marked, before, copy, after, count }: CopyingReport): readonly Check[] {
  const check = (name: string, found: string | number, expected: string | number): Check => ({
    name: `copy: ${name}`,
    found,
    expected,
  })
  return [
    check('contacts marked at the source', marked, 7),
    check('contacts that the dry run would create', before.created, EXPECTED_WITH_COGNIPEER.count),
    check('contacts read', copy.read, EXPECTED_WITH_COGNIPEER.count),
    check('contacts with an outcome', copy.created + copy.failed.length, copy.read),
    check('contacts created', copy.created, 967),
    check('contacts updated or unchanged', copy.updated + copy.unchanged, 0),
    check('contacts refused', copy.failed.length, 5),
    check('tags dropped', copy.dropped.tags ?? 0, marked),
    check('statuses dropped', copy.dropped.status ?? 0, marked),
    check('contacts at the target', count, copy.created),
    check('contacts that a second copy would create', after.created, copy.failed.length),
    check('contacts that a second copy would not create', after.updated + after.unchanged, copy.created),
  ]
}
