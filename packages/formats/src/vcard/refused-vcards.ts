import type { ContactsError } from '@anycontact/core'
import { isBegin } from './cards.ts'
import { escapeText } from './escape.ts'
import { ERROR_PROPERTY } from './own.ts'
import { printLine } from './print.ts'
import type { VCardOrigin } from './row.ts'

/** Cards that were not imported, as the report of an import has them. */
export interface RefusedCards {
  /** Each with its text. */
  readonly failures: readonly {
    readonly line: number
    readonly error: ContactsError
    readonly row: VCardOrigin
  }[]
}

/**
 * Prints the cards that were not imported, to be mended and read again: each as it stood, with one line more at its top,
 * `X-ANYCONTACT-ERROR`, which says why, and in which line of the file the card begins. `readVCards` leaves that line out. A card
 * without an end has none here either, so that it is not taken for a whole one; what stood between cards comes first.
 *
 * @param report - of `importContacts`
 * @returns the text, to be written as UTF-8; nothing where no card was refused
 *
 * @example
 * ```ts
 * const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
 * if (report.failures.length > 0) await writeFile('refused.vcf', refusedVCards(report))
 * ```
 */
export function refusedVCards({ failures }: RefusedCards): string {
  // What stands between cards comes first, so that nothing of it ends a card that has no end.
  const outside = failures.filter(({ row }) => !isCard(row))
  return [...outside, ...failures.filter(({ row }) => isCard(row))]
    .map(({ line, error, row }) => {
      const lines = withoutErrors(row.text.split('\r\n'))
      const reason = printLine(`${ERROR_PROPERTY}:${escapeText(`line ${line}: ${error.message}`)}`).trimEnd()
      // vCard 4.0 wants the version first.
      const place = /^VERSION[;:]/i.test(lines[1] ?? '') ? 2 : Math.min(lines.length, 1)
      return [...lines.slice(0, place), reason, ...lines.slice(place), ''].join('\r\n')
    })
    .join('')
}

function isCard({ text }: VCardOrigin): boolean {
  return isBegin(text.split('\r\n', 1)[0] ?? '')
}

/** The lines of a card without those that an import before this one has put there. */
function withoutErrors(lines: readonly string[]): readonly string[] {
  let isError = false
  return lines.filter((line) => {
    isError = isError && /^[ \t]/.test(line) ? true : line.toUpperCase().startsWith(`${ERROR_PROPERTY}:`)
    return !isError
  })
}
