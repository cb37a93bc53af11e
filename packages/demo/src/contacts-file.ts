import type { ContactInput, JsonObject } from '@anycontact/chatbotkit'
import { parse } from 'csv-parse/sync'

/** Where the contacts come from. */
export const CONTACTS_FILE: URL = new URL('../data/contacts.csv', import.meta.url)

/** The first contact stands in the second row of a spreadsheet, below the titles. */
const FIRST_ROW = 2

/**
 * The row of a spreadsheet in which a contact stands.
 *
 * @param index - its place among the contacts, from 0
 */
export function rowNumber(index: number): number {
  return index + FIRST_ROW
}

/**
 * Reads a CSV file of contacts. Nothing is checked or tidied up here: what cannot be imported, the client says.
 *
 * @param text - the file, with a header
 */
export function readContacts(text: string): readonly ContactInput[] {
  return readCsv(text).map(toContactInput)
}

/**
 * Reads CSV with a header into one object a record.
 *
 * @param text - with or without a byte order mark
 */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(text, { columns: true, bom: true })
}

/** An empty cell says nothing: its field is left out. */
function toContactInput(row: Readonly<Record<string, string>>): ContactInput {
  const input: Record<string, string> = {}
  for (const [column, field] of FIELD_COLUMNS) {
    const cell = row[column]
    if (cell) input[field] = cell
  }
  return { ...input, customFields: toCustomFields(row) }
}

const FIELD_COLUMNS = [
  ['external_id', 'externalId'],
  ['name', 'name'],
  ['nickname', 'nickname'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['note', 'note'],
] as const satisfies readonly (readonly [string, keyof ContactInput])[]

function toCustomFields({
  plan,
  city,
  country,
  score,
  consent,
  extra,
}: Readonly<Record<string, string>>): JsonObject {
  return {
    ...(plan && { plan }),
    ...(city && { city }),
    ...(country && { country }),
    ...(score && { score: Number(score) }),
    ...(consent && { consent: consent === 'true' }),
    ...(extra && parseExtra(extra)),
  }
}

function parseExtra(text: string): JsonObject {
  const extra: unknown = JSON.parse(text)
  if (typeof extra === 'object' && extra !== null && !Array.isArray(extra)) return { ...extra }
  throw new TypeError('The column extra holds something that is no JSON object.')
}
