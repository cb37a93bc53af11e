import type { RecordedRequest } from '@anycontact/emulator'
import { readRecords } from './contacts-file.ts'
import type { ProgramReport } from './report.ts'
import { refusedByProvider } from './words.ts'

/** Something that must hold, and whether it does. */
export interface Check {
  readonly name: string
  readonly expected: string | number
  readonly found: string | number
}

/** What the import of the file must come to. */
export interface ExpectedImport {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** The lines in which the rows begin. */
  readonly refusedByAnyContact: readonly number[]
  readonly refusedByProvider: readonly number[]
}

/** How many contacts of the file the filter and the search find, with every provider. */
const LISTED = 7
const FOUND = 8

/** With ChatBotKit, whose own rules some rows break. */
export const EXPECTED_WITH_CHATBOTKIT: ExpectedImport = {
  created: 966,
  updated: 14,
  unchanged: 11,
  refusedByAnyContact: [58, 139, 206, 293, 453],
  refusedByProvider: [577, 694, 804, 919],
}

/** In memory, where only AnyContact's rules hold. */
export const EXPECTED_IN_MEMORY: ExpectedImport = {
  created: 972,
  updated: 14,
  unchanged: 11,
  refusedByAnyContact: [58, 139, 206],
  refusedByProvider: [],
}

/**
 * Checks the numbers of one run against each other and against what the file must give.
 *
 * @param rows - how many contacts the file has
 */
export function checkProgram(
  report: ProgramReport,
  rows: number,
  expected: ExpectedImport,
): readonly Check[] {
  const { provider, imported, listed, changed, searched, deletion, exported } = report
  const { created, updated, unchanged, refused } = imported
  const refusedRows = (byProvider: boolean): string =>
    rowsText(refused.filter(({ error }) => refusedByProvider(error) === byProvider).map(({ line }) => line))
  const check = (name: string, found: string | number, wanted: string | number): Check => ({
    name: `${provider}: ${name}`,
    found,
    expected: wanted,
  })
  return [
    check('rows with an outcome', created + updated + unchanged + refused.length, rows),
    check('rows created', created, expected.created),
    check('rows updated', updated, expected.updated),
    check('rows unchanged', unchanged, expected.unchanged),
    check('rows refused by AnyContact', refusedRows(false), rowsText(expected.refusedByAnyContact)),
    check('rows refused by the provider', refusedRows(true), rowsText(expected.refusedByProvider)),
    check('contacts listed with the filter', listed.contacts.length, LISTED),
    check('contacts found by the search', searched.contacts.length, FOUND),
    check('the plan after the update', String(changed.updated.customFields.plan), 'pro'),
    check('the phone number after the update', String(changed.updated.phone), String(changed.before.phone)),
    check('the phone number after null', String(changed.cleared.phone), 'undefined'),
    check('the name after all changes', String(changed.cleared.name), String(changed.before.name)),
    check('the city after all changes', String(changed.cleared.customFields.city), 'São Paulo'),
    check('reading the deleted contact', String(deletion.errorAfterwards), 'not_found'),
    check('contacts at the end', exported.count, created - 1),
    check('records in the export', readRecords(exported.csv).length, exported.count),
  ]
}

/**
 * Checks what the client says against what the server saw.
 *
 * @param requests - what the server received
 * @param requestsSent - how many the client says that it sent
 */
export function checkRequests(
  requests: readonly RecordedRequest[],
  requestsSent: number,
  { imported }: ProgramReport,
): readonly Check[] {
  const refusedThere = imported.refused.filter(({ error }) => refusedByProvider(error))
  // Every broken row has an email address of its own.
  const unsent = imported.refused.filter((row) => !refusedThere.includes(row)).map(({ email }) => email)
  const leaked = requests.filter(({ bodyText }) => unsent.some((email) => bodyText.includes(email)))
  return [
    { name: 'requests received', found: requests.length, expected: requestsSent },
    {
      name: 'requests answered 400',
      found: requests.filter(({ status }) => status === 400).length,
      expected: refusedThere.length,
    },
    { name: 'requests with a row that AnyContact refused', found: leaked.length, expected: 0 },
  ]
}

/** The checks that do not hold. */
export function failed(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ found, expected }) => found !== expected)
}

/** Lines in words. */
export function rowsText(rows: readonly number[]): string {
  return rows.length === 0 ? 'none' : rows.join(' ')
}
