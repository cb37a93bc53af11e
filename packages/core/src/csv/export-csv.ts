import { badOptions, readOptions } from '../client/calls.ts'
import { checkClient } from '../client/option-kinds.ts'
import { type OptionsOf, SIGNATURES } from '../client/signatures.ts'
import type { ContactsErrorIssue } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ListQuery } from '../model/query.ts'
import { badExport, type ColumnReader, type CsvColumn, compileColumns } from './columns.ts'
import { escapeFormula, escapeInnerFormulas } from './formula.ts'
import { iterableStream } from './iterable-stream.ts'
import { type CsvDelimiter, csvRow, isDelimiter } from './row.ts'

/**
 * Whatever can list contacts: any client, or an object of one's own.
 *
 * @typeParam Query - what its `list` takes
 */
export interface CsvSource<Query> {
  /** Lists contacts, as a client does. */
  list(query?: Query): AsyncIterable<Contact>
}

/** How contacts are printed as CSV. */
export interface ExportCsvOptions {
  /**
   * Which columns, in which order: fields of the contact, and custom fields by their dotted path.
   *
   * @default every field but `raw`, in the order of the model
   */
  readonly columns?: readonly CsvColumn[] | undefined
  /** What stands between cells: many spreadsheets split at `;` where the comma is the decimal sign. @default ',' */
  readonly delimiter?: CsvDelimiter | undefined
  /** Whether the first record holds the columns' names. @default true */
  readonly header?: boolean | undefined
  /** Whether the text begins with a byte order mark, which Excel needs to read UTF-8. @default false */
  readonly bom?: boolean | undefined
  /**
   * Whether a cell that a spreadsheet would run as a formula gets an apostrophe in front. Turn it off only when no
   * spreadsheet will open the file. @default true
   */
  readonly formulaEscape?: boolean | undefined
  /**
   * Whether what looks like a formula gets an apostrophe inside a cell too, behind a comma, a semicolon, a tab, a bar or a line
   * end: for files of which nobody knows at what a spreadsheet will split them. It alters text, and JSON in cells with it.
   * @default false
   */
  readonly excelSafe?: boolean | undefined
}

/** A chunk is handed on at this length: rows one by one would cost more than the printing does. */
const CHUNK_CHARACTERS = 8192

/**
 * Prints a listing as CSV, with any provider, as a stream of text.
 *
 * - **Form**: RFC 4180: commas, or the `delimiter`, CRLF after every record, quotes where needed and doubled inside. An empty listing gives the header.
 * - **Cells**: text as it is, nothing for what is absent, `true` and `false`, numbers as JSON prints them, and JSON for arrays
 *   and objects (`tags`, `contactMethods`, `customFields`, `raw`): nothing is lost. Without `columns`, the cell of
 *   `contactMethods` is empty when it would only repeat `email` and `phone`.
 * - **Formulas**: a cell that begins with `= + - @`, one of their full-width forms, a tab or a line end, also behind blanks or
 *   invisible characters, gets an apostrophe in front. Numbers with a sign (`-12.5`, `+14155552671`) stay as they are, and so do
 *   phone numbers like `+1 (415) 555-2671` in the `phone` column. A spreadsheet that splits at another delimiter than the file's
 *   may begin a cell elsewhere: `excelSafe` escapes there as well.
 * - **Flow**: nothing is requested before the first read, and contacts are read no faster than the text is. A chunk holds whole
 *   records. Cancelling the stream ends the listing. When the listing fails, the rows before the failure are handed out,
 *   then the stream fails with the same error; it fails at once when there are none.
 *
 * @param contacts - a client that can list
 * @param options - what to list, as `list` takes it, and how to print it
 * @returns a stream that can be read once, by `for await` too; pipe it through a `TextEncoderStream` where bytes are wanted
 * @throws ContactsError `invalid_input` for columns that are no fields, and for another delimiter than these
 *
 * @example
 * ```ts
 * const csv = exportCsv(contacts, {
 *   where: { customFields: { plan: 'pro' } },
 *   columns: ['name', 'email', 'phone', 'customFields.plan'],
 *   bom: true,
 * })
 * return new Response(csv.pipeThrough(new TextEncoderStream()), { headers: { 'content-type': 'text/csv; charset=utf-8' } })
 * ```
 */
export function exportCsv<Query extends object>(
  contacts: CsvSource<Query>,
  options?: NoInfer<Query> & ExportCsvOptions,
): ReadableStream<string> & AsyncIterable<string>
export function exportCsv(
  contacts: CsvSource<ListQuery>,
  given: ListQuery & ExportCsvOptions = {},
): ReadableStream<string> & AsyncIterable<string> {
  checkClient(contacts, 'contacts', 'list')
  const {
    columns,
    delimiter = ',',
    header = true,
    bom = false,
    formulaEscape = true,
    excelSafe,
    ...query
  } = readExportOptions(given)
  checkForm(delimiter, formulaEscape, excelSafe)
  const readers = compileColumns(columns)
  const names = readers.map(({ name }) => (excelSafe ? escapeInnerFormulas(name) : name))
  const start = (bom ? '\uFEFF' : '') + (header ? csvRow(names, delimiter) : '')
  const left = new AbortController()
  const signal = query.signal ? AbortSignal.any([query.signal, left.signal]) : left.signal
  const list = (): AsyncIterable<Contact> => contacts.list({ ...query, signal })
  const printRow = rowPrinter(readers, delimiter, formulaEscape, excelSafe)
  const printer = new CsvPrinter(list, start, printRow, left)
  return iterableStream(new ReadableStream(printer, { highWaterMark: 0 }))
}

const OPTIONS = {
  columns: 'data',
  header: 'flag',
  bom: 'flag',
  formulaEscape: 'flag',
  delimiter: 'any',
  excelSafe: 'any',
} as const satisfies OptionsOf<ExportCsvOptions>

/** Reads the options of an export once; what the listing is asked for is for the client to check. */
function readExportOptions(given: ListQuery & ExportCsvOptions): ListQuery & ExportCsvOptions {
  const { options, issues } = readOptions(given, { ...SIGNATURES.list[0], ...OPTIONS }, 'keep')
  if (issues.length > 0) throw badOptions('exportCsv', issues)
  return options
}

function checkForm(delimiter: unknown, formulaEscape: unknown, excelSafe: unknown): void {
  const issues: ContactsErrorIssue[] = []
  if (!isDelimiter(delimiter)) {
    issues.push({ path: 'delimiter', message: "must be ',', ';' or a tab ('\\t')" })
  }
  if (excelSafe !== undefined && typeof excelSafe !== 'boolean') {
    issues.push({ path: 'excelSafe', message: 'must be true or false' })
  } else if (excelSafe === true && formulaEscape === false) {
    issues.push({ path: 'excelSafe', message: 'disagrees with formulaEscape: give one of them' })
  }
  if (issues.length > 0) throw badExport(issues)
}

function rowPrinter(
  readers: readonly ColumnReader[],
  delimiter: CsvDelimiter,
  formulaEscape: boolean,
  excelSafe = false,
): (contact: Contact) => string {
  const cells = readers.map(({ name, read }) => {
    if (!formulaEscape) return read
    const kind = name === 'phone' ? 'phone' : 'any'
    const escaped = (contact: Contact): string => escapeFormula(read(contact), kind)
    return excelSafe ? (contact: Contact): string => escapeInnerFormulas(escaped(contact)) : escaped
  })
  return (contact) =>
    csvRow(
      cells.map((cell) => cell(contact)),
      delimiter,
    )
}

/** Reads contacts when text is asked for and prints them. */
class CsvPrinter implements UnderlyingDefaultSource<string> {
  readonly #list: () => AsyncIterable<Contact>
  readonly #printRow: (contact: Contact) => string
  readonly #left: AbortController
  /** What comes before the first row; empty once it is handed out. */
  #start: string
  #contacts: AsyncIterator<Contact> | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(
    list: () => AsyncIterable<Contact>,
    start: string,
    printRow: (contact: Contact) => string,
    left: AbortController,
  ) {
    this.#list = list
    this.#start = start
    this.#printRow = printRow
    this.#left = left
  }

  async pull(controller: ReadableStreamDefaultController<string>): Promise<void> {
    if (this.#failure) throw this.#failure.error
    const { rows, ended } = await this.#readRows()
    if (this.#left.signal.aborted) return
    const chunk = this.#start + rows
    this.#start = ''
    if (chunk !== '') controller.enqueue(chunk)
    if (ended) controller.close()
  }

  async cancel(reason: unknown): Promise<void> {
    this.#left.abort(reason ?? new DOMException('The export was left.', 'AbortError'))
    await this.#contacts?.return?.()
  }

  /** Reads until a chunk is full. A failure is kept for later when there are rows to hand out first. */
  async #readRows(): Promise<{ readonly rows: string; readonly ended: boolean }> {
    let rows = ''
    try {
      this.#contacts ??= this.#list()[Symbol.asyncIterator]()
      while (rows.length < CHUNK_CHARACTERS && !this.#left.signal.aborted) {
        const next = await this.#contacts.next()
        if (next.done) return { rows, ended: true }
        rows += this.#print(next.value)
      }
    } catch (error) {
      if (rows === '') throw error
      this.#failure = { error }
    }
    return { rows, ended: false }
  }

  #print(contact: Contact): string {
    try {
      return this.#printRow(contact)
    } catch (error) {
      // A `raw` that is no JSON. The listing did not fail, so it must be told; its answer would only hide this error.
      Promise.resolve(this.#contacts?.return?.()).catch(() => undefined)
      throw error
    }
  }
}
