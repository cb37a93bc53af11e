import type { RefKey } from '@anycontact/core'
import { isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import { badFile, badOptions } from '../problems.ts'
import { type Damage, decodeText } from '../source/decode.ts'
import { type FileInput, readChunks } from '../source/input.ts'
import { readLines } from './lines.ts'
import { lineReader, type NdjsonRow } from './row.ts'

/**
 * How an NDJSON file is read.
 *
 * @typeParam By - the key that each contact must have
 */
export interface ReadNdjsonOptions<By extends RefKey = RefKey> {
  /**
   * The key by which contacts are told apart, as in `upsertMany`: a line without it is refused, and so is one whose key an earlier
   * line has. The keys of the whole file are then kept in memory, about a hundred bytes each. With `'id'`, the member `id` is read.
   * @default none
   */
  readonly by?: By | undefined
}

/**
 * Reads contacts from a file that has one as JSON in each line: what `writeNdjson` writes, or any program that knows what a contact is.
 * A line of which no contact can be made is given with its error, and the next one is read.
 *
 * - **Members** are those of a `ContactInput`, and mean what they mean there: `null` clears. Another member refuses the line, because
 *   nothing is left out in silence; what is not known belongs into `customFields`.
 * - **Contacts that were exported** are read as contacts to be written: `provider`, `id`, `createdAt`, `updatedAt`, `deleted` and `raw`, and
 *   what only a provider can set of a contact method, are left out. So are lists and custom fields that are empty, and contact
 *   methods that say no more than `email` and `phone`, where the line has `provider`. In a line without it, `notes` says what was left out.
 * - **Numbers** with more digits than JavaScript numbers hold refuse their line, wherever it would keep them.
 * - **Lines** that are blank are left out, and so are those that have nothing but what `refusedNdjson` says of the line below. One that is
 *   longer than 16 million characters is refused.
 *
 * @param input - the file, in UTF-8, or in UTF-16 with a byte order mark
 * @param options - the key of its contacts
 * @returns the rows, which can be read once; nothing is read before
 * @throws ContactsError `invalid_input` for options that cannot work, and, when it is iterated over, for a file that is none. What reading
 * the file throws is thrown as it is.
 *
 * @example
 * ```ts
 * const rows = readNdjson(createReadStream('contacts.ndjson'), { by: 'externalId' })
 * const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
 * ```
 */
export function readNdjson<By extends RefKey = never>(
  input: FileInput,
  options: ReadNdjsonOptions<By> = {},
): AsyncIterable<NdjsonRow<By>> {
  checkOptions(options)
  // The options say the same key as the type does.
  return new NdjsonFile(input, options.by) as AsyncIterable<NdjsonRow<RefKey>> as AsyncIterable<NdjsonRow<By>>
}

function checkOptions(options: ReadNdjsonOptions): void {
  if (!isPlainObject(options)) {
    throw badOptions('readNdjson', [{ path: 'options', message: 'must be a plain object' }])
  }
  const issues = Object.keys(options)
    .filter((key) => key !== 'by')
    .map((path) => ({ path, message: 'is not an option; the only one is by' }))
  const { by } = options
  if (by !== undefined && !REF_KEYS.some((key) => key === by)) {
    issues.push({ path: 'by', message: `must be one of ${REF_KEYS.join(', ')}` })
  }
  if (issues.length > 0) throw badOptions('readNdjson', issues)
}

class NdjsonFile implements AsyncIterable<NdjsonRow> {
  readonly #input: FileInput
  readonly #by: RefKey | undefined
  #isRead = false

  constructor(input: FileInput, by: RefKey | undefined) {
    this.#input = input
    this.#by = by
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<NdjsonRow, void, undefined> {
    if (this.#isRead) throw badFile('has been read already: make the rows anew')
    this.#isRead = true
    const damage: Damage = { isFound: false }
    const read = lineReader(this.#by, damage)
    for await (const lines of readLines(decodeText(readChunks(this.#input), undefined, damage))) {
      for (const line of lines) {
        const row = read(line)
        if (row) yield row
      }
    }
  }
}
