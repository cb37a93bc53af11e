import { createHash } from 'node:crypto'
import { type ContactInput, ContactsError } from '@anycontact/core'
import { unknownCursor } from '@anycontact/core/adapter-kit'
import { KeyLines } from './key-lines.ts'

/** An input, or what is wrong with the place where one should be; what the readers of `@anycontact/formats` give. */
export type InputRow =
  | { readonly contact: ContactInput; readonly error?: undefined; readonly line?: number | undefined }
  | { readonly contact?: undefined; readonly error: ContactsError; readonly line?: number | undefined }

/** Rows, from the first one on. */
export type InputRows = AsyncIterable<InputRow> | Iterable<InputRow>

/** How rows are read. */
export interface RowReaderOptions {
  /** The key of an input, in the form that keys are compared by; `undefined` where it has none. */
  readonly keyOf: (input: ContactInput) => string | undefined
  /** Told of each row that is read once more, because it comes before the place at which the rows are opened. */
  readonly onPassed?: ((row: NumberedRow) => void) | undefined
}

/** A row, with its number in the order of the rows, from 0. */
export interface NumberedRow {
  readonly row: InputRow
  readonly number: number
}

/** Rows in their order, and how far they were read. A place tells what came before it, so that other rows are noticed. */
export class RowReader {
  readonly #rows: AsyncIterator<InputRow> | Iterator<InputRow>
  readonly #digest = createHash('sha256')
  readonly #keyOf: RowReaderOptions['keyOf']
  readonly #lines = new KeyLines()
  #count = 0
  #isEnded = false

  private constructor(rows: InputRows, keyOf: RowReaderOptions['keyOf']) {
    this.#keyOf = keyOf
    this.#rows = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  }

  /**
   * Opens rows at a place, which means reading all that comes before it once more.
   *
   * @param place - absent for their beginning
   * @throws ContactsError `invalid_input` where other rows come before that place than did; `config` for what are no rows
   */
  static async open(
    rows: InputRows,
    place: string | undefined,
    signal: AbortSignal,
    { keyOf, onPassed }: RowReaderOptions,
  ): Promise<RowReader> {
    requireRows(rows)
    const reader = new RowReader(rows, keyOf)
    const count = place === undefined ? 0 : Number(/^(\d+)\./.exec(place)?.[1])
    try {
      for (let left = count; left > 0; left--) {
        signal.throwIfAborted()
        const passed = await reader.#next()
        if (!passed) break
        onPassed?.(passed)
      }
      if (place !== undefined && reader.place !== place) throw unknownCursor()
    } catch (error) {
      await reader.close()
      throw error
    }
    return reader
  }

  /** Where it stands: how many rows were read, and a hash of them. */
  get place(): string {
    return `${this.#count}.${this.#digest.copy().digest('base64url').slice(0, 22)}`
  }

  /** Whether there are no more rows. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** The next rows; fewer than asked for at their end. */
  async read(limit: number, signal: AbortSignal): Promise<NumberedRow[]> {
    const rows: NumberedRow[] = []
    while (rows.length < limit) {
      signal.throwIfAborted()
      const row = await this.#next()
      if (!row) break
      rows.push(row)
    }
    return rows
  }

  async #next(): Promise<NumberedRow | undefined> {
    const { value, done } = await this.#rows.next()
    if (done) {
      this.#isEnded = true
      return undefined
    }
    requireRow(value)
    const number = this.#count++
    this.#digest.update(JSON.stringify([value.contact, value.line]))
    return { row: this.#repeated(value) ?? value, number }
  }

  /** The row as one that is refused, where an earlier one has its key: two rows would be one contact. */
  #repeated({ contact, line }: InputRow): InputRow | undefined {
    const key = contact && this.#keyOf(contact)
    const before = key === undefined ? undefined : this.#lines.add(key, line)
    if (before === undefined) return undefined
    const message = before === 0 ? 'is the same as in an earlier row' : `is the same as in line ${before}`
    const error = new ContactsError({
      code: 'conflict',
      message: `The row is left out: its key ${message}.`,
      issues: [{ path: '', message: `its key ${message}` }],
    })
    return { error, ...(line !== undefined && { line }) }
  }

  /** Lets go of the rows. */
  async close(): Promise<void> {
    if (!this.#isEnded) await this.#rows.return?.()
    this.#isEnded = true
  }
}

// Programs without types may give anything. Their slip is no bad row: no row would be read otherwise.

function requireRows(rows: unknown): void {
  if (isObject(rows) && (Symbol.asyncIterator in rows || Symbol.iterator in rows)) return
  throw badRows('open must give rows that can be gone through, such as readCsv(…) of @anycontact/formats')
}

function requireRow(row: unknown): void {
  if (isObject(row) && (isObject(Reflect.get(row, 'contact')) || Reflect.get(row, 'error') instanceof Error))
    return
  throw badRows('each row of open must be { contact } or { error }')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function badRows(message: string): ContactsError {
  return new ContactsError({
    code: 'config',
    operation: 'inputSource',
    message: `The source cannot be read: ${message}.`,
    issues: [{ path: 'open', message }],
  })
}
