import { UsageError } from '../errors/usage-error.ts'

/** What files of contacts are. */
export const FILE_FORMATS = ['csv', 'vcard', 'ndjson'] as const

/** One of {@link FILE_FORMATS}. */
export type FileFormat = (typeof FILE_FORMATS)[number]

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  vcf: 'vcard',
  vcard: 'vcard',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
}

/**
 * The format of a file, as its name ends.
 *
 * @param done - what is done with the file, for the error
 * @throws UsageError for an ending that tells nothing
 */
export function formatOfFile(path: string, done: 'read' | 'written'): FileFormat {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined
  if (format !== undefined) return format
  throw new UsageError(
    `The name of ${path} does not tell how it is to be ${done}: add --format ${FILE_FORMATS.join(', or --format ')}.`,
  )
}
