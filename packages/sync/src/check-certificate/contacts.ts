import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { As, Reading, Side } from './certificate.ts'
import { emailForm, formOf, methodValue, phoneForm } from './forms.ts'
import { canonical, isList, isMap, type Json, type JsonMap, MalformedError, memberOf } from './json.ts'

const CUSTOM = 'customFields.'

/** A contact of an export, as it is compared. */
export interface Exported {
  readonly id: string
  readonly key: string | null
  /** The canonical JSON of the forms of its values, by field. */
  readonly forms: ReadonlyMap<string, string>
}

/** The contacts of a file of NDJSON: one contact a line, as a client gives it. */
export async function* exportedContacts(path: string): AsyncGenerator<JsonMap, void, undefined> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const contact = parsed(line)
    if (!contact) throw new MalformedError(`Line ${number} of ${path} is no contact.`)
    yield contact
  }
}

function parsed(line: string): JsonMap | undefined {
  try {
    const value: Json = JSON.parse(line)
    return isMap(value) && typeof value.id === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** The key of a contact, in its form. */
function keyOf({ key }: Reading, side: Side, contact: JsonMap): string | null {
  const { field, ownIds } = key[side]
  const value = memberOf(contact, field)
  const id = String(contact.id)
  if (field === 'id') return id
  if (typeof value === 'string' && value.trim() !== '') {
    if (field === 'email') return emailForm(value)
    return field === 'phone' ? phoneForm(value) : value
  }
  if (field !== 'externalId') return null
  return ownIds ? id : `${contact.provider}:${id}`
}

/** A contact as it is compared. */
export function toExported(reading: Reading, side: Side, contact: JsonMap): Exported {
  const forms = new Map<string, string>()
  for (const { field, paths, as } of reading.fields) {
    const value = valueAt(contact, paths[side], as)
    if (side === 'source' && isUnsaid(reading, contact, paths.source)) continue
    if (value !== undefined) forms.set(field, canonical(formOf(as, value)))
  }
  for (const [name, value] of customEntries(contact)) {
    if (isByName(reading, name)) forms.set(CUSTOM + name, canonical(value))
  }
  const inOrder = [...forms].sort(([one], [other]) => (one < other ? -1 : 1))
  return { id: String(contact.id), key: keyOf(reading, side, contact), forms: new Map(inOrder) }
}

/** Whether an input does not say what the contact made of it has: it has its addresses either as a list, or one by one. */
function isUnsaid({ isOfInputs, fields }: Reading, { raw }: JsonMap, path: string): boolean {
  if (!isOfInputs) return false
  const hasList = memberOf(mapOf(raw), 'contactMethods') !== undefined
  if (path === 'contactMethods') return !hasList
  const isAddress = path === 'email' || path === 'phone'
  return isAddress && hasList && fields.some(({ paths }) => paths.target === 'contactMethods')
}

/** The record of a contact, in which fields can be left out. */
export function recordOf({ key, forms }: Exported, isIn: (field: string) => boolean = () => true): string {
  const members = [...forms].filter(([field]) => isIn(field))
  return `[${canonical(key)},{${members.map(([field, form]) => `${canonical(field)}:${form}`).join(',')}}]`
}

/** The fields of a contact of the source that are not kept: those named in `lost`, and custom fields without a place. */
export function lostOf(reading: Reading, lost: readonly string[], contact: JsonMap): string[] {
  const plain = lost.filter(
    (field) =>
      field !== 'customFields' && !field.startsWith(CUSTOM) && valueAt(contact, field, 'tags') !== undefined,
  )
  const placed = new Set(reading.fields.map(({ paths }) => paths.source))
  const custom = Object.keys(mapOf(contact.customFields)).filter(
    (name) => !placed.has(CUSTOM + name) && !isByName(reading, name),
  )
  return [...plain, ...custom.map((name) => CUSTOM + name)]
}

export function isCustom(field: string): boolean {
  return field.startsWith(CUSTOM)
}

function isByName({ customFields }: Reading, name: string): boolean {
  if (!customFields || name === '' || name === '__proto__') return false
  return !customFields.without.has(name) && (customFields.only?.has(name) ?? true)
}

function customEntries(contact: JsonMap): [string, Json][] {
  return Object.entries(mapOf(contact.customFields)).filter(([, value]) => value !== null)
}

function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {}
}

/** What stands at a path; `undefined` for what is empty. */
function valueAt(contact: JsonMap, path: string, as: As): Json | undefined {
  const isOwn = path.startsWith(CUSTOM)
  const from = isOwn ? mapOf(contact.customFields) : contact
  const found = memberOf(from, isOwn ? path.slice(CUSTOM.length) : path)
  const value = path === 'contactMethods' && isList(found) ? found.map(methodValue) : found
  if (value === undefined || value === null) return undefined
  if (as === 'json') return value
  if (value === '' || (isList(value) && value.length === 0)) return undefined
  const isText = as !== 'tags' && as !== 'methods'
  return isText && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value
}
