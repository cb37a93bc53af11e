import type { ContactMethodType } from '@anycontact/core'
import { plain } from './plain.ts'

/** A column of email addresses, or of phone or fax numbers. */
export interface AddressMatch {
  readonly type: Exclude<ContactMethodType, 'other'>
  /** What its addresses are called. */
  readonly label?: string
  /** Which column is taken first: the lower, the surer that it has the address to use. */
  readonly rank: number
}

/** Names without blanks and signs, and what is in the columns of these names. */
type Kind = Omit<AddressMatch, 'rank'> & { readonly names: readonly string[] }

function emails(names: readonly string[], label?: string): Kind {
  return kind('email', [...names, ...names.map((name) => `${name}address`)], label)
}

function numbers(type: 'phone' | 'mobile' | 'fax', names: readonly string[], label?: string): Kind {
  return kind(type, [...names, ...names.map((name) => `${name}number`)], label)
}

function kind(type: AddressMatch['type'], names: readonly string[], label: string | undefined): Kind {
  return { type, names, ...(label !== undefined && { label }) }
}

/** In the order in which they are taken. */
const KINDS: readonly Kind[] = [
  emails(['email']),
  kind('email', ['mail'], undefined),
  emails(['primaryemail']),
  emails(['workemail', 'businessemail'], 'work'),
  emails(['personalemail'], 'personal'),
  emails(['homeemail'], 'home'),
  emails(['secondaryemail', 'alternateemail']),
  kind('email', ['additionalemails', 'additionalemailaddresses'], undefined),
  emails(['otheremail'], 'other'),
  numbers('phone', ['phone', 'telephone', 'tel']),
  numbers('phone', ['primaryphone']),
  numbers('mobile', ['mobile', 'mobilephone', 'cell', 'cellphone']),
  numbers('phone', ['workphone', 'businessphone', 'officephone'], 'work'),
  numbers('phone', ['homephone'], 'home'),
  numbers('phone', ['companyphone', 'companymainphone'], 'company'),
  numbers('phone', ['carphone'], 'car'),
  numbers('phone', ['secondaryphone', 'alternatephone']),
  numbers('phone', ['otherphone'], 'other'),
  numbers('fax', ['fax']),
  numbers('fax', ['workfax', 'businessfax'], 'work'),
  numbers('fax', ['homefax'], 'home'),
  numbers('fax', ['otherfax'], 'other'),
]

/** Names can be numbered with two digits: as many ranks a kind. */
const RANKS = 100

const MATCHES: ReadonlyMap<string, AddressMatch> = new Map(
  KINDS.flatMap(({ names, ...others }, index) =>
    names.map((name): [string, AddressMatch] => [name, { ...others, rank: index * RANKS }]),
  ),
)

/** A name with a number, as `E-mail 2 Address`, `Phone 1 - Value` and `Home Phone 2` have it. */
const NUMBERED = /^(\D+)(\d{1,2})(?:value|address|number)?$/

/** What addresses a column has, by its name. */
export function matchAddress(header: string): AddressMatch | undefined {
  const name = plain(header)
  const numbered = NUMBERED.exec(name)
  const match = MATCHES.get(numbered?.[1] ?? name)
  return match && numbered ? { ...match, rank: match.rank + Number(numbered[2]) } : match
}

/** As Google writes it; Outlook has an `E-mail 2 Type` that says something else. */
const LABEL = /^(e-?mail|phone) (\d+) - (?:label|type)$/i

/**
 * The header of the column whose addresses a column says the label of.
 *
 * @param headers - of the file
 */
export function labelledColumn(header: string, headers: readonly string[]): string | undefined {
  const [, what, number] = LABEL.exec(header) ?? []
  const value = what && `${what} ${number} - value`.toLowerCase()
  return value === undefined ? undefined : headers.find((one) => one.toLowerCase() === value)
}

/** Whether a column is one in whose cells Google has several addresses. */
export function holdsSeveral(header: string): boolean {
  return /^(?:e-?mail|phone) \d+ - value$/i.test(header)
}

/** What no other program calls its columns. */
const GOOGLE =
  /^(?:(?:e-?mail|phone|address|organization|website) \d+ - \w|phonetic first name$|group membership$)/i

/** Whether a file is one of Google Contacts, or of a program that writes as it does. */
export function isGoogle(headers: readonly string[]): boolean {
  return headers.some((header) => GOOGLE.test(header))
}
