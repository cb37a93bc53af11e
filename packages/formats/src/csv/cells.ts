import type { ContactInput, ContactsErrorIssue, JsonValue } from '@anycontact/core'
import { isPlainObject, unescapeFormula } from '@anycontact/core/adapter-kit'
import type { CsvColumnUse } from './header.ts'
import type { CsvSettings, CsvValueType } from './options.ts'

/** What a cell was found to hold. */
export type CellValue = { readonly value: unknown } | { readonly problem: string } | undefined

/** A column with the way to read its cells. */
export interface CellReader {
  /** The field, or `customFields`. */
  readonly field: keyof ContactInput
  /** The custom field. */
  readonly key?: string
  /** Reads a cell; nothing where it is blank. */
  read(cell: string): CellValue
}

/** What cells are told apart by. */
export type CellKind = 'phone' | 'any'

/** What a spreadsheet makes of a long number: 4.47E+11. */
const SHORTENED = /^[+-]?\d+(?:[.,]\d+)?E\+?\d+$/i
/** The same as it always writes it: an id may look like 12E5. */
const SURELY_SHORTENED = /^[+-]?\d(?:[.,]\d+)?E\+\d{2,}$/

const SHORTENED_PROBLEM =
  'is a long number that a spreadsheet has shortened, such as 4.4E+11: make the column text there, and export it again'

/** Makes the readers of the columns; none for those that are left out. */
export function cellReaders(
  columns: readonly CsvColumnUse[],
  { customFields }: CsvSettings,
): readonly (CellReader | undefined)[] {
  return columns.map(({ to }) => {
    if (to === null) return undefined
    if (!to.startsWith('customFields.')) return fieldReader(to as keyof ContactInput)
    const key = to.slice('customFields.'.length)
    const type = Object.hasOwn(customFields, key) ? customFields[key] : undefined
    return { field: 'customFields', key, read: filled((text) => readTyped(text, type ?? 'text')) }
  })
}

function fieldReader(field: keyof ContactInput): CellReader {
  if (field === 'tags') return { field, read: filled(readTags) }
  if (field === 'contactMethods') return { field, read: filled(readMethods) }
  if (field === 'customFields') return { field, read: filled(readObject) }
  const kind = field === 'phone' ? 'phone' : 'any'
  const shortened = field === 'phone' ? SHORTENED : SURELY_SHORTENED
  const isNumeric = field === 'phone' || field === 'externalId' || field === 'id'
  return {
    field,
    read: filled(
      (text) => (isNumeric && shortened.test(text) ? { problem: SHORTENED_PROBLEM } : { value: text }),
      kind,
    ),
  }
}

/**
 * What is in a cell, without the apostrophe of our own export and without blanks around it. No phone number begins with an apostrophe:
 * it is how people keep a spreadsheet from taking one for a sum.
 */
export function cellText(cell: string, kind: CellKind): string {
  const text = unescapeFormula(cell.trim(), kind).trim()
  return kind === 'phone' ? text.replace(/^['’\s]+/, '') : text
}

function filled(read: (text: string) => CellValue, kind: CellKind = 'any') {
  return (cell: string): CellValue => {
    const text = cellText(cell, kind)
    return text === '' ? undefined : read(text)
  }
}

const TRUE = ['true', 'yes', '1']
const FALSE = ['false', 'no', '0']

function readTyped(text: string, type: CsvValueType): CellValue {
  if (type === 'json') return readJson(text)
  if (type === 'number') {
    return /^[+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?$/i.test(text)
      ? { value: Number(text) }
      : { problem: 'must be a number with a point, such as 7.5' }
  }
  if (type === 'boolean') {
    const word = text.toLowerCase()
    if (TRUE.includes(word)) return { value: true }
    return FALSE.includes(word) ? { value: false } : { problem: 'must be true or false, yes or no, 1 or 0' }
  }
  return { value: text }
}

function readJson(text: string): CellValue {
  try {
    const value: JsonValue = JSON.parse(text)
    return { value }
  } catch {
    return { problem: 'must be JSON' }
  }
}

function readObject(text: string): CellValue {
  const read = readJson(text)
  return read && 'value' in read && isPlainObject(read.value) ? read : { problem: 'must be a JSON object' }
}

/** As `exportCsv` writes them, or as people do. */
function readTags(text: string): CellValue {
  if (text.startsWith('[')) return readJson(text)
  const tags = text
    .split(/,|;|:::/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  return { value: [...new Set(tags)] }
}

/** As `exportCsv` writes them: without what only their provider can set. */
function readMethods(text: string): CellValue {
  const read = readJson(text)
  if (!read || !('value' in read) || !Array.isArray(read.value)) return { problem: 'must be a JSON array' }
  return { value: read.value.map((method: unknown) => (isPlainObject(method) ? writable(method) : method)) }
}

function writable(method: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, verified, ...others } = method
  // That it is not verified is what is so anyway.
  return verified === true ? { ...others, verified } : others
}

/** The issue for a cell. */
export function cellIssue({ field, key }: CellReader, message: string): ContactsErrorIssue {
  return { path: key === undefined ? field : `${field}.${key}`, message }
}
