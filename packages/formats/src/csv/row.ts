import type { ContactInput, ContactsErrorIssue, KeyedBy, RefKey } from '@anycontact/core'
import { ContactInputSchema } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { detached } from '../detached.ts'
import { KeyCheck } from '../keys.ts'
import { badRecord } from '../problems.ts'
import type { BadRow, GoodRow } from '../rows.ts'
import { type Damage, isDamaged } from '../source/decode.ts'
import { type CellReader, cellIssue, cellReaders } from './cells.ts'
import type { CsvColumnUse } from './column.ts'
import { type CsvHeader, notTextMessage } from './header.ts'
import { type AddressReading, addressReader, nameColumns } from './methods.ts'
import type { CsvSettings } from './options.ts'
import type { CsvRecord } from './records.ts'

/**
 * A contact of a CSV file: only what its row has something for.
 *
 * @typeParam By - the key that it has
 */
export type CsvContact<By extends RefKey = never> = ContactInput & KeyedBy<By>

/** Where a row of a CSV file comes from. */
export interface CsvOrigin {
  /** Its cells as they stand in the file; none where they cannot be told apart. */
  readonly cells: readonly string[]
  /** What was found at the beginning of its file. */
  readonly header: CsvHeader
}

/**
 * A row of a CSV file: its contact, or what is wrong with it.
 *
 * @typeParam By - the key that each contact has
 */
export type CsvRow<By extends RefKey = never> = (GoodRow<CsvContact<By>> | BadRow) & CsvOrigin

/**
 * Makes the function that makes rows of records.
 *
 * @returns a function that gives nothing for a record in which every cell is blank
 */
export function rowReader(
  header: CsvHeader,
  settings: CsvSettings,
  damage: Damage,
): (record: CsvRecord) => CsvRow | undefined {
  const readers = rowReaders(header.columns, settings)
  const keys = settings.by && new KeyCheck(settings.by, 'row')
  return ({ cells, line, problem }) => {
    const refused = (...issues: ContactsErrorIssue[]): CsvRow => ({
      error: badRecord('row', issues),
      line,
      // A report keeps it.
      cells: cells.map(detached),
      header,
    })
    if (problem !== undefined) return refused({ path: '', message: problem })
    if (cells.every(isBlank)) return undefined
    const shape = shapeProblem(cells, header)
    if (shape !== undefined) return refused({ path: '', message: shape })
    if (cells.some((cell) => isDamaged(cell, damage))) {
      return refused({ path: '', message: notTextMessage(settings.encoding) })
    }
    const { contact, issues, sources } = readContact(cells, readers)
    issues.push(...nameColumns(schemaIssues(contact, issues), sources))
    const repeated = keys?.check(contact, line, issues)
    if (issues.length > 0) return refused(...issues)
    if (repeated) return { error: repeated, line, cells: cells.map(detached), header }
    return { contact, line, cells, header }
  }
}

function isBlank(cell: string): boolean {
  return cell.trim() === ''
}

/** What is wrong with the number of cells. Blank ones too many are a habit of spreadsheets. */
function shapeProblem(cells: readonly string[], { columns, line }: CsvHeader): string | undefined {
  const wanted = columns.length
  if (cells.length < wanted) return `has ${cells.length} cells where there are ${wanted} columns`
  const beyond = cells.findIndex((cell, index) => index >= wanted && !isBlank(cell))
  if (beyond >= 0) return `has ${cells.length} cells where there are ${wanted} columns`
  const nameless = columns.findIndex(
    ({ header }, index) => line > 0 && header === '' && !isBlank(cells[index] ?? ''),
  )
  return nameless >= 0 ? `has something in column ${nameless + 1}, which has no header` : undefined
}

/** What reads the cells of a row. */
interface RowReaders {
  readonly cells: readonly CellReader[]
  /** What reads `email`, `phone` and contact methods of several columns; those of one column are read by themselves. */
  readonly addresses: ReturnType<typeof addressReader>
}

function rowReaders(columns: readonly CsvColumnUse[], settings: CsvSettings): RowReaders {
  const addresses = addressReader(columns)
  const cells = cellReaders(columns, settings)
  return {
    cells: addresses ? cells.filter(({ field }) => field !== 'email' && field !== 'phone') : cells,
    addresses,
  }
}

function readContact(
  cells: readonly string[],
  readers: RowReaders,
): {
  readonly contact: ContactInput
  readonly issues: ContactsErrorIssue[]
  readonly sources: AddressReading['sources']
} {
  const { fields: given, issues: found, sources } = readers.addresses?.(cells) ?? NO_ADDRESSES
  const fields: Record<string, unknown> = { ...given }
  const custom: Record<string, unknown> = {}
  const issues: ContactsErrorIssue[] = [...found]
  let count = Object.keys(fields).length
  let customCount = 0
  const addCustom = (key: string, value: unknown): void => {
    if (Object.hasOwn(custom, key)) issues.push({ path: `customFields.${key}`, message: 'is given twice' })
    setOwn(custom, key, value)
    customCount++
  }
  for (const reader of readers.cells) {
    const read = reader.read(cells[reader.index] ?? '')
    if (!read) continue
    if ('problem' in read) issues.push(cellIssue(reader, read))
    else if (reader.key !== undefined) addCustom(reader.key, read.value)
    else if (reader.field === 'customFields') {
      for (const [key, value] of Object.entries(Object(read.value))) addCustom(key, value)
    } else {
      fields[reader.field] = read.value
      count++
    }
  }
  if (customCount > 0) fields.customFields = custom
  if (count + customCount + issues.length === 0) {
    issues.push({ path: '', message: 'has nothing in the columns that are read' })
  }
  // What is in it is for the schema to check.
  return { contact: fields as ContactInput, issues, sources }
}

const NO_ADDRESSES: AddressReading = { fields: {}, issues: [], sources: [] }

/** Sets a member, also one that is named `__proto__`, which the schema then refuses. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}

/** What else is wrong with a contact. */
function schemaIssues(
  contact: ContactInput,
  known: readonly ContactsErrorIssue[],
): readonly ContactsErrorIssue[] {
  const { issues } = v.safeParse(ContactInputSchema, contact)
  if (!issues) return []
  return issues
    .map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }))
    .filter(({ path }) => !known.some((one) => one.path === path))
}
