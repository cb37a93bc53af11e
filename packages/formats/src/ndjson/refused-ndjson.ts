import type { ContactsError } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { ERROR_MEMBER } from './contact.ts'
import type { NdjsonOrigin } from './row.ts'

/** Lines that were not imported, as the report of an import has them. */
export interface RefusedLines {
  /** Each with where it comes from. */
  readonly failures: readonly {
    readonly line: number
    readonly error: ContactsError
    readonly row: NdjsonOrigin
  }[]
}

/**
 * Prints the lines that were not imported as NDJSON, to be mended and read again: each as it stood, with `importError` as its first member,
 * which says why, and in which line of the file it stands; `readNdjson` leaves that member out. A line that is no JSON object
 * stands as it was, below a line that has `importError` alone; of one that was too long to be kept there is only that.
 *
 * @param report - of `importContacts`
 * @returns the text; nothing where no line was refused
 *
 * @example
 * ```ts
 * const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
 * if (report.failures.length > 0) await writeFile('refused.ndjson', refusedNdjson(report))
 * ```
 */
export function refusedNdjson({ failures }: RefusedLines): string {
  return failures
    .map(({ line, error, row }) => {
      const reason = `${JSON.stringify(ERROR_MEMBER)}:${JSON.stringify(`line ${line}: ${error.message}`)}`
      const text = row.text.trim()
      const members = isObject(text) ? withoutReason(text) : undefined
      if (members !== undefined) return `{${reason}${members}\n`
      return `{${reason}}\n${text === '' ? '' : `${row.text}\n`}`
    })
    .join('')
}

function isObject(text: string): boolean {
  try {
    return isPlainObject(JSON.parse(text))
  } catch {
    return false
  }
}

/**
 * The text of an object behind its opening brace, with a comma before it where it has members, and without the reason that an import
 * before this one has put in front. The text, because what is parsed loses digits.
 */
function withoutReason(object: string): string {
  const rest = object.slice(1).trimStart()
  const own = JSON.stringify(ERROR_MEMBER)
  const value = /^\s*:\s*(?=")/.exec(rest.slice(own.length))
  const others =
    rest.startsWith(own) && value
      ? rest.slice(endOfText(rest, own.length + value[0].length)).replace(/^\s*,?\s*/, '')
      : rest
  return others === '}' ? others : `,${others}`
}

/** Where the JSON text that begins at a place ends. */
function endOfText(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}
