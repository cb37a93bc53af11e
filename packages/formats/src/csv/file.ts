import { badFile } from '../problems.ts'
import { type Damage, isDamaged } from '../source/decode.ts'
import { type FileStart, findForm } from './form.ts'
import { type CsvHeader, headerOf, notTextMessage, readHeader } from './header.ts'
import type { CsvSettings } from './options.ts'
import { type CsvRecord, RecordReader } from './records.ts'

/** A file that has been read as far as its header. */
export interface OpenedFile {
  readonly header: CsvHeader
  /** What follows. */
  readonly records: AsyncIterable<CsvRecord>
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
  const records = readRecords(start, text)
  const first = await firstFilled(records)
  if (Array.isArray(settings.columns)) {
    const header = headerOf(settings.columns, delimiter, settings)
    return { header, records: first ? joined(first, records) : records }
  }
  if (!first) throw badFile('is empty')
  if (first.problem !== undefined) throw badFile(`has no header: its first row ${first.problem}`)
  if (first.cells.some((cell) => isDamaged(cell, damage))) throw badFile(notTextMessage(settings.encoding))
  return { header: readHeader(first.cells, first.line, delimiter, settings), records }
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

async function* readRecords(
  { form, text, line }: FileStart,
  parts: AsyncIterator<string, void, undefined>,
): AsyncGenerator<CsvRecord, void, undefined> {
  const reader = new RecordReader(form, line)
  yield* reader.push(text)
  while (!reader.isOver) {
    const next = await parts.next()
    yield* next.done ? reader.end() : reader.push(next.value)
  }
}

async function firstFilled(
  records: AsyncIterator<CsvRecord, void, undefined>,
): Promise<CsvRecord | undefined> {
  for (;;) {
    const next = await records.next()
    if (next.done) return undefined
    const { cells, problem } = next.value
    if (problem !== undefined || cells.some((cell) => cell.trim() !== '')) return next.value
  }
}

async function* joined(
  first: CsvRecord,
  others: AsyncIterable<CsvRecord>,
): AsyncGenerator<CsvRecord, void, undefined> {
  yield first
  yield* others
}
