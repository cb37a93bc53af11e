import { InvalidArgumentError } from '@commander-js/extra-typings'

/** A value as a command line has it. */
export type Value = string | number | boolean

const TIMES: readonly string[] = ['createdAt', 'updatedAt', 'verifiedAt']

/**
 * Reads the value of a field, for conditions and for what is to be written: text, in quotes or without; of a custom field also
 * `true`, `false` or a number; of a time a date alone, which begins at midnight UTC.
 *
 * @param field - whose value it is: `name`, `customFields.plan`
 * @throws InvalidArgumentError for quotes that are not as in JSON
 */
export function readValue(text: string, field: string): Value {
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) return unquoted(text)
  const isCustom = field.startsWith('customFields.')
  if ((isCustom || field === 'deleted') && (text === 'true' || text === 'false')) return text === 'true'
  if (TIMES.includes(field) && /^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`
  return isCustom && isNumber(text) ? Number(text) : text
}

/** Whether a text is how its number is written, and no other: `007`, `1.50` and more digits than a number has are codes. */
function isNumber(text: string): boolean {
  return /^-?\d/.test(text) && /\d$/.test(text) && String(Number(text)) === text
}

/** Cuts at commas outside of quotes. */
export function splitList(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [text]
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw new InvalidArgumentError('What stands in quotes is written as in JSON.')
  }
}
