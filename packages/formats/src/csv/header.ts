import type { ContactsErrorIssue, CsvDelimiter } from '@anycontact/core'
import { badOptions } from '../problems.ts'
import type { CsvSettings, CsvTarget } from './options.ts'
import { matchField, plain } from './synonyms.ts'

/** What becomes of one column. */
export interface CsvColumnUse {
  /** Its header; empty where it has none. */
  readonly header: string
  /** The field that its cells go to; `null` where they are left out. */
  readonly to: CsvTarget
  /** Why it does not go where its header says, in words. */
  readonly reason?: string
}

/** What was found at the beginning of a file. */
export interface CsvHeader {
  /** The line of the header, from 1; 0 where the file has none. */
  readonly line: number
  /** What stands between cells. */
  readonly delimiter: CsvDelimiter
  /** What becomes of each column, in the order of the file. */
  readonly columns: readonly CsvColumnUse[]
}

/** The column that `refusedCsv` adds. */
export const ERROR_COLUMN = 'importError'

/** What `exportCsv` writes and nobody can write back. */
const READ_ONLY = ['provider', 'createdAt', 'updatedAt', 'deleted', 'raw']

const SEVERAL_COLUMNS =
  'is the header of several columns: give them headers of their own, or leave them out by null in `columns`'

/** A header as it is reported and compared: signs that nobody sees are blanks, and blanks around it are left out. */
export function headerText(cell: string): string {
  return cell.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}

/**
 * Finds out what becomes of each column.
 *
 * @param cells - of the record that is the header
 * @throws ContactsError `invalid_input` for a header that cannot be read without guessing
 */
export function readHeader(
  cells: readonly string[],
  line: number,
  delimiter: CsvDelimiter,
  settings: CsvSettings,
): CsvHeader {
  const headers = cells.map(headerText)
  while (headers.at(-1) === '') headers.pop()
  const chosen = chosenTargets(headers, settings)
  const columns = new Plan(headers, chosen, settings).columns()
  checkColumns(columns, settings)
  return { line, delimiter, columns }
}

/** As {@link readHeader}, for a file without a header. */
export function headerOf(
  targets: readonly CsvTarget[],
  delimiter: CsvDelimiter,
  settings: CsvSettings,
): CsvHeader {
  const columns = targets.map((to) => ({ header: '', to }))
  checkColumns(columns, settings)
  return { line: 0, delimiter, columns }
}

/** What is said of bytes that are no text in an encoding. */
export function notTextMessage(encoding: string): string {
  return `holds bytes that are no ${encoding}: name its encoding, such as \`encoding: 'windows-1252'\``
}

/** What to do where no column is a field: mostly the header is in another language, or the file has none. */
function nothingFound(columns: readonly CsvColumnUse[]): string {
  if (columns.length === 1 && /\.(?:csv|tsv|txt)$/i.test(columns[0]?.header ?? '')) {
    return 'this is a path, where the text of the file is wanted: give createReadStream(path)'
  }
  return "no column has the name of a contact field: say in `columns` where they go, such as { 'E-Mail-Adresse': 'email' }; where the first line is no header, `columns` is an array"
}

/** The columns for which the caller says where they go, by their place. */
function chosenTargets(
  headers: readonly string[],
  { columns = {} }: CsvSettings,
): ReadonlyMap<number, CsvTarget> {
  const chosen = new Map<number, CsvTarget>()
  const issues: ContactsErrorIssue[] = []
  for (const [name, to] of Object.entries(columns)) {
    const wanted = headerText(name)
    const isExact = headers.includes(wanted)
    const places = headers.flatMap((header, index) =>
      header === wanted || (!isExact && header !== '' && plain(header) === plain(wanted)) ? [index] : [],
    )
    if (places.length === 0) issues.push({ path: `columns.${name}`, message: 'is no header of this file' })
    for (const place of places) chosen.set(place, to)
  }
  if (issues.length > 0) throw badOptions('readCsv', issues)
  return chosen
}

class Plan {
  readonly #headers: readonly string[]
  readonly #chosen: ReadonlyMap<number, CsvTarget>
  readonly #settings: CsvSettings
  /** The best of the headers that a field can be found by. */
  readonly #best = new Map<
    string,
    { readonly index: number; readonly rank: number; readonly rival?: number }
  >()

  constructor(headers: readonly string[], chosen: ReadonlyMap<number, CsvTarget>, settings: CsvSettings) {
    this.#headers = headers
    this.#chosen = chosen
    this.#settings = settings
    const taken = new Set(chosen.values())
    for (const [index, header] of headers.entries()) {
      const match = chosen.has(index) ? undefined : matchField(header)
      if (!match || taken.has(match.field)) continue
      const best = this.#best.get(match.field)
      if (!best || match.rank < best.rank) this.#best.set(match.field, { index, rank: match.rank })
      else if (match.rank === best.rank) this.#best.set(match.field, { ...best, rival: best.rival ?? index })
    }
    for (const [field, { index, rival }] of this.#best) {
      if (rival === undefined) continue
      const [header = '', other = ''] = [headers[index], headers[rival]]
      const message = `and ${quoted(other)} are both called as ${field} is: say in \`columns\` which it is`
      throw badOptions('readCsv', [
        { path: quoted(header), message: header === other ? SEVERAL_COLUMNS : message },
      ])
    }
  }

  columns(): readonly CsvColumnUse[] {
    return this.#headers.map((header, index) => this.#column(header, index))
  }

  #column(header: string, index: number): CsvColumnUse {
    const chosen = this.#chosen.get(index)
    if (chosen !== undefined) {
      return { header, to: chosen, ...(chosen === null && { reason: 'it is left out by `columns`' }) }
    }
    if (header === '') return { header, to: null, reason: 'it has no header' }
    if (header === ERROR_COLUMN) return { header, to: null, reason: 'it says why an import refused the row' }
    if (READ_ONLY.includes(header)) return { header, to: null, reason: 'no provider lets it be written' }
    if (plain(header) === 'id') return this.#id(header)
    if (/^customFields\../.test(header)) return { header, to: header as `customFields.${string}` }
    const match = matchField(header)
    if (!match) return this.#unknown(header, 'it is no field of a contact')
    const best = this.#best.get(match.field)
    if (best?.index === index) return { header, to: match.field }
    const other = best ? quoted(this.#headers[best.index] ?? '') : 'the column that `columns` names'
    return this.#unknown(header, `${match.field} is taken from ${other}`)
  }

  #id(header: string): CsvColumnUse {
    if (this.#settings.by === 'id') return { header, to: 'id' }
    const isExport = this.#headers.includes('provider') || this.#headers.includes('externalId')
    const reason = "it is the provider's own id, by which nothing is looked up here"
    return isExport ? { header, to: null, reason } : this.#unknown(header, 'it can be the id of any system')
  }

  #unknown(header: string, reason: string): CsvColumnUse {
    const { unknownColumns } = this.#settings
    return { header, to: unknownColumns === 'ignore' ? null : `customFields.${header}`, reason }
  }
}

function checkColumns(
  columns: readonly CsvColumnUse[],
  { by, unknownColumns, customFields }: CsvSettings,
): void {
  if (columns.every(({ to }) => to === null || to.startsWith('customFields.'))) {
    // The first line may be a contact, so that nothing of it is told.
    throw badOptions('readCsv', [{ path: '', message: nothingFound(columns) }])
  }
  const issues: ContactsErrorIssue[] = []
  const used = columns.filter(({ to }) => to !== null)
  const targets = new Set(used.map(({ to }) => to))
  for (const header of repeated(used.flatMap(({ header }) => header || []))) {
    issues.push({ path: quoted(header), message: SEVERAL_COLUMNS })
  }
  for (const target of repeated(used.flatMap(({ to }) => to ?? []))) {
    if (issues.length === 0) issues.push({ path: target, message: 'is the place of several columns' })
  }
  if (unknownColumns === 'error') {
    for (const { header, reason } of used) {
      if (reason === undefined) continue
      const message = `has no place: ${reason}. Name one in \`columns\`, or null`
      issues.push({ path: quoted(header), message })
    }
  }
  for (const key of Object.keys(customFields)) {
    // A column of JSON can hold any.
    if (targets.has(`customFields.${key}`) || targets.has('customFields')) continue
    issues.push({ path: `customFields.${key}`, message: 'is the place of no column of this file' })
  }
  if (by !== undefined && !targets.has(by)) {
    const message = `is what rows are told apart by, and no column is called so: name the column in \`columns\`, such as { 'Customer no': '${by}' }`
    issues.push({ path: by, message })
  }
  if (issues.length > 0) throw badOptions('readCsv', issues)
}

function repeated(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  // A file can have a hundred thousand columns.
  return [...new Set(texts.filter((text) => seen.size === seen.add(text).size))]
}

function quoted(header: string): string {
  return JSON.stringify(header)
}
