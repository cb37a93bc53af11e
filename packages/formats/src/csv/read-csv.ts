import type { RefKey } from '@anycontact/core'
import { badFile } from '../problems.ts'
import { type Damage, decodeText } from '../source/decode.ts'
import { type FileInput, readChunks } from '../source/input.ts'
import { type OpenedFile, openFile } from './file.ts'
import type { CsvHeader } from './header.ts'
import { type CsvSettings, checkOptions, type ReadCsvOptions } from './options.ts'
import { type CsvRow, rowReader } from './row.ts'

/**
 * The rows of a CSV file, which can be read once. Nothing is read before.
 *
 * @typeParam By - the key that each contact has
 */
export interface CsvRows<By extends RefKey = never> extends AsyncIterable<CsvRow<By>> {
  /**
   * Tells what was found at the beginning of the file, and where each column goes. The rows can be read afterwards.
   *
   * @throws ContactsError `invalid_input` for a file whose columns cannot be told
   */
  header(): Promise<CsvHeader>
}

/**
 * Reads contacts from a CSV file, row by row, in little memory. A row of which no contact can be made is given with its error and
 * the line in which it begins, and the next one is read.
 *
 * - **Columns** are found by their names: `E-mail`, `First Name`, `external_id`. What is no field of a contact becomes a custom
 *   field; the second of two columns called `City` is `City (2)`. `header()` tells which column goes where, and `columns` says it
 *   otherwise. With `addresses: 'contactMethods'`, the further addresses of address books become contact methods.
 * - **Cells**: blanks around them are left out. A blank cell says nothing: the field is absent, so that it is left as it is. What
 *   `exportCsv` writes is read back: the apostrophe before a formula is taken away, `tags`, `contactMethods` and `customFields` are
 *   JSON. A number that a spreadsheet has shortened (`4.47E+11`) is no phone number.
 * - **Form**: commas, semicolons or tabs, and UTF-8, or UTF-16 with a byte order mark, are found out.
 * - **Rows** with more or fewer cells than the header are refused; rows in which every cell is blank are left out.
 *
 * @param input - the file
 * @param options - the key of its contacts, where columns go, what is in them
 * @throws ContactsError `invalid_input` for options that cannot work; when it is iterated over, for a file that is none, or has
 * columns that cannot be told. What reading the file throws is thrown as it is.
 *
 * @example
 * ```ts
 * const rows = readCsv(await fetch('https://example.com/contacts.csv'), { by: 'email' })
 * for await (const { contact, error, line } of rows) {
 *   if (error) console.error(error.message)
 *   else console.log(line, contact.email)
 * }
 * ```
 */
export function readCsv<By extends RefKey = never>(
  input: FileInput,
  options?: ReadCsvOptions<By>,
): CsvRows<By> {
  const settings = checkOptions(options)
  // The settings say the same key as the type does.
  return new CsvFile(input, settings) as CsvRows<RefKey> as CsvRows<By>
}

class CsvFile implements AsyncIterable<CsvRow> {
  readonly #text: AsyncGenerator<string, void, undefined>
  readonly #settings: CsvSettings
  #opened: Promise<OpenedFile> | undefined
  readonly #damage: Damage = { isFound: false }
  #isRead = false

  constructor(input: FileInput, settings: CsvSettings) {
    this.#text = decodeText(readChunks(input), settings.encoding, this.#damage)
    this.#settings = settings
  }

  async header(): Promise<CsvHeader> {
    return (await this.#open()).header
  }

  /** Leaves a file of which the beginning cannot be read: nobody reads on. */
  #open(): Promise<OpenedFile> {
    this.#opened ??= openFile(this.#text, this.#settings, this.#damage).catch(async (error: unknown) => {
      await this.#text.return()
      throw error
    })
    return this.#opened
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CsvRow, void, undefined> {
    if (this.#isRead) throw badFile('has been read already: make the rows anew')
    this.#isRead = true
    try {
      const { header, batches } = await this.#open()
      const read = rowReader(header, this.#settings, this.#damage)
      for await (const records of batches) {
        for (const record of records) {
          const row = read(record)
          if (row) yield row
        }
      }
    } finally {
      await this.#text.return()
    }
  }
}
