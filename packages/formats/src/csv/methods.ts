import type { ContactMethodType, ContactsErrorIssue } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import { labelledColumn, matchAddress } from './addresses.ts'
import { cellText, readEmail, readPhone } from './cells.ts'
import { type CsvColumnUse, quoted } from './column.ts'
import { readMethodTarget } from './options.ts'

/** A column that holds addresses. */
interface AddressColumn {
  readonly index: number
  /** How it is named in problems. */
  readonly name: string
  /** The field that it goes to. */
  readonly field: 'email' | 'phone' | undefined
  readonly type: ContactMethodType
  readonly label: string | undefined
  /** Where the column is that says what its addresses are called. */
  readonly labelIndex: number | undefined
  readonly rank: number
  /** What stands between the addresses of a cell. */
  readonly between: RegExp
}

/** An address of a row. */
interface Found {
  readonly type: ContactMethodType
  readonly value: string
  label: string | undefined
  readonly column: AddressColumn
}

/** What is read of the addresses of a row. */
export interface AddressReading {
  readonly fields: Readonly<Record<string, unknown>>
  readonly issues: readonly ContactsErrorIssue[]
  /** The columns of what was found. */
  readonly sources: readonly AddressSource[]
}

/** Where an address of a row comes from. */
interface AddressSource {
  /** Its column, as it is named in problems. */
  readonly column: string
  /** The field that it is beside being a contact method. */
  readonly field: 'email' | 'phone' | undefined
  /** Whether that field is named as well as the column is. */
  readonly isPlain: boolean
}

/** Whether a column holds phone or fax numbers. */
export function holdsNumbers({ to }: CsvColumnUse): boolean {
  const type = to === null ? undefined : readMethodTarget(to)?.type
  return to === 'phone' || (type !== undefined && type !== 'email' && type !== 'other')
}

/**
 * Makes the function that reads the addresses of a row.
 *
 * @returns nothing for a file in which no column becomes a contact method
 */
export function addressReader(
  columns: readonly CsvColumnUse[],
): ((cells: readonly string[]) => AddressReading) | undefined {
  if (!columns.some(({ to }) => to?.startsWith('contactMethods.'))) return undefined
  // Those that are as good as each other stay in the order of the file.
  const addresses = columns
    .flatMap((column, index) => addressColumn(column, index, columns) ?? [])
    .sort((a, b) => a.rank - b.rank)
  return (cells) => readAddresses(addresses, cells)
}

/** Before all others of their kind. */
const FIRST_RANKS = {
  email: (matchAddress('email')?.rank ?? 0) - 1,
  phone: (matchAddress('phone')?.rank ?? 0) - 1,
} as const

function addressColumn(
  { header, to }: CsvColumnUse,
  index: number,
  columns: readonly CsvColumnUse[],
): AddressColumn | undefined {
  const labelIndex = labelIndexOf(index, columns)
  const about = { index, name: quoted(header), labelIndex, between: betweenAddresses(header) }
  const match = matchAddress(header)
  if (to === 'email' || to === 'phone') {
    // What its name says beside the field tells it from others, and nothing where there are none.
    const isSole = !columns.some((other) => kindOf(readMethodTarget(other.to ?? '')?.type) === to)
    const { type, label } = { type: to, label: undefined, ...(isSole ? undefined : match) }
    return { ...about, field: to, type: kindOf(type) === to ? type : to, label, rank: FIRST_RANKS[to] }
  }
  const target = to === null ? undefined : readMethodTarget(to)
  if (!target) return undefined
  const rank = match?.rank ?? Number.POSITIVE_INFINITY
  return { ...about, field: undefined, label: undefined, ...target, rank }
}

/** Addresses of a kind have one primary. */
function kindOf(type: ContactMethodType | undefined): ContactMethodType | undefined {
  return type === 'mobile' ? 'phone' : type
}

function labelIndexOf(index: number, columns: readonly CsvColumnUse[]): number | undefined {
  const headers = columns.map(({ header }) => header)
  const found = columns.findIndex(({ header, to }) => {
    const value = to === 'contactMethods.label' ? labelledColumn(header, headers) : undefined
    return value !== undefined && headers.indexOf(value) === index
  })
  return found < 0 ? undefined : found
}

/** Google has several addresses in a cell, and HubSpot in the column of additional ones. */
function betweenAddresses(header: string): RegExp {
  return /additional/i.test(header) ? /:::|[;,]/ : /:::/
}

function readAddresses(columns: readonly AddressColumn[], cells: readonly string[]): AddressReading {
  const found: Found[] = []
  const issues: ContactsErrorIssue[] = []
  for (const column of columns) {
    const cell = cells[column.index] ?? ''
    if (cell === '') continue
    const isNumber = column.type !== 'email' && column.type !== 'other'
    const label = column.labelIndex === undefined ? undefined : labelText(cells[column.labelIndex] ?? '')
    for (const part of cell.split(column.between)) {
      const text = cellText(part, isNumber ? 'phone' : 'any')
      if (text === '') continue
      const type = (isNumber && label && typeOfLabel(label)) || column.type
      const read = readAddress(text, type)
      if ('problem' in read) issues.push(issueOf(column, type, found, read.problem))
      else add(found, { type, value: read.value, label: label || column.label, column })
    }
  }
  return { ...fieldsOf(found), issues }
}

function readAddress(
  text: string,
  type: ContactMethodType,
): { readonly value: string } | { readonly problem: string } {
  if (type === 'other') return { value: text }
  return type === 'email' ? readEmail(text) : readPhone(text)
}

/** Google puts a star before the labels of its own. */
function labelText(cell: string): string {
  return cellText(cell, 'any').replace(/^\*\s*/, '')
}

/** What kind of number it is that somebody calls so. */
function typeOfLabel(label: string): ContactMethodType | undefined {
  if (/\bfax\b/i.test(label)) return 'fax'
  return /\b(?:mobile|cell)\b/i.test(label) ? 'mobile' : undefined
}

/** Names the field where the address would have been that, and its column where its field does not say which it is. */
function issueOf(
  { name, field }: AddressColumn,
  type: ContactMethodType,
  found: readonly Found[],
  problem: string,
): ContactsErrorIssue {
  const kind = kindOf(type)
  const isPrimary = (kind === 'email' || kind === 'phone') && !found.some((one) => kindOf(one.type) === kind)
  return {
    path: isPrimary ? kind : 'contactMethods',
    message: isPrimary && kind === field ? problem : `in ${name} ${problem}`,
  }
}

/** Adds an address; one that is there already is the same, and may be called something now. */
function add(found: Found[], address: Found): void {
  const form = (type: ContactMethodType, value: string): string =>
    `${kindOf(type)} ${type === 'other' ? value : keyForm(type === 'email' ? 'email' : 'phone', value)}`
  const own = found.length > 0 ? form(address.type, address.value) : ''
  const same = found.find(({ type, value }) => form(type, value) === own)
  if (!same) found.push(address)
  else {
    const kind = address.type === 'mobile' && same.type !== 'mobile' ? 'mobile' : undefined
    same.label = joinedLabel(joinedLabel(same.label, kind), address.label)
  }
}

/** What is called two things is called both. */
function joinedLabel(label: string | undefined, other: string | undefined): string | undefined {
  if (label === undefined || other === undefined) return label ?? other
  const known = label.toLowerCase().split(', ')
  return known.includes(other.toLowerCase()) ? label : `${label}, ${other}`
}

/** `email` and `phone` are the first of their kind; the methods say it all, and are left out where they would say no more. */
function fieldsOf(found: readonly Found[]): Omit<AddressReading, 'issues'> {
  const email = found.find(({ type }) => type === 'email')
  const phone = found.find(({ type }) => kindOf(type) === 'phone')
  const primaries = new Set<ContactMethodType>()
  const methods = found.map((address) => {
    const type = address === phone ? 'phone' : address.type
    const isOther = type !== address.type && !typeOfLabel(address.label ?? '')
    const label = isOther ? joinedLabel(address.type, address.label) : address.label
    const isFirst = type === 'phone' ? address === phone : !primaries.has(type)
    primaries.add(type)
    return {
      type,
      value: address.value,
      ...(label !== undefined && { label }),
      ...(isFirst && { primary: true }),
    }
  })
  const isAllSaid = found.every((one, at) => (one === email || one === phone) && !methods[at]?.label)
  return {
    fields: {
      ...(email && { email: email.value }),
      ...(phone && { phone: phone.value }),
      ...(!isAllSaid && { contactMethods: methods }),
    },
    sources: found.map((address) => {
      const field = address === email ? 'email' : address === phone ? 'phone' : undefined
      return { column: address.column.name, field, isPlain: field === address.column.field }
    }),
  }
}

/**
 * Names the columns in what is wrong with addresses; what is wrong with one is told once.
 *
 * @param issues - of a contact whose addresses were read from several columns
 * @param sources - the columns of its contact methods, in their order
 */
export function nameColumns(
  issues: readonly ContactsErrorIssue[],
  sources: readonly AddressSource[],
): readonly ContactsErrorIssue[] {
  if (sources.length === 0) return issues
  return issues.flatMap(({ path, message }) => {
    const [, index] = /^contactMethods\.(\d+)\./.exec(path) ?? []
    const source = index === undefined ? sources.find(({ field }) => field === path) : sources[Number(index)]
    if (!source) return { path, message }
    if (index === undefined) {
      return { path, message: source.isPlain ? message : `in ${source.column} ${message}` }
    }
    const isTold = issues.some((issue) => issue.path === source.field)
    return isTold ? [] : { path: 'contactMethods', message: `in ${source.column} ${message}` }
  })
}
