import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { CONTACT_FIELDS, type Contact, isContactField } from '../model/contact.ts'
import { customFieldReader } from '../where/path.ts'
import { customFieldPath } from '../where/target.ts'

/** A column of a CSV export: a field of the contact, or one custom field by its key, or its dotted path into objects. */
export type CsvColumn = keyof Contact | `customFields.${string}`

/** A column with the way to its value. */
export interface ColumnReader {
  readonly name: CsvColumn
  /** The value; `undefined` for what is absent. */
  value(contact: Contact): unknown
  /** The value as text; empty for what is absent. */
  read(contact: Contact): string
}

/**
 * Makes the columns of an export.
 *
 * @param columns - what the caller chose; absent means every field but `raw`, with the cell of `contactMethods` left empty
 * when it would only repeat `email` and `phone`
 * @throws ContactsError `invalid_input` for a column that is no field, one that is there twice, or no column at all
 */
export function compileColumns(columns: readonly CsvColumn[] | undefined): readonly ColumnReader[] {
  if (columns !== undefined) return chosenColumns(columns)
  return CONTACT_FIELDS.filter((field) => field !== 'raw').map((field) =>
    field === 'contactMethods' ? { ...fieldColumn(field), read: furtherMethods } : fieldColumn(field),
  )
}

function chosenColumns(columns: readonly CsvColumn[]): readonly ColumnReader[] {
  if (!Array.isArray(columns) || columns.length === 0) {
    throw badExport([{ path: 'columns', message: "must be an array of columns, such as ['name', 'email']" }])
  }
  const readers: ColumnReader[] = []
  const issues: ContactsErrorIssue[] = []
  for (const [index, column] of columns.entries()) {
    const reader = columnReader(column)
    const path = `columns.${index}`
    if (!reader)
      issues.push({
        path,
        message: `must be customFields.<key>, or one of ${CONTACT_FIELDS.join(', ')}`,
      })
    else if (columns.indexOf(column) < index) issues.push({ path, message: 'is there twice' })
    else readers.push(reader)
  }
  if (issues.length > 0) throw badExport(issues)
  return readers
}

function columnReader(column: unknown): ColumnReader | undefined {
  if (typeof column !== 'string') return undefined
  if (isContactField(column)) return fieldColumn(column)
  return isCustomField(column) ? customFieldColumn(column) : undefined
}

function fieldColumn(name: keyof Contact): ColumnReader {
  return { name, value: (contact) => contact[name], read: (contact) => cellText(contact[name]) }
}

function customFieldColumn(name: `customFields.${string}`): ColumnReader | undefined {
  const path = customFieldPath(name)
  if (!path) return undefined
  const read = customFieldReader(path)
  return {
    name,
    value: (contact) => read(contact.customFields),
    read: (contact) => cellText(read(contact.customFields)),
  }
}

/** The contact methods as JSON, unless `email` and `phone` say as much. */
function furtherMethods(contact: Contact): string {
  const repeats = contact.contactMethods.every((method) => {
    const { type, value, primary, ...rest } = method
    const shorthand = type === 'email' || type === 'phone' ? contact[type] : undefined
    return primary && value === shorthand && Object.keys(rest).length === 0
  })
  return repeats ? '' : cellText(contact.contactMethods)
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isCustomField(name: string): name is `customFields.${string}` {
  return name.startsWith('customFields.')
}

/** The error for an export that cannot be made. */
export function badExport(issues: readonly ContactsErrorIssue[]): ContactsError {
  const list = issues.map(({ path, message }) => `${path} ${message}`)
  return new ContactsError({ code: 'invalid_input', message: `Cannot export: ${list.join('; ')}.`, issues })
}
