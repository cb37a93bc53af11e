import type { ContactsErrorIssue } from '@anycontact/core'
import { badOptions } from '../problems.ts'
import { type AddressMatch, holdsSeveral, labelledColumn, matchAddress } from './addresses.ts'
import { type CsvColumnUse, columnNames, ERROR_COLUMN, headerText, quoted } from './column.ts'
import type { CsvMethodTarget, CsvSettings, CsvTarget } from './options.ts'
import { plain } from './plain.ts'
import { matchField } from './synonyms.ts'

/** What `exportCsv` writes and nobody can write back. */
const READ_ONLY = ['provider', 'createdAt', 'updatedAt', 'deleted', 'raw']

/**
 * Decides what becomes of each column.
 *
 * @param headers - as they are reported
 * @throws ContactsError `invalid_input` for headers that cannot be read without guessing
 */
export function planColumns(headers: readonly string[], settings: CsvSettings): readonly CsvColumnUse[] {
  const names = columnNames(headers)
  return new Plan(headers, names, chosenTargets(headers, names, settings), settings).columns()
}

/** The columns for which the caller says where they go, by their place. */
function chosenTargets(
  headers: readonly string[],
  names: readonly string[],
  { columns = {} }: CsvSettings,
): ReadonlyMap<number, CsvTarget> {
  const chosen = new Map<number, CsvTarget>()
  const issues: ContactsErrorIssue[] = []
  for (const [name, to] of Object.entries(columns)) {
    const wanted = headerText(name)
    const isExact = names.includes(wanted)
    // Of several columns of one name all are left out, and the first goes elsewhere.
    const places = (to === null && headers.includes(wanted) ? headers : names).flatMap((one, index) =>
      one === wanted || (!isExact && one !== '' && plain(one) === plain(wanted)) ? [index] : [],
    )
    if (places.length === 0) {
      const message = `is no header of this file, which has ${headerList(names)}`
      issues.push({ path: `columns.${name}`, message })
    }
    for (const place of places) chosen.set(place, to)
  }
  if (issues.length > 0) throw badOptions('readCsv', issues)
  return chosen
}

/** The headers of a file for a message: all, or the first of many. */
function headerList(names: readonly string[]): string {
  const named = names.filter((name) => name !== '')
  const more = named.length - LISTED
  return `${named.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A message lists so many headers. */
const LISTED = 20

/** The best of the columns that a field can be found by. */
interface Best {
  readonly index: number
  readonly rank: number
  /** One that is as good. */
  readonly rival?: number
}

class Plan {
  readonly #headers: readonly string[]
  readonly #names: readonly string[]
  readonly #chosen: ReadonlyMap<number, CsvTarget>
  readonly #settings: CsvSettings
  /** Whether further addresses become contact methods: not where a column holds all of them. */
  readonly #makesMethods: boolean
  readonly #best = new Map<string, Best>()

  constructor(
    headers: readonly string[],
    names: readonly string[],
    chosen: ReadonlyMap<number, CsvTarget>,
    settings: CsvSettings,
  ) {
    this.#headers = headers
    this.#names = names
    this.#chosen = chosen
    this.#settings = settings
    const matches = headers.map((header, index) => (chosen.has(index) ? undefined : matchField(header)))
    const taken = new Set(chosen.values())
    this.#makesMethods =
      settings.addresses === 'contactMethods' &&
      !taken.has('contactMethods') &&
      !matches.some((match) => match?.field === 'contactMethods')
    for (const [index, match] of matches.entries()) {
      if (match && !taken.has(match.field)) this.#take(match.field, index, match.rank)
    }
    for (const [field, best] of this.#best) this.#checkRival(field, best)
  }

  columns(): readonly CsvColumnUse[] {
    return this.#headers.map((header, index) => this.#column(header, index))
  }

  #take(field: string, index: number, rank: number): void {
    const best = this.#best.get(field)
    if (!best || rank < best.rank) this.#best.set(field, { index, rank })
    else if (rank === best.rank && best.rival === undefined) this.#best.set(field, { ...best, rival: index })
  }

  /** Refuses two columns that are as good as each other, where it matters which is taken. */
  #checkRival(field: string, { index, rival }: Best): void {
    if (rival === undefined) return
    const [header = '', other = ''] = [this.#headers[index], this.#headers[rival]]
    const isAddress = field === 'email' || field === 'phone'
    if (header === other ? field !== 'externalId' : isAddress && this.#makesMethods) return
    const message = `and ${quoted(this.#names[rival] ?? '')} are both called as ${field} is: say in \`columns\` which it is`
    throw badOptions('readCsv', [{ path: quoted(header), message }])
  }

  #column(header: string, index: number): CsvColumnUse {
    const chosen = this.#chosen.get(index)
    if (chosen !== undefined) {
      return { header, to: chosen, ...(chosen === null && { reason: 'it is left out by `columns`' }) }
    }
    if (header === '') return { header, to: null, reason: 'it has no header' }
    if (header === ERROR_COLUMN) return { header, to: null, reason: 'it says why an import refused the row' }
    if (READ_ONLY.includes(header)) return { header, to: null, reason: 'no provider lets it be written' }
    if (plain(header) === 'id') return this.#id(header, index)
    if (/^customFields\../.test(header)) return this.#customField(header, index)
    const match = matchField(header)
    const best = match && this.#best.get(match.field)
    if (match && best?.index === index)
      return { header, to: match.field, ...this.#others(header, match.field) }
    const address = this.#makesMethods && (this.#label(header, index) ?? this.#method(header, match?.field))
    if (address) return { header, ...address }
    if (!match) return this.#unknown(header, index, 'it is no field of a contact')
    return this.#unknown(header, index, `${match.field} is taken from ${this.#placeOf(match.field, header)}`)
  }

  /** Which column a field is taken from, in words. */
  #placeOf(field: string, header: string): string {
    const best = this.#best.get(field)
    if (!best) return 'the column that `columns` names'
    const other = this.#headers[best.index] ?? ''
    return other === header ? 'the first column of that name' : quoted(other)
  }

  /** Nothing of several addresses in a cell may be lost where there is no place for contact methods. */
  #others(header: string, field: string): Pick<CsvColumnUse, 'others'> {
    const { addresses, unknownColumns } = this.#settings
    const isKept = addresses === 'customFields' && unknownColumns === 'customFields'
    const isAddress = (field === 'email' || field === 'phone') && holdsSeveral(header)
    return isKept && isAddress ? { others: `customFields.${header}` } : {}
  }

  #label(header: string, index: number): Omit<CsvColumnUse, 'header'> | undefined {
    const value = labelledColumn(header, this.#headers)
    if (value === undefined || this.#headers.indexOf(header) !== index) return undefined
    const chosen = this.#chosen.get(this.#headers.indexOf(value))
    const isMethod =
      chosen === undefined ||
      chosen === 'email' ||
      chosen === 'phone' ||
      chosen?.startsWith('contactMethods.')
    return isMethod
      ? { to: 'contactMethods.label', reason: `it says what ${quoted(value)} is called` }
      : undefined
  }

  #method(header: string, field: string | undefined): Omit<CsvColumnUse, 'header'> | undefined {
    const match = matchAddress(header)
    if (!match) return undefined
    const to = methodTarget(match)
    if (field === undefined) return { to }
    return { to, reason: `${field} is taken from ${this.#placeOf(field, header)}, where that is filled` }
  }

  #id(header: string, index: number): CsvColumnUse {
    if (this.#settings.by === 'id') return { header, to: 'id' }
    const isExport = this.#headers.includes('provider') || this.#headers.includes('externalId')
    const reason = "it is the provider's own id, by which nothing is looked up here"
    return isExport
      ? { header, to: null, reason }
      : this.#unknown(header, index, 'it can be the id of any system')
  }

  #customField(header: string, index: number): CsvColumnUse {
    const name = this.#names[index] ?? header
    const to = name as `customFields.${string}` // it begins so
    return { header, to, ...(name !== header && { reason: 'another column has its header' }) }
  }

  #unknown(header: string, index: number, reason: string): CsvColumnUse {
    if (this.#settings.unknownColumns === 'ignore') return { header, to: null, reason }
    const name = this.#names[index] ?? header
    const others =
      name === header || reason.endsWith('of that name') ? '' : ', and another column has its header'
    return { header, to: `customFields.${name}`, reason: `${reason}${others}` }
  }
}

function methodTarget({ type, label }: AddressMatch): CsvMethodTarget {
  return label === undefined ? `contactMethods.${type}` : `contactMethods.${type}.${label}`
}
