import type { BatchResult, ContactsError } from '@anycontact/core'
import { badOptions } from '../problems.ts'
import type { ContactOfRow, ContactRow } from '../rows.ts'
import { lostRow } from './lost-row.ts'

/**
 * A row that was not imported, and why: what its reader says of it, or the provider.
 *
 * @typeParam Row - as the reader gave it
 */
export interface ImportFailure<Row extends ContactRow = ContactRow> {
  /** The line of the file in which it begins, from 1. */
  readonly line: number
  /** Why it was not imported; `error.applied` tells whether something was written all the same. */
  readonly error: ContactsError
  /** The row. */
  readonly row: Row
}

/**
 * What became of the rows of a file.
 *
 * @typeParam Row - the rows of the reader
 */
export interface ImportReport<Row extends ContactRow = ContactRow> {
  /** How many rows there were. */
  readonly rows: number
  /** Contacts that were not there before. */
  readonly created: number
  /** Contacts that were there, and were changed. */
  readonly updated: number
  /** Contacts that were there as the file says. */
  readonly unchanged: number
  /** Contacts that were there, where the provider does not tell whether they were changed. */
  readonly stored: number
  /** The rows that were not imported, in the order of the file. */
  readonly failures: readonly ImportFailure<Row>[]
  /**
   * What ended the import before the end of the file: what reading the file threw, an abort's reason, or the error of a batch that failed
   * as a whole. The rows that follow were not read; those that were under way are among the failures. Absent where all rows were read.
   */
  readonly endedBy?: unknown
}

/**
 * Writes the contacts of a file, and tells by line what became of them. Rows that the reader refuses are not sent; what the provider
 * refuses is told by the line it stands in. It needs memory for the rows that fail, and for those under way.
 *
 * What ends it midway is not thrown, because what was written before would not be known then: it is `endedBy` in the report.
 *
 * @param rows - of any reader
 * @param write - starts the batch that writes them: `upsertMany`, also with `dryRun: true`, or `createMany`
 * @returns what became of the rows
 * @throws what goes wrong before the first row is read, as it is: a file that is none, options that do not work, an abort
 *
 * @example
 * ```ts
 * const rows = readCsv(file, { by: 'externalId' })
 * const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
 * for (const { line, error } of report.failures) console.error(line, error.message)
 * if (report.endedBy) throw report.endedBy
 * ```
 */
export async function importContacts<Row extends ContactRow>(
  rows: AsyncIterable<Row>,
  write: (contacts: AsyncIterable<ContactOfRow<Row>>) => AsyncIterable<BatchResult<object>>,
): Promise<ImportReport<Row>> {
  const underWay = new Map<number, Row>()
  const failures: ImportFailure<Row>[] = []
  const counts = { created: 0, updated: 0, unchanged: 0, stored: 0 }
  let count = 0
  let ended: { readonly by: unknown } | undefined
  let isSourceBroken = false
  const fail = (row: Row, error: ContactsError): void => {
    failures.push({ line: row.line, error, row })
  }
  async function* contacts(): AsyncGenerator<ContactOfRow<Row>, void, undefined> {
    let index = 0
    try {
      for await (const row of rows) {
        // A source that was waited for when the batch ended may answer late.
        if (ended) return
        count++
        if (row.error) fail(row, row.error)
        else {
          underWay.set(index++, row)
          yield row.contact as ContactOfRow<Row> // it is that of this row
        }
      }
    } catch (error) {
      isSourceBroken = true
      throw error
    }
  }
  try {
    for await (const result of batchOf(write(contacts()))) {
      const row = underWay.get(result.index)
      underWay.delete(result.index)
      if (result.ok) counts[outcomeOf(result)]++
      else if (row) fail(row, result.error)
    }
  } catch (error) {
    if (count === 0) throw error
    ended = { by: error }
    for (const [index, row] of underWay) fail(row, lostRow(index, underWay, error, isSourceBroken))
  }
  failures.sort((a, b) => a.line - b.line)
  return { rows: count, ...counts, failures, ...(ended && { endedBy: ended.by }) }
}

function batchOf(batch: AsyncIterable<BatchResult<object>>): AsyncIterable<BatchResult<object>> {
  if (typeof batch === 'object' && Symbol.asyncIterator in batch) return batch
  const message = 'must give the batch itself, not awaited: (items) => contacts.upsertMany(items, { by })'
  throw badOptions('importContacts', [{ path: 'write', message }])
}

const OUTCOMES = ['created', 'updated', 'unchanged', 'stored'] as const

/** What became of a contact. A batch that does not say it creates. */
function outcomeOf(result: object): (typeof OUTCOMES)[number] {
  const said = 'outcome' in result ? result.outcome : undefined
  return OUTCOMES.find((outcome) => outcome === said) ?? 'created'
}
