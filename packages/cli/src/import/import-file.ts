import { constants, createReadStream } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type ContactInput, ContactsError, type CsvDelimiter, type RefKey } from '@anycontact/core'
import {
  type ContactRow,
  type CsvColumnUse,
  type CsvRow,
  type CsvTarget,
  type NdjsonRow,
  readCsv,
  readNdjson,
  readVCards,
  refusedCsv,
  refusedNdjson,
  refusedVCards,
  type VCardRow,
} from '@anycontact/formats'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import type { FileFormat } from '../input/file-format.ts'
import { unreadable } from '../output/file.ts'
import { inWordsOfOptions } from './csv-words.ts'

/** How a file is read. */
export interface ImportFileOptions {
  readonly format: FileFormat
  /** The key that tells its contacts apart. */
  readonly by: RefKey
  /** Where columns go, by their headers; `null` leaves one out. */
  readonly columns: Readonly<Record<string, CsvTarget>>
  readonly delimiter?: CsvDelimiter | undefined
  readonly encoding?: string | undefined
  /** Whether the provider keeps more addresses and numbers of a contact than one of each. */
  readonly holdsMethods: boolean
}

/** A row that was not imported. */
export interface Failure {
  readonly line: number
  readonly error: ContactsError
}

/** Rows that were not imported, and the same as a file. */
export interface RefusedRows {
  readonly failures: readonly Failure[]
  /** As the file has them, each with the reason; nothing where there is none. */
  readonly text: string
}

/** A file of contacts, which can be read as often as it is needed. */
export interface ImportFile {
  /** As the command line has it. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** The same without links: whatever it is called by, it is one file. */
  readonly realPath: string
  readonly format: FileFormat
  /** Where the columns of a CSV file go; `undefined` for other files. */
  columns(): Promise<readonly CsvColumnUse[] | undefined>
  /** Its rows, from the first one on. */
  rows(): AsyncIterable<ContactRow>
  /**
   * Reads the file once more for the rows that were not imported.
   *
   * @param reasonOf - says why a contact was not imported; `undefined` for one that was
   */
  refused(reasonOf: (contact: ContactInput) => ContactsError | undefined): Promise<RefusedRows>
}

/**
 * Opens a file of contacts.
 *
 * @param name - as the command line has it
 * @throws UsageError for a file that is not there, or options that do not fit it
 */
export async function openImportFile(
  name: string,
  options: ImportFileOptions,
  { cwd }: Pick<Host, 'cwd'>,
): Promise<ImportFile> {
  const path = resolve(cwd, name)
  const there = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if (!there.isFile()) {
    const what = there.isDirectory() ? 'is a folder' : 'is a pipe or a device'
    throw new UsageError(`${name} ${what}: an import reads a file, and more than once.`)
  }
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  checkOptions(options, name)
  const file = { name, path, realPath: await realpath(path), format: options.format }
  // Opened when it is read, and closed when it is left.
  async function* input(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* createReadStream(path)
  }
  const { by, columns, delimiter, encoding, holdsMethods } = options
  switch (options.format) {
    case 'csv': {
      const addresses = holdsMethods ? 'contactMethods' : 'customFields'
      const read = () => readCsv(input(), { by, columns, delimiter, encoding, addresses })
      const header = async (): Promise<readonly CsvColumnUse[]> => {
        try {
          return (await read().header()).columns
        } catch (error) {
          throw ContactsError.is(error) ? new UsageError(inWordsOfOptions(name, error)) : error
        }
      }
      return { ...file, columns: header, ...rowsOf<CsvRow>(read, refusedCsv) }
    }
    case 'ndjson': {
      const read = () => readNdjson(input(), { by })
      return { ...file, columns: async () => undefined, ...rowsOf<NdjsonRow>(read, refusedNdjson) }
    }
    case 'vcard': {
      // Where there is room for one number, the mobile one is kept too.
      const mobileAs = holdsMethods ? undefined : 'phone'
      const read = () => readVCards(input(), { by, encoding, mobileAs })
      return { ...file, columns: async () => undefined, ...rowsOf<VCardRow>(read, refusedVCards) }
    }
  }
}

function checkOptions({ format, columns, delimiter, encoding }: ImportFileOptions, name: string): void {
  if (format === 'csv') return
  if (Object.values(columns).includes(null)) {
    throw new UsageError(`${name} has no columns: --ignore is for CSV. --drop leaves a field out.`)
  }
  if (delimiter !== undefined) throw new UsageError(`--delimiter is for CSV, and ${name} is ${format}.`)
  if (encoding !== undefined && format === 'ndjson')
    throw new UsageError(`--encoding is not for NDJSON, which is UTF-8.`)
}

function rowsOf<Row extends ContactRow>(
  read: () => AsyncIterable<Row>,
  print: (report: { readonly failures: readonly (Failure & { readonly row: Row })[] }) => string,
): Pick<ImportFile, 'rows' | 'refused'> {
  return {
    rows: read,
    async refused(reasonOf) {
      const failures: (Failure & { readonly row: Row })[] = []
      for await (const row of read()) {
        const error = row.error ?? reasonOf(row.contact)
        if (error) failures.push({ line: row.line, error, row })
      }
      return { failures, text: print({ failures }) }
    },
  }
}
