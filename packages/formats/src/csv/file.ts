import { badFile } from '../problems.ts'
import { type Damage, isDamaged } from '../source/decode.ts'
import { type FileStart, findForm } from './form.ts'
import { type CsvHeader, headerOf, notTextMessage, readHeader } from './header.ts'
import type { CsvSettings } from './options.ts'
import { type CsvRecord, RecordReader } from './records.ts'

/** A file that has been read as far as its header. */
export interface OpenedFile {
  readonly header: CsvHeader
  /** What follows, in the parts in which it is read: a promise a record would cost more than the record. */
  readonly batches: AsyncIterable<readonly CsvRecord[]>
}

/**
 * Reads a file as far as its header.
 *
 * @param text - the file in parts
 * @throws ContactsError `invalid_input` for a file whose columns cannot be told
 */
export async function openFile(
  text: AsyncIterator<string, void, undefined>,
  settings: CsvSettings,
  damage: Damage,
): Promise<OpenedFile> {
  const start = await readStart(text, settings)
  const { delimiter } = start.form
  const others = readBatches(start, text)
  const [first, ...rest] = await fromFirstFilled(others)
  if (Array.isArray(settings.columns)) {
    const header = headerOf(settings.columns, delimiter, settings)
    return { header, batches: first ? joined([first, ...rest], others) : others }
  }
  if (!first) throw badFile('is empty')
  if (first.problem !== undefined) throw badFile(`has no header: its first row ${first.problem}`)
  if (first.cells.some((cell) => isDamaged(cell, damage))) throw badFile(notTextMessage(settings.encoding))
  return { header: readHeader(first.cells, first.line, delimiter, settings), batches: joined(rest, others) }
}

async function readStart(
  parts: AsyncIterator<string, void, undefined>,
  settings: CsvSettings,
): Promise<FileStart> {
  let text = ''
  for (;;) {
    const next = await parts.next()
    if (!next.done) text += next.value
    const start = findForm(text, next.done === true, settings)
    if (start) return start
  }
}

async function* readBatches(
  { form, text, line }: FileStart,
  parts: AsyncIterator<string, void, undefined>,
): AsyncGenerator<readonly CsvRecord[], void, undefined> {
  const reader = new RecordReader(form, line)
  yield reader.push(text)
  while (!reader.isOver) {
    const next = await parts.next()
    yield next.done ? reader.end() : reader.push(next.value)
  }
}

/** The records from the first one on that is not blank, as far as they have been read; none where there is none. */
async function fromFirstFilled(
  batches: AsyncIterator<readonly CsvRecord[], void, undefined>,
): Promise<readonly CsvRecord[]> {
  for (;;) {
    const next = await batches.next()
    if (next.done) return []
    const filled = next.value.findIndex(
      ({ cells, problem }) => problem !== undefined || cells.some((cell) => cell.trim() !== ''),
    )
    if (filled >= 0) return next.value.slice(filled)
  }
}

async function* joined(
  first: readonly CsvRecord[],
  others: AsyncIterable<readonly CsvRecord[]>,
): AsyncGenerator<readonly CsvRecord[], void, undefined> {
  yield first
  yield* others
}
