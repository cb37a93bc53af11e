import type { CsvDelimiter } from '@anycontact/core'
import Papa from 'papaparse'

/** How the text of a file is cut. */
export interface CsvForm {
  readonly delimiter: CsvDelimiter
  /** What ends a record. A carriage return before a line feed is a blank behind the last cell. */
  readonly newline: '\n' | '\r'
}

/** A record of a file. */
export interface CsvRecord {
  /** As they stand in the file; none where there is a problem. */
  readonly cells: readonly string[]
  /** The line in which it begins, from 1. */
  readonly line: number
  /** Why it cannot be cut into cells. */
  readonly problem?: string
}

/** A record longer than this was not meant as one: a spreadsheet has room for 32,767 characters in a cell. */
const MOST_CHARACTERS = 1_048_576

/** So much is looked at behind a wrong quote, for whose other end the parser looks through all that it gets. */
const LITTLE = 256

interface Step {
  readonly cells: readonly string[]
  readonly end: number
  readonly error: Papa.ParseError | undefined
}

/** Cuts text into records, however the text comes in parts. */
export class RecordReader {
  readonly #form: CsvForm
  /** What is left of the text: the beginning of a record. */
  #text = ''
  /** In which line that begins. */
  #line: number
  /** How long the text must be before it is looked at again: looking at each part of a long record would take too long. */
  #wanted = 0
  #isOver = false

  /** @param line - the line in which the text begins */
  constructor(form: CsvForm, line: number) {
    this.#form = form
    this.#line = line
  }

  /** Whether nothing more can be read. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Takes a part of the text; gives the records that are whole now. */
  push(text: string): readonly CsvRecord[] {
    this.#text += text
    const isTooLong = this.#text.length > MOST_CHARACTERS
    if (!isTooLong && (this.#text.length < this.#wanted || !text.includes(this.#form.newline))) return []
    const records = this.#read(false)
    this.#wanted = records.length > 0 ? 0 : this.#text.length * 2
    if (this.#text.length > MOST_CHARACTERS) {
      this.#isOver = true
      const problem = `is longer than ${MOST_CHARACTERS} characters: a closing quote may be missing; what follows was not read`
      return [...records, { cells: [], line: this.#line, problem }]
    }
    return records
  }

  /** Says that there is no more text; gives the records that are left. */
  end(): readonly CsvRecord[] {
    this.#isOver = true
    return this.#read(true)
  }

  #read(isEnd: boolean): readonly CsvRecord[] {
    const records: CsvRecord[] = []
    // Once for all of it; behind a record whose quotes are wrong, a little first, and then ever more.
    for (let most = Number.POSITIVE_INFINITY; this.#text !== ''; ) {
      const isAll = most >= this.#text.length
      if (this.#readRecords(isEnd && isAll, records, most)) most = LITTLE
      else if (isAll) break
      else most *= 2
    }
    return records
  }

  /**
   * Reads up to a record whose quotes are wrong.
   *
   * @param most - how much of the text is looked at
   * @returns whether there was one
   */
  #readRecords(isEnd: boolean, records: CsvRecord[], most: number): boolean {
    // Left to the parser, it would be taken away uncounted.
    if (this.#text.startsWith('\uFEFF')) this.#text = this.#text.slice(1)
    const text = this.#text.slice(0, most)
    let at = 0
    /** The last step is about what follows the last line end, whatever that is. */
    let held: Step | undefined
    let cut: number | undefined
    const settle = ({ cells, end, error }: Step): boolean => {
      if (error) cut = this.#leaveOut(text, error, isEnd, records, at)
      else {
        records.push({ cells: this.#withoutReturn(cells), line: this.#line })
        this.#line += this.#count(text, at, end)
        at = end
      }
      return !error
    }
    Papa.parse<string[]>(text, {
      ...this.#form,
      step: ({ data, errors, meta }, parser) => {
        const before = held
        held = { cells: data, end: meta.cursor, error: errors[0] }
        if (before && !settle(before)) {
          held = undefined
          parser.abort()
        }
      },
    })
    if (held && (held.error || (isEnd && at < text.length))) settle(held)
    this.#text = this.#text.slice(cut ?? at)
    return cut !== undefined
  }

  /**
   * Leaves out a record whose quotes are wrong, up to the end of the line in which that shows.
   *
   * @returns where to go on; `undefined` where that is not known yet
   */
  #leaveOut(
    text: string,
    { code, index = 0 }: Papa.ParseError,
    isEnd: boolean,
    records: CsvRecord[],
    start: number,
  ): number | undefined {
    const line = this.#line
    const opened = line + this.#count(text, start, index)
    const close = code === 'MissingQuotes' ? -1 : closingQuote(text, index)
    const lineEnd = close < 0 ? -1 : text.indexOf(this.#form.newline, close)
    if (lineEnd < 0 && !isEnd) return undefined
    const end = lineEnd < 0 ? text.length : lineEnd + 1
    const last = line + this.#count(text, start, lineEnd < 0 ? end : lineEnd)
    const problem =
      close < 0
        ? `has a quote that is opened in line ${opened} and never closed; what follows was not read`
        : `has a quote that is opened in line ${opened} and closed in line ${last} in the middle of a cell: quotes inside a cell must be doubled`
    records.push({ cells: [], line, problem })
    this.#line += this.#count(text, start, end)
    return end
  }

  /** Where lines end in a line feed, a carriage return before it belongs to the line end, not to the last cell. */
  #withoutReturn(cells: readonly string[]): readonly string[] {
    const last = cells.at(-1)
    if (this.#form.newline !== '\n' || !last?.endsWith('\r')) return cells
    const whole = [...cells]
    whole[whole.length - 1] = last.slice(0, -1)
    return whole
  }

  #count(text: string, from: number, to: number): number {
    let count = 0
    for (
      let at = text.indexOf(this.#form.newline, from);
      at >= 0 && at < to;
      at = text.indexOf(this.#form.newline, at + 1)
    )
      count++
    return count
  }
}

/** Where the cell that begins at a place is closed. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}
