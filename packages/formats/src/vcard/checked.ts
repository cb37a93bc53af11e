import type { ContactInput, JsonObject, JsonValue } from '@anycontact/core'
import { ContactInputSchema, isPlainObject } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { type CardContact, customField, toInput } from './card-contact.ts'
import type { VCardSettings } from './options.ts'

/** A contact, and what is wrong with it. */
export interface CheckedContact {
  readonly contact: ContactInput
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Makes the contact of a card. What cannot be the number, the address or the picture that the card says it is, is kept as a custom
 * field: a card is not refused for it.
 */
export function checkedContact(card: CardContact, { by, mobileAs }: VCardSettings): CheckedContact {
  if (mobileAs === 'phone') makePhones(card)
  const contact = toInput(card, by === 'id')
  const issues = issuesOf(contact)
  if (issues.length === 0 || !keepUnfit(card)) return { contact, issues }
  const mended = toInput(card, by === 'id')
  return { contact: mended, issues: issuesOf(mended) }
}

function issuesOf(contact: ContactInput): CheckedContact['issues'] {
  const { issues } = v.safeParse(ContactInputSchema, contact)
  return (issues ?? []).map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }))
}

function methodsOf({ fields }: CardContact): readonly JsonObject[] {
  const methods = fields.get('contactMethods')
  return Array.isArray(methods) ? methods.filter((method) => isPlainObject(method)) : []
}

/** Numbers of mobile phones become numbers like others, labelled. */
function makePhones(card: CardContact): void {
  const methods = methodsOf(card)
  if (!methods.some(({ type }) => type === 'mobile')) return
  const phones = methods.map((method): JsonObject => {
    if (method.type !== 'mobile') return method
    const label = typeof method.label === 'string' ? `mobile, ${method.label}` : 'mobile'
    return { ...method, type: 'phone', label }
  })
  card.fields.set('contactMethods', withPrimaries(phones))
}

/** Of each type at most one is the primary one: the first that is, else the first. */
function withPrimaries(methods: readonly JsonObject[]): JsonObject[] {
  const primaries = new Map<unknown, JsonObject>()
  for (const method of methods) {
    const known = primaries.get(method.type)
    if (!known || (method.primary === true && known.primary !== true)) primaries.set(method.type, method)
  }
  return methods.map((method) => ({ ...method, primary: method === primaries.get(method.type) }))
}

/** Keeps as custom fields what does not look like what it is said to be; tells whether there was such a thing. */
function keepUnfit(card: CardContact): boolean {
  const { fields, notes } = card
  const methods = methodsOf(card)
  const fit: JsonObject[] = []
  for (const method of methods) {
    const { type, value, label } = method
    if (fits({ contactMethods: [method] }) || typeof value !== 'string') fit.push(method)
    else {
      const name = type === 'email' ? 'EMAIL' : 'TEL'
      add(fields, name, typeof label === 'string' ? { label, value } : { value })
      const looks = name === 'EMAIL' ? 'an email address' : 'a phone number'
      notes.add(`${name}: what does not look like ${looks} is in customFields.${name}`)
    }
  }
  if (fit.length > 0) fields.set('contactMethods', withPrimaries(fit))
  else fields.delete('contactMethods')
  const avatarUrl = fields.get('avatarUrl')
  const isBadUrl = avatarUrl !== undefined && !fits({ avatarUrl })
  if (isBadUrl) {
    fields.delete('avatarUrl')
    add(fields, 'PHOTO', { value: avatarUrl })
    notes.add('PHOTO: what does not look like a web address is in customFields.PHOTO')
  }
  return isBadUrl || fit.length < methods.length
}

function fits(contact: Record<string, unknown>): boolean {
  return v.is(ContactInputSchema, contact)
}

function add(fields: Map<string, JsonValue>, name: string, value: JsonObject): void {
  const before = fields.get(customField(name))
  if (Array.isArray(before)) before.push(value)
  else fields.set(customField(name), before === undefined ? [value] : [before, value])
}
