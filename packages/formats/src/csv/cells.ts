import type { ContactInput, ContactsErrorIssue } from '@anycontact/core'
import { isPlainObject, parsedProblem, parseJson, unescapeFormula } from '@anycontact/core/adapter-kit'
import { writableMethod } from '../writable.ts'
import { isGoogle } from './addresses.ts'
import type { CsvColumnUse } from './column.ts'
import type { CsvSettings, CsvValueType } from './options.ts'

/** What a cell was found to hold. */
export type CellValue = { readonly value: unknown } | CellProblem | undefined

/** What is wrong with a cell. */
interface CellProblem {
  readonly problem: string
  /** Where in the cell, which is JSON. */
  readonly inside?: readonly string[]
}

/** A column with the way to read its cells. */
export interface CellReader {
  /** The place of the column, from 0. */
  readonly index: number
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

/** Makes the readers of the columns that are not left out. */
export function cellReaders(
  columns: readonly CsvColumnUse[],
  { customFields }: CsvSettings,
): readonly CellReader[] {
  const readLabels = isGoogle(columns.map(({ header }) => header)) ? readGoogleLabels : readTags
  return columns.flatMap((column, index): readonly CellReader[] => {
    const { to } = column
    if (to === null || to.startsWith('contactMethods.')) return []
    if (!to.startsWith('customFields.')) {
      const field = to as keyof ContactInput
      const read = field === 'tags' ? filled(readLabels) : fieldReader(field)
      return column.others === undefined
        ? [{ index, field, read }]
        : [{ index, field, read: (cell) => read(firstOf(cell)) }, othersReader(index, column.others)]
    }
    const key = to.slice('customFields.'.length)
    const type = Object.hasOwn(customFields, key) ? customFields[key] : undefined
    return [{ index, field: 'customFields', key, read: filled((text) => readTyped(text, type ?? 'text')) }]
  })
}

/** Where Google has several addresses in a cell, the first of them. */
function firstOf(cell: string): string {
  return cell.split(SEVERAL, 1)[0] ?? ''
}

/** What Google puts between the addresses of a cell. */
const SEVERAL = ':::'

function othersReader(index: number, target: `customFields.${string}`): CellReader {
  const key = target.slice('customFields.'.length)
  const read = filled((value) => ({ value }))
  return {
    index,
    field: 'customFields',
    key,
    read: (cell) =>
      cell.includes(SEVERAL) ? read(cell.slice(cell.indexOf(SEVERAL) + SEVERAL.length)) : undefined,
  }
}

function fieldReader(field: keyof ContactInput): CellReader['read'] {
  if (field === 'contactMethods') return filled(readMethods)
  if (field === 'customFields') return filled(readObject)
  if (field === 'phone') return filled(readPhone, 'phone')
  if (field === 'email') return filled(readEmail)
  if (field === 'externalId' || field === 'id') return filled(readId)
  return filled((value) => ({ value }))
}

function readId(text: string): CellValue {
  return SURELY_SHORTENED.test(text) ? { problem: SHORTENED_PROBLEM } : { value: text }
}

/** Numbers stand beside each other with these between them; each has so many digits at least, which an extension has not. */
const BETWEEN_NUMBERS = /[,;|/\n]|:::/
const LEAST_DIGITS = 7

/** What a cell was found to hold: text. */
type TextValue = { readonly value: string } | { readonly problem: string }

/** Reads a phone number. */
export function readPhone(text: string): TextValue {
  if (SHORTENED.test(text)) return { problem: SHORTENED_PROBLEM }
  if (/^\+?\d{5,}[.,]0$/.test(text)) {
    return {
      problem:
        'is a number with a decimal place: make the column text where it comes from, and export it again',
    }
  }
  if (!BETWEEN_NUMBERS.test(text)) return { value: text }
  const numbers = text
    .split(BETWEEN_NUMBERS)
    .filter((part) => part.replace(/\P{Nd}/gu, '').length >= LEAST_DIGITS)
  return numbers.length > 1 ? { problem: 'holds several numbers: leave one' } : { value: text }
}

/** Reads an email address. */
export function readEmail(text: string): TextValue {
  const isMore = !text.startsWith('"') && /[,;<>]|^mailto:/i.test(text)
  return isMore
    ? { problem: 'must be one address and nothing else, such as ana@example.com' }
    : { value: text }
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
    return readNumber(text)
  }
  if (type === 'boolean') {
    const word = text.toLowerCase()
    if (TRUE.includes(word)) return { value: true }
    return FALSE.includes(word) ? { value: false } : { problem: 'must be true or false, yes or no, 1 or 0' }
  }
  return { value: text }
}

const NUMBER = /^\+?(-?)0*(?=\d)(\d+(?:\.\d+)?(?:E[+-]?\d+)?)$/i

function readNumber(text: string): CellValue {
  const [, sign = '', digits] = NUMBER.exec(text) ?? []
  return digits === undefined
    ? { problem: 'must be a number with a point, such as 7.5' }
    : readJson(`${sign}${digits}`)
}

function readJson(text: string): CellValue {
  // In a list, because the digits of a number are remembered by what it stands in.
  const read = parseJson(`[${text}]`, true)
  if (!read.ok || !Array.isArray(read.value) || read.value.length !== 1) return { problem: 'must be JSON' }
  const damaged = parsedProblem(read.value)
  if (damaged) return { problem: damaged.message, inside: damaged.path.slice(1).map(String) }
  const [value] = read.value
  return { value }
}

/** Whether it is JSON of which something would be lost. */
function isDamaged(read: CellValue): boolean {
  return read !== undefined && 'problem' in read && read.inside !== undefined
}

function readObject(text: string): CellValue {
  const read = readJson(text)
  if (isDamaged(read)) return read
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

/** As Google writes them: with a star before its own, of which all contacts have “My Contacts”. */
function readGoogleLabels(text: string): CellValue {
  if (text.startsWith('[')) return readJson(text)
  const labels = text
    .split(SEVERAL)
    .map((label) => label.trim())
    .filter((label) => label !== '' && label.replace(/\s/g, '').toLowerCase() !== '*mycontacts')
    .map((label) => label.replace(/^\*\s*/, ''))
  return labels.length > 0 ? { value: [...new Set(labels)] } : undefined
}

/** As `exportCsv` writes them: without what only their provider can set. */
function readMethods(text: string): CellValue {
  const read = readJson(text)
  if (isDamaged(read)) return read
  if (!read || !('value' in read) || !Array.isArray(read.value)) return { problem: 'must be a JSON array' }
  return {
    value: read.value.map((method: unknown) => (isPlainObject(method) ? writableMethod(method) : method)),
  }
}

/** The issue for a cell. */
export function cellIssue(
  { field, key }: CellReader,
  { problem, inside = [] }: CellProblem,
): ContactsErrorIssue {
  return { path: [field, ...(key === undefined ? [] : [key]), ...inside].join('.'), message: problem }
}
