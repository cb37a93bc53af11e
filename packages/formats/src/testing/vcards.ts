import type { RefKey } from '@anycontact/core'
import type { FileInput } from '../source/input.ts'
import type { ReadVCardsOptions } from '../vcard/options.ts'
import { readVCards } from '../vcard/read-vcards.ts'
import type { VCardRow } from '../vcard/row.ts'

/** A card of these lines. */
export function vcard(...lines: readonly string[]): string {
  return ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
}

/** The bytes of a text in which each character is one byte. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

/** All rows of a file. */
export async function cardsOf<By extends RefKey = never>(
  input: FileInput,
  options?: ReadVCardsOptions<By>,
): Promise<VCardRow<By>[]> {
  const rows: VCardRow<By>[] = []
  for await (const row of readVCards(input, options)) rows.push(row)
  return rows
}

/** What is read of a file: contacts, with notes where there are some, and lines with their problems. */
export async function readingOfCards<By extends RefKey = never>(
  input: FileInput,
  options?: ReadVCardsOptions<By>,
): Promise<unknown[]> {
  const rows = await cardsOf(input, options)
  return rows.map((row) => {
    if (row.error)
      return [row.line, ...(row.error.issues ?? []).map(({ path, message }) => `${path}: ${message}`)]
    return row.notes ? { ...row.contact, notes: row.notes } : row.contact
  })
}
