import type { ContactInput, ContactsErrorIssue, KeyedBy, RefKey } from '@anycontact/core'
import { KeyCheck } from '../keys.ts'
import { badRecord } from '../problems.ts'
import type { BadRow, GoodRow } from '../rows.ts'
import type { CutCard } from './cards.ts'
import { checkedContact } from './checked.ts'
import { readContact } from './contact.ts'
import type { VCardVersion } from './escape.ts'
import { unfold, versionOf } from './lines.ts'
import type { VCardSettings } from './options.ts'
import { ERROR_PROPERTY } from './own.ts'
import { type Property, readProperty } from './property.ts'
import type { TextReader } from './text.ts'

/**
 * A contact of a vCard file: only what its card has something for.
 *
 * @typeParam By - the key that it has
 */
export type VCardContact<By extends RefKey = never> = ContactInput & KeyedBy<By>

/** Where a row of a vCard file comes from. */
export interface VCardOrigin {
  /**
   * The card as it stands in the file, with CRLF after each line but the last; empty for one that is too long to be a card. A card that
   * was not in the encoding of its file is in UTF-8 here, and says so.
   */
  readonly text: string
}

/**
 * A card of a vCard file: its contact, or what is wrong with it.
 *
 * @typeParam By - the key that each contact has
 */
export type VCardRow<By extends RefKey = never> = (GoodRow<VCardContact<By>> | BadRow) & VCardOrigin

const PROBLEMS: Readonly<Record<NonNullable<CutCard['problem']>, string>> = {
  'is no card': 'stands outside of a card, which BEGIN:VCARD begins and END:VCARD ends',
  'has no end': 'has no END:VCARD: the file was cut, or the line is missing',
  'is too long': 'is longer than 20 MB, and has no END:VCARD before that',
}

/** Makes the function that makes rows of cards. */
export function cardReader(settings: VCardSettings, reader: TextReader): (card: CutCard) => VCardRow {
  const keys = settings.by && new KeyCheck(settings.by, 'card')
  return ({ lines, line, problem }) => {
    const version = versionOf(lines)
    const found = readProperties(lines, version, line, reader)
    const text = textOf(lines, found, reader)
    const refused = (...issues: ContactsErrorIssue[]): VCardRow => ({
      error: badRecord('card', issues),
      line,
      text,
    })
    if (problem) return refused({ path: '', message: PROBLEMS[problem] })
    const [damaged] = found.damaged
    if (damaged !== undefined) {
      return refused({ path: '', message: notTextMessage(damaged, settings.encoding) })
    }
    if (isGroup(found.properties)) {
      return refused({ path: '', message: 'is a group of contacts (KIND:group), and no contact' })
    }
    const card = readContact(found.properties, version)
    const checked = checkedContact(card, settings)
    const issues = [...card.issues, ...checked.issues]
    if (Object.keys(checked.contact).length === 0) {
      issues.push({ path: '', message: 'has nothing that a contact holds' })
    }
    const repeated = keys?.check(checked.contact, line, issues)
    if (issues.length > 0) return refused(...issues)
    if (repeated) return { error: repeated, line, text }
    const { contact } = checked
    const notes = [...found.notes, ...card.notes]
    return { contact, line, text, ...(notes.length > 0 && { notes }) }
  }
}

interface FoundProperties {
  readonly properties: readonly Property[]
  readonly notes: readonly string[]
  /** The lines of the file that hold bytes that are no text. */
  readonly damaged: readonly number[]
  /** Whether an encoding is said of a property that is not that of the file. */
  readonly isForeign: boolean
}

function readProperties(
  lines: readonly string[],
  version: VCardVersion,
  first: number,
  reader: TextReader,
): FoundProperties {
  const properties: Property[] = []
  const strange: number[] = []
  const broken: number[] = []
  const damaged: number[] = []
  let isForeign = false
  for (const content of unfold(lines, version)) {
    const read = readProperty(content, version, reader)
    if (read === 'no text') damaged.push(first + content.index)
    else if (read === 'no property') strange.push(first + content.index)
    else if (read === 'damaged text') broken.push(first + content.index)
    else if (read.name !== ERROR_PROPERTY) {
      properties.push(read)
      const [charset] = read.params.get('CHARSET') ?? []
      isForeign ||= charset !== undefined && reader.isForeign(content.raw, charset)
    }
  }
  const notes = [
    ...noteOf(strange, 'is no property'),
    ...noteOf(broken, 'is not in the encoding that its CHARSET says'),
  ]
  return { properties, notes, damaged, isForeign }
}

function noteOf([line, ...others]: readonly number[], problem: string): readonly string[] {
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return line === undefined ? [] : [`what stands in line ${line}${more} ${problem}`]
}

/** A card as text, to be written as UTF-8. */
function textOf(lines: readonly string[], { isForeign }: FoundProperties, reader: TextReader): string {
  const raw = lines.join('\r\n')
  const text = isForeign ? undefined : reader.text(raw)
  if (text !== undefined) return text
  const [begin = '', ...others] = lines
  const contents = unfold(lines, versionOf(lines)).map(({ raw: content }) => reader.line(content))
  const end = others.at(-1)
  return [begin, ...contents, ...(end === undefined ? [] : [end])].join('\r\n')
}

function notTextMessage(line: number, encoding: string): string {
  return `holds bytes in line ${line} that are no ${encoding}: name the encoding of the file, such as \`encoding: 'windows-1252'\``
}

/** Whether it is a list of contacts, as address books keep them. */
function isGroup(properties: readonly Property[]): boolean {
  return properties.some(
    ({ name, value }) => /^(?:X-ADDRESSBOOKSERVER-)?KIND$/.test(name) && /^\s*group\s*$/i.test(value),
  )
}
