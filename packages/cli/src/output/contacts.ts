import { type Contact, exportCsv } from '@anycontact/core'
import { type ColumnReader, compileColumns } from '@anycontact/core/adapter-kit'
import { writeNdjson, writeVCards } from '@anycontact/formats'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host, Output } from '../host.ts'
import type { Format } from './format.ts'
import { jsonLine, safeLines, safeText } from './safe-text.ts'
import { type Style, styleOf } from './style.ts'
import { createTable, type TablePrinter } from './table.ts'
import { counted as countOf } from './whole.ts'

/** How contacts are printed. */
export interface PrintOptions {
  readonly format: Format
  /** Which columns; without them a table has the few that tell people apart, and every other format all fields but `raw`. */
  readonly columns?: readonly ColumnReader[] | undefined
  /** Of vCards. @default '3.0' */
  readonly vcardVersion?: '3.0' | '4.0' | undefined
  /** Where they are printed to. @default standard output */
  readonly to?: Output | undefined
  /** Told of each contact how many there were up to it. */
  readonly onContact?: ((count: number) => void) | undefined
  /** Called when all are printed, before anything is said of them. */
  readonly onEnd?: (() => Promise<void>) | undefined
}

/** @throws UsageError where columns are asked for, and the format has none */
export function checkColumns({ format, columns }: Pick<PrintOptions, 'format' | 'columns'>): void {
  if (format !== 'vcard' || columns === undefined) return
  throw new UsageError('A vCard has no columns: leave --columns out, or take --format csv or ndjson.')
}

/** The columns of a table are measured on so many contacts; the rest follows as it comes. */
const SAMPLE = 50

/**
 * Prints contacts as they come, in little memory. What the format has no place for is counted on standard error.
 *
 * @returns how many were printed
 * @throws Ended where whoever reads them has gone
 */
export async function printContacts(
  contacts: AsyncIterable<Contact>,
  host: Host,
  { format, columns, vcardVersion, to = host.stdout, onContact, onEnd }: PrintOptions,
): Promise<number> {
  checkColumns({ format, columns })
  const leftOut = new Map<string, number>()
  const counted = countedOf(contacts, onContact)
  const text =
    format === 'table'
      ? tableText(counted, { output: to, style: styleOf(host, to) }, columns)
      : format === 'csv'
        ? exportCsv({ list: () => counted }, columns && { columns: columns.map(({ name }) => name) })
        : format === 'ndjson'
          ? ndjsonText(counted, columns)
          : writeVCards(counted, {
              version: vcardVersion,
              onLeftOut({ fields }) {
                for (const field of fields) leftOut.set(field, (leftOut.get(field) ?? 0) + 1)
              },
            })
  // What is in a contact must not steer a terminal, whatever the format.
  for await (const chunk of text) {
    await to.write(to.isTerminal && format !== 'table' ? safeLines(chunk) : chunk)
    // What is left would be read for nobody.
    if (to.isGone()) throw new Ended(EXIT.done)
  }
  await onEnd?.()
  if (leftOut.size > 0) {
    const fields = [...leftOut].map(([field, count]) => `${field} (${countOf(count, 'contact')})`)
    await host.stderr.write(`${safeText(`Not in the vCards: ${fields.join(', ')}.`)}\n`)
  }
  return counted.count
}

interface Counted extends AsyncIterable<Contact> {
  count: number
}

function countedOf(contacts: AsyncIterable<Contact>, onContact?: (count: number) => void): Counted {
  return {
    count: 0,
    async *[Symbol.asyncIterator]() {
      for await (const contact of contacts) {
        this.count++
        onContact?.(this.count)
        yield contact
      }
    },
  }
}

async function* tableText(
  contacts: AsyncIterable<Contact>,
  { output, style }: { readonly output: Output; readonly style: Style },
  columns: readonly ColumnReader[] = compileColumns(['id', 'name', 'email', 'phone']),
): AsyncGenerator<string, void, undefined> {
  const open = (sample: readonly string[][]): TablePrinter =>
    createTable(
      {
        columns: columns.map(({ name }) => ({ title: name })),
        width: output.isTerminal ? output.columns : undefined,
        style,
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

function ndjsonText(
  contacts: AsyncIterable<Contact>,
  columns: readonly ColumnReader[] | undefined,
): AsyncIterable<string> {
  return columns ? chosenText(contacts, columns) : writeNdjson(contacts)
}

async function* chosenText(
  contacts: AsyncIterable<Contact>,
  columns: readonly ColumnReader[],
): AsyncGenerator<string, void, undefined> {
  for await (const contact of contacts) {
    const chosen = Object.fromEntries(columns.map((column) => [column.name, column.value(contact)]))
    yield jsonLine(chosen)
  }
}
