import type { ContactInput, JsonValue } from '@anycontact/core'
import { ContactInputSchema, isPlainObject, parsedProblem, parseJson } from '@anycontact/core/adapter-kit'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import * as v from 'valibot'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { readContactFile } from './contact-file.ts'
import { readValue, splitList } from './values.ts'

/** Fields as a command line gives them, before they are checked. */
export type GivenFields = Readonly<Record<string, unknown>>

/** What a command line says of the fields to write. */
export interface FieldOptions {
  readonly set?: GivenFields | undefined
  readonly unset?: GivenFields | undefined
  readonly input?: string | undefined
}

/** The options of {@link FieldOptions}, for commands that write. */
export const FIELD_OPTIONS = {
  set: ['--set <field=value>', 'name=Ana, tags=a,b, customFields.plan=pro, or JSON; may be repeated'],
  unset: ['--unset <field>', 'clears a field: phone, customFields.plan; may be repeated'],
  input: ['--input <file>', 'the fields as a JSON object; - is standard input'],
} as const

const JSON_FIELDS: readonly string[] = ['contactMethods', 'customFields']

/** Reads one `--set`, and adds it to those before. */
export function readSetting(text: string, before: GivenFields | undefined): GivenFields {
  const at = text.indexOf('=')
  if (at < 0) throw new InvalidArgumentError('Write it as field=value.')
  const field = text.slice(0, at).trim()
  const value = text.slice(at + 1).trim()
  if (value === '') throw new InvalidArgumentError(`It has no value; --unset ${field} clears a field.`)
  return withField(before ?? {}, field, readFieldValue(field, value))
}

/** Reads one `--unset`, and adds it to those before. */
export function readUnset(text: string, before: GivenFields | undefined): GivenFields {
  return withField(before ?? {}, text.trim(), null)
}

/** Reads the value of a field that is to be written. */
export function readFieldValue(field: string, text: string): JsonValue {
  const isJson = /^[[{]/.test(text)
  if (JSON_FIELDS.includes(field) && !isJson) {
    throw new InvalidArgumentError(`${field} is written as JSON, or customFields.<name>=value.`)
  }
  if (isJson && (field.startsWith('customFields') || field === 'contactMethods' || field === 'tags')) {
    return readJson(text)
  }
  return field === 'tags'
    ? splitList(text).map((one) => String(readValue(one.trim(), field)))
    : readValue(text, field)
}

function readJson(text: string): JsonValue {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new InvalidArgumentError(`What begins with ${text.charAt(0)} is to be JSON.`)
  const problem = parsedProblem(parsed.value)
  if (problem) throw new InvalidArgumentError(`${problem.path.join('.')} ${problem.message}.`)
  return parsed.value as JsonValue // it was parsed as JSON
}

/** Adds a field to others; a custom field goes to those that are there. */
function withField(fields: GivenFields, field: string, value: unknown): GivenFields {
  if (field === '') throw new InvalidArgumentError('It names no field.')
  const [, key] = /^customFields\.(.+)$/s.exec(field) ?? []
  if (key === undefined) {
    if (Object.hasOwn(fields, field)) throw new InvalidArgumentError(`${field} is there twice.`)
    return { ...fields, [field]: value }
  }
  const custom = fields.customFields ?? {}
  if (!isPlainObject(custom) || Object.hasOwn(custom, key)) {
    throw new InvalidArgumentError(`${field} is there twice.`)
  }
  return { ...fields, customFields: { ...custom, [key]: value } }
}

/**
 * Puts together what a command line says of the fields to write, and checks it.
 *
 * @param keepsId - whether an id is a field like others: where it is the caller's own
 * @throws UsageError for what cannot be written, with all that is wrong
 */
export async function readFields(
  { set = {}, unset = {}, input }: FieldOptions,
  host: Host,
  keepsId: boolean,
): Promise<ContactInput> {
  const file = input === undefined ? {} : await readContactFile(input, host, keepsId)
  const given = merged(merged(file, set), unset)
  if (Object.keys(given).length === 0) {
    throw new UsageError('Say what to write: --set field=value, --unset field, or --input file.json.')
  }
  const twice = Object.keys(set).filter((field) => field !== 'customFields' && Object.hasOwn(unset, field))
  if (twice.length > 0) throw new UsageError(`${twice.join(', ')}: set and unset at once.`)
  if (v.is(ContactInputSchema, given)) return given
  const issues = v.safeParse(ContactInputSchema, given).issues ?? []
  const wrong = issues.map((issue) => `${v.getDotPath(issue) ?? 'it'} ${issue.message}`)
  throw new UsageError(`This cannot be written: ${[...new Set(wrong)].join('; ')}.`)
}

/** Fields over others; custom fields by their keys. */
function merged(fields: GivenFields, over: GivenFields): GivenFields {
  const [below, above] = [fields.customFields, over.customFields]
  return {
    ...fields,
    ...over,
    ...(isPlainObject(below) && isPlainObject(above) && { customFields: { ...below, ...above } }),
  }
}

/**
 * Sees to it that a provider can store the fields, before anything is sent.
 *
 * @throws UsageError for those that it cannot
 */
export function checkFields(name: string, fields: readonly string[] | undefined, given: ContactInput): void {
  const others = Object.keys(given).filter((field) => fields?.includes(field) === false)
  if (others.length === 0) return
  const list = fields?.filter((field) => field !== 'id').join(', ')
  throw new UsageError(`The provider ${name} cannot store ${others.join(', ')}; it can store ${list}.`)
}
