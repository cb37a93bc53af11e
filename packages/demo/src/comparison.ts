import type { Check } from './checks.ts'
import { readRecords } from './contacts-file.ts'
import type { ProgramReport } from './report.ts'

/** Two runs of the program side by side. */
export interface Comparison {
  /** How many contacts both exports have. */
  readonly inBoth: number
  /** Of those, how many say the same in every column, phone numbers compared by their digits. */
  readonly same: number
  /** How many of those have their phone number in another spelling. */
  readonly respelled: number
  /** How many contacts only the second export has, and only the first. */
  readonly onlyInSecond: number
  readonly onlyInFirst: number
  /** How many rows only the first run refused. */
  readonly refusedOnlyByFirst: number
}

/**
 * Compares what two providers hold after the same program, by their exports.
 *
 * @param first - the stricter provider
 */
export function compareReports(first: ProgramReport, second: ProgramReport): Comparison {
  const [inFirst, inSecond] = [
    byColumn(first.exported.csv, 'externalId'),
    byColumn(second.exported.csv, 'externalId'),
  ]
  const pairs = [...inFirst].flatMap(([id, record]) => {
    const other = inSecond.get(id)
    return other ? [[record, other] as const] : []
  })
  const refusedBySecond = new Set(second.imported.refused.map(({ line }) => line))
  return {
    inBoth: pairs.length,
    same: pairs.filter(([one, other]) => sayTheSame(one, other)).length,
    respelled: pairs.filter(([one, other]) => one.phone !== other.phone).length,
    onlyInSecond: inSecond.size - pairs.length,
    onlyInFirst: inFirst.size - pairs.length,
    refusedOnlyByFirst: first.imported.refused.filter(({ line }) => !refusedBySecond.has(line)).length,
  }
}

/** What must hold between the two runs. */
export function checkComparison(first: ProgramReport, second: ProgramReport): readonly Check[] {
  const { inBoth, same, onlyInFirst, onlyInSecond, refusedOnlyByFirst } = compareReports(first, second)
  const ids = ({ listed, searched }: ProgramReport): string =>
    [...listed.contacts, ...searched.contacts].map(({ externalId }) => externalId).join(' ')
  return [
    { name: 'contacts that both providers hold', found: inBoth, expected: first.exported.count },
    { name: 'contacts that are the same in both', found: same, expected: inBoth },
    { name: `contacts that only ${first.provider} holds`, found: onlyInFirst, expected: 0 },
    {
      name: `contacts that only ${second.provider} holds`,
      found: onlyInSecond,
      expected: refusedOnlyByFirst,
    },
    { name: 'contacts listed and found by both', found: ids(second), expected: ids(first) },
  ]
}

/**
 * Counts the contacts that two exports have in common, and those of them that say the same.
 *
 * @param key - the column that tells which contact it is; records without it are passed over
 * @param columns - the columns that are compared, phone numbers by their digits
 */
export function countPairs(
  first: string,
  second: string,
  key: string,
  columns: readonly string[],
): { readonly inBoth: number; readonly same: number } {
  const [inFirst, inSecond] = [byColumn(first, key), byColumn(second, key)]
  const pairs = [...inFirst].flatMap(([value, record]) => {
    const other = inSecond.get(value)
    return other && value !== '' ? [[record, other] as const] : []
  })
  return {
    inBoth: pairs.length,
    same: pairs.filter(([one, other]) => sayTheSame(one, other, columns)).length,
  }
}

type CsvRecord = Readonly<Record<string, string>>

function byColumn(csv: string, column: string): ReadonlyMap<string, CsvRecord> {
  return new Map(readRecords(csv).map((record) => [record[column] ?? '', record]))
}

function sayTheSame(
  one: CsvRecord,
  other: CsvRecord,
  columns: readonly string[] = Object.keys(one),
): boolean {
  return columns.every((column) =>
    column === 'phone' ? samePhone(one.phone ?? '', other.phone ?? '') : one[column] === other[column],
  )
}

/** A number without a country is one of the United States. */
function samePhone(one: string, other: string): boolean {
  const digits = (phone: string): string => {
    const bare = phone.replaceAll(/\D/g, '')
    return phone.startsWith('+') || bare === '' ? bare : `1${bare}`
  }
  return digits(one) === digits(other)
}
