import { type Contact, exportCsv } from '@anycontact/core'
import { type ColumnReader, compileColumns } from '@anycontact/core/adapter-kit'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import type { Format } from './format.ts'
import { safeLines } from './safe-text.ts'
import { styleOf } from './style.ts'
import { createTable, type TablePrinter } from './table.ts'

/** How contacts are printed. */
export interface PrintOptions {
  readonly format: Format
  /** Which columns; without them a table has the few that tell people apart, and every other format all fields but `raw`. */
  readonly columns?: readonly ColumnReader[] | undefined
}

/** The columns of a table are measured on so many contacts; the rest follows as it comes. */
const SAMPLE = 50

/**
 * Prints contacts to standard output as they come, in little memory.
 *
 * @returns how many were printed
 */
export async function printContacts(
  contacts: AsyncIterable<Contact>,
  host: Host,
  { format, columns }: PrintOptions,
): Promise<number> {
  const counted = countedOf(contacts)
  const text =
    format === 'table'
      ? tableText(counted, host, columns)
      : format === 'csv'
        ? exportCsv({ list: () => counted }, columns && { columns: columns.map(({ name }) => name) })
        : format === 'ndjson'
          ? ndjsonText(counted, columns)
          : vcardText(counted)
  const { stdout } = host
  // What is in a contact must not steer a terminal, whatever the format.
  for await (const chunk of text)
    await stdout.write(stdout.isTerminal && format !== 'table' ? safeLines(chunk) : chunk)
  return counted.count
}

interface Counted extends AsyncIterable<Contact> {
  count: number
}

function countedOf(contacts: AsyncIterable<Contact>): Counted {
  return {
    count: 0,
    async *[Symbol.asyncIterator]() {
      for await (const contact of contacts) {
        this.count++
        yield contact
      }
    },
  }
}

async function* tableText(
  contacts: AsyncIterable<Contact>,
  host: Host,
  columns: readonly ColumnReader[] = compileColumns(['id', 'name', 'email', 'phone']),
): AsyncGenerator<string, void, undefined> {
  const { stdout } = host
  const open = (sample: readonly string[][]): TablePrinter =>
    createTable(
      {
        columns: columns.map(({ name }) => ({ title: name })),
        width: stdout.isTerminal ? stdout.columns : undefined,
        style: styleOf(host, stdout),
      },
      sample,
    )
  const sample: string[][] = []
  let table: TablePrinter | undefined
  for await (const contact of contacts) {
    const row = columns.map((column) => column.read(contact))
    if (table) yield table.row(row)
    else {
      sample.push(row)
      if (sample.length < SAMPLE) continue
      table = open(sample)
      yield table.head + sample.map(table.row).join('')
    }
  }
  if (table || sample.length === 0) return
  const whole = open(sample)
  yield whole.head + sample.map(whole.row).join('')
}

async function* ndjsonText(
  contacts: AsyncIterable<Contact>,
  columns: readonly ColumnReader[] | undefined,
): AsyncGenerator<string, void, undefined> {
  for await (const contact of contacts) {
    const { raw: _, ...fields } = contact
    const chosen = columns
      ? Object.fromEntries(columns.map((column) => [column.name, column.value(contact)]))
      : fields
    yield `${JSON.stringify(chosen)}\n`
  }
}

function vcardText(_contacts: AsyncIterable<Contact>): AsyncIterable<string> {
  throw new UsageError('vCard is not there yet.')
}
