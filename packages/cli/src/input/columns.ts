import { ContactsError, type CsvColumn } from '@anycontact/core'
import { type ColumnReader, compileColumns } from '@anycontact/core/adapter-kit'
import { InvalidArgumentError } from '@commander-js/extra-typings'

/** Reads `--columns name,email,customFields.plan`. */
export function readColumns(text: string): readonly ColumnReader[] {
  const names = text.split(',').map((name) => name.trim())
  try {
    // What is no field is refused just here.
    return compileColumns(names as CsvColumn[])
  } catch (error) {
    if (!ContactsError.is(error)) throw error
    const wrong = (error.issues ?? []).map(({ path, message }) => {
      const index = Number(path.split('.')[1])
      return `${names[index] || 'An empty name'} ${message}`
    })
    throw new InvalidArgumentError(`${wrong.join('; ')}.`)
  }
}
