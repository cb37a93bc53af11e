import type { Contact, ContactMethod } from '@anycontact/core'
import { type ColumnReader, compileColumns } from '@anycontact/core/adapter-kit'
import type { Host } from '../host.ts'
import { type PrintOptions, printContacts } from './contacts.ts'
import { styleOf } from './style.ts'
import { createTable } from './table.ts'

/** Prints one contact: its fields under each other, or as the format has it. */
export async function printContact(contact: Contact, host: Host, options: PrintOptions): Promise<void> {
  const { format, columns } = options
  if (format !== 'table') {
    await printContacts(one(contact), host, options)
    return
  }
  const rows = columns ? columns.map((column) => rowOf(column, contact)) : rowsOf(contact)
  await host.stdout.write(printFields(rows, host))
}

/** Prints names and what each has under each other; of text with several lines each is one. */
export function printFields(rows: readonly (readonly [name: string, value: string])[], host: Host): string {
  const lines = rows.flatMap(([name, value]) =>
    value.split('\n').map((line, index) => [index === 0 ? name : '', line.replace(/\r$/, '')]),
  )
  const columns = [{ title: '' }, { title: '' }]
  const table = createTable({ columns, style: styleOf(host, host.stdout) }, lines)
  return lines.map((line) => table.row(line)).join('')
}

async function* one(contact: Contact): AsyncGenerator<Contact, void, undefined> {
  yield contact
}

function rowOf(column: ColumnReader, contact: Contact): readonly [string, string] {
  return [column.name, column.read(contact)]
}

/** All fields that have a value, custom fields and further addresses each on a line of its own. */
function rowsOf(contact: Contact): readonly (readonly [string, string])[] {
  return compileColumns(undefined).flatMap((column): readonly (readonly [string, string])[] => {
    const { name } = column
    if (name === 'contactMethods') {
      const further = column.read(contact) === '' ? [] : contact.contactMethods
      return further.map((method) => [`${name}.${method.type}`, methodText(method)])
    }
    if (name === 'customFields') {
      const fields = Object.entries(contact.customFields)
      return fields.map(([key, value]) => [
        `${name}.${key}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ])
    }
    if (name === 'tags') return contact.tags?.length ? [[name, contact.tags.join(', ')]] : []
    const value = column.read(contact)
    return value === '' ? [] : [[name, value]]
  })
}

function methodText({ value, label, primary, verified }: ContactMethod): string {
  const said = [label, primary && 'primary', verified && 'verified'].filter(Boolean)
  return said.length > 0 ? `${value} (${said.join(', ')})` : value
}
