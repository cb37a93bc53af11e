import type { ContactInput, ContactsErrorIssue, KeyedBy, RefKey } from '@anycontact/core'
import { parseJson } from '@anycontact/core/adapter-kit'
import { detached } from '../detached.ts'
import { KeyCheck } from '../keys.ts'
import { badRecord } from '../problems.ts'
import type { BadRow, GoodRow } from '../rows.ts'
import { type Damage, isDamaged } from '../source/decode.ts'
import { isRemark, readContact } from './contact.ts'
import { type Line, MOST_CHARACTERS } from './lines.ts'

/** Where a contact of an NDJSON file comes from. */
export interface NdjsonOrigin {
  /** Its line, as it stands in the file; empty where that is too long to be kept. */
  readonly text: string
}

/**
 * A line of an NDJSON file: its contact, or what is wrong with it.
 *
 * @typeParam By - the key that each contact has
 */
export type NdjsonRow<By extends RefKey = never> = (GoodRow<ContactInput & KeyedBy<By>> | BadRow) &
  NdjsonOrigin

/**
 * Makes the function that makes rows of lines.
 *
 * @returns a function that gives nothing for a line that holds nothing
 */
export function lineReader(by: RefKey | undefined, damage: Damage): (line: Line) => NdjsonRow | undefined {
  const keys = by && new KeyCheck(by, 'line')
  return ({ text, line, isTooLong }) => {
    const refused = (...issues: ContactsErrorIssue[]): NdjsonRow => ({
      error: badRecord('line', issues),
      line,
      // A report keeps it.
      text: detached(text),
    })
    if (isTooLong) return refused(about(`is longer than ${MOST_CHARACTERS} characters`))
    // Files that were joined have byte order marks inside; they are blanks too.
    const json = text.trim()
    if (json === '') return undefined
    if (isDamaged(text, damage)) {
      return refused(about('holds bytes that are no UTF-8: save the file in that encoding'))
    }
    const parsed = parseJson(json, true)
    if (!parsed.ok) return refused(about('is not JSON; each line must be one whole object'))
    if (isRemark(parsed.value)) return undefined
    const reading = readContact(parsed.value, by)
    if (typeof reading === 'string') return refused(about(reading))
    const { contact, notes, issues } = reading
    const repeated = keys?.check(contact, line, issues)
    if (issues.length > 0) return refused(...issues)
    if (repeated) return { error: repeated, line, text: detached(text) }
    return { contact, line, ...(notes.length > 0 && { notes }), text }
  }
}

function about(message: string): ContactsErrorIssue {
  return { path: '', message }
}
