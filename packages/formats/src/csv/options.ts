import type {
  ContactInput,
  ContactMethodType,
  ContactsErrorIssue,
  CsvDelimiter,
  RefKey,
} from '@anycontact/core'
import { CONTACT_METHOD_TYPES, isDelimiter, isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import { badOptions } from '../problems.ts'
import { isEncoding } from '../source/decode.ts'

/** A place among the contact methods: their type, and maybe their label. */
export type CsvMethodTarget =
  | `contactMethods.${ContactMethodType}`
  | `contactMethods.${ContactMethodType}.${string}`

/** Where the cells of a column go: a field of the contact, a contact method, a custom field by its key, or nowhere. */
export type CsvTarget = keyof ContactInput | CsvMethodTarget | `customFields.${string}` | null

/** What the cells of a custom field are. */
export type CsvValueType = 'text' | 'number' | 'boolean' | 'json'

/**
 * How a CSV file is read.
 *
 * @typeParam By - the key that each row must have
 */
export interface ReadCsvOptions<By extends RefKey = RefKey> {
  /**
   * The key by which contacts are told apart, as in `upsertMany`: a row without it is refused, and so is one whose key an earlier
   * row has. The keys of the whole file are then kept in memory, about a hundred bytes each.
   * @default none
   */
  readonly by?: By | undefined
  /**
   * Where columns go: by their header, for those that are not found by their names or are to go elsewhere; `null` leaves a column
   * out. An array says it for each column by its place, and that the file has no header.
   * @default by their names
   */
  readonly columns?: Readonly<Record<string, CsvTarget>> | readonly CsvTarget[] | undefined
  /**
   * What to do with columns that are no field of a contact: make each a custom field under its header, leave them out, or refuse
   * the file.
   * @default 'customFields'
   */
  readonly unknownColumns?: 'customFields' | 'ignore' | 'error' | undefined
  /**
   * What to do with columns of further email addresses, phone and fax numbers, and with those that say what these are called: make
   * them contact methods, or columns that are no field. With `'contactMethods'`, the first column that is filled is `email` or `phone`, and all
   * of them are in `contactMethods` where there is more to say; that is for providers that store them, and what is there is replaced by
   * the list.
   * @default 'customFields'
   */
  readonly addresses?: 'customFields' | 'contactMethods' | undefined
  /** What the cells of custom fields are, by key, where they are to become something else than text. @default text */
  readonly customFields?: Readonly<Record<string, CsvValueType>> | undefined
  /** What stands between cells. @default found out from the header */
  readonly delimiter?: CsvDelimiter | undefined
  /**
   * How bytes without a byte order mark are read: `windows-1252` for what Excel saves as plain CSV in much of Europe and America,
   * or any other label of the Encoding Standard.
   * @default 'utf-8'
   */
  readonly encoding?: string | undefined
}

/** Options that have been checked. */
export interface CsvSettings extends ReadCsvOptions {
  readonly unknownColumns: 'customFields' | 'ignore' | 'error'
  readonly addresses: 'customFields' | 'contactMethods'
  readonly customFields: Readonly<Record<string, CsvValueType>>
  readonly encoding: string
}

const FIELD_NAMES: Readonly<Record<keyof ContactInput, true>> = {
  id: true,
  externalId: true,
  name: true,
  givenName: true,
  familyName: true,
  nickname: true,
  email: true,
  phone: true,
  contactMethods: true,
  avatarUrl: true,
  note: true,
  locale: true,
  timezone: true,
  tags: true,
  status: true,
  customFields: true,
  verifiedAt: true,
}

/** Whether a text names a field that can be written. */
function isField(name: string): name is keyof ContactInput {
  return Object.hasOwn(FIELD_NAMES, name)
}

const KNOWN = ['by', 'columns', 'unknownColumns', 'addresses', 'customFields', 'delimiter', 'encoding']
const UNKNOWN_COLUMNS: readonly unknown[] = ['customFields', 'ignore', 'error']
const VALUE_TYPES: readonly unknown[] = ['text', 'number', 'boolean', 'json']

/**
 * Checks options.
 *
 * @throws ContactsError `invalid_input` for what cannot work; tells of all that is wrong
 */
export function checkOptions(given: ReadCsvOptions = {}): CsvSettings {
  if (!isPlainObject(given)) {
    throw badOptions('readCsv', [{ path: 'options', message: 'must be a plain object' }])
  }
  const issues: ContactsErrorIssue[] = []
  const refuse = (path: string, message: string): void => {
    issues.push({ path, message })
  }
  const options: ReadCsvOptions = given
  for (const key of Object.keys(options)) {
    if (!KNOWN.includes(key)) refuse(key, `is not an option; the options are ${KNOWN.join(', ')}`)
  }
  const { by, columns, unknownColumns = 'customFields', customFields = {}, encoding = 'utf-8' } = options
  const { addresses = 'customFields' } = options
  if (by !== undefined && !REF_KEYS.includes(by)) refuse('by', `must be one of ${REF_KEYS.join(', ')}`)
  if (!UNKNOWN_COLUMNS.includes(unknownColumns)) {
    refuse('unknownColumns', "must be 'customFields', 'ignore' or 'error'")
  }
  if (addresses !== 'customFields' && addresses !== 'contactMethods') {
    refuse('addresses', "must be 'customFields' or 'contactMethods'")
  }
  if (options.delimiter !== undefined && !isDelimiter(options.delimiter)) {
    refuse('delimiter', "must be ',', ';' or a tab ('\\t')")
  }
  if (!isEncoding(encoding)) refuse('encoding', 'is not the label of an encoding that can be read here')
  if (columns !== undefined && !Array.isArray(columns) && !isPlainObject(columns)) {
    refuse('columns', "must be an object of headers, such as { Mail: 'email' }, or an array")
  } else {
    for (const [header, target] of Object.entries(columns ?? {})) {
      if (!isTarget(target)) {
        const fields = Object.keys(FIELD_NAMES).join(', ')
        refuse(
          `columns.${header}`,
          `must be null, customFields.<key>, contactMethods.<type>, or one of ${fields}`,
        )
      }
    }
  }
  if (!isPlainObject(customFields)) refuse('customFields', 'must be an object of types by key')
  else {
    for (const [key, type] of Object.entries(customFields)) {
      if (!VALUE_TYPES.includes(type))
        refuse(`customFields.${key}`, "must be 'text', 'number', 'boolean' or 'json'")
    }
  }
  if (issues.length > 0) throw badOptions('readCsv', issues)
  return { ...options, unknownColumns, addresses, customFields, encoding }
}

function isTarget(target: unknown): boolean {
  if (target === null) return true
  if (typeof target !== 'string') return false
  return isField(target) || /^customFields\../.test(target) || readMethodTarget(target) !== undefined
}

const METHOD_TARGET = /^contactMethods\.(\w+)(?:\.(.+))?$/s

/** The type and the label of the contact methods that a column holds; nothing for a column of something else. */
export function readMethodTarget(
  target: string,
): { readonly type: ContactMethodType; readonly label?: string } | undefined {
  const [, name, label] = METHOD_TARGET.exec(target) ?? []
  const type = CONTACT_METHOD_TYPES.find((one) => one === name)
  return type && { type, ...(label !== undefined && { label }) }
}
