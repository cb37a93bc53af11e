import type { CsvDelimiter } from '@anycontact/core'
import Papa from 'papaparse'
import { headerText } from './column.ts'
import type { CsvSettings } from './options.ts'
import { plain } from './plain.ts'
import type { CsvForm } from './records.ts'
import { matchField } from './synonyms.ts'

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t']

/** How much of a file is looked at, where its first record does not end before. */
const MOST_CHARACTERS = 65_536

/** What a line holds that holds nothing. */
const NOTHING = [' ', '\n', '\r', ...DELIMITERS]

/** The beginning of a file. */
export interface FileStart {
  readonly form: CsvForm
  /** The text that the records begin in. */
  readonly text: string
  /** The line in which it begins, from 1. */
  readonly line: number
}

/**
 * Finds out how the text of a file is cut, from its beginning.
 *
 * @param text - what has been read of it
 * @param isEnd - whether there is no more
 * @returns `undefined` where more of it is needed
 */
export function findForm(text: string, isEnd: boolean, settings: CsvSettings): FileStart | undefined {
  const end = firstLineEnd(text)
  const isEnough = isEnd || text.length >= MOST_CHARACTERS
  // A line feed may come next.
  if ((end < 0 || (text[end] === '\r' && end === text.length - 1)) && !isEnough) return undefined
  const newline = text[end] === '\r' && text[end + 1] !== '\n' ? '\r' : '\n'
  // Excel's own way to say it, in a line before the header.
  const said = /^"?sep=([,;\t])"?\r?\n?/i.exec(text)
  if (said && !isEnough && said[0].length === text.length) return undefined
  if (said?.[1] && !settings.delimiter) {
    const delimiter = DELIMITERS.find((one) => one === said[1]) ?? ','
    return { form: { delimiter, newline }, text: text.slice(said[0].length), line: 2 }
  }
  const delimiter =
    settings.delimiter ?? findDelimiter(end < 0 ? text : text.slice(0, end), newline, settings)
  return { form: { delimiter, newline }, text, line: 1 }
}

/** The delimiter that makes of a header the most names that are known, or else the most cells. */
function findDelimiter(
  start: string,
  newline: CsvForm['newline'],
  { columns = {} }: CsvSettings,
): CsvDelimiter {
  const named = Array.isArray(columns) ? [] : Object.keys(columns).map(plain)
  const wanted = Array.isArray(columns) ? columns.length : undefined
  const scores = DELIMITERS.map((delimiter) => {
    const lines = Papa.parse<string[]>(start, { delimiter, newline }).data
    const cells = (lines.at(-1) ?? []).map(headerText)
    const known = cells.filter((cell) => matchField(cell) || named.includes(plain(cell))).length
    const fits = wanted === undefined ? known : Number(cells.length === wanted)
    return { delimiter, score: fits * 1e6 + cells.length }
  })
  const best = Math.max(...scores.map(({ score }) => score))
  return scores.find(({ score }) => score === best)?.delimiter ?? ','
}

/** Where the first line that holds something ends; -1 where that is not in sight. */
function firstLineEnd(text: string): number {
  let isQuoted = false
  let isBlank = true
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') isQuoted = !isQuoted
    else if ((sign === '\n' || sign === '\r') && !isQuoted && !isBlank) return at
    if (!NOTHING.includes(sign ?? '')) isBlank = false
  }
  return -1
}
