import type { ContactMethodType, JsonObject } from '@anycontact/core'
import { unescapeText, type VCardVersion } from './escape.ts'
import type { Labels } from './labels.ts'
import { type Property, rankOf, wordsOf } from './property.ts'

/** What says which kind of number it is, and is no label. */
const KINDS: Readonly<Record<string, ContactMethodType | undefined>> = {
  cell: 'mobile',
  mobile: 'mobile',
  fax: 'fax',
  pager: 'other',
}
/** Direction marks and the like, which phones put around numbers. */
const INVISIBLE = /\p{Cf}/gu

/** A contact method as a card gives it. */
export interface CardMethod extends JsonObject {
  type: ContactMethodType
  value: string
  primary: boolean
}

/**
 * Reads the addresses and numbers of a card: of each type the preferred one is the primary one, else the first.
 *
 * @param properties - `EMAIL` and `TEL`, in the order of the card
 */
export function readMethods(
  properties: readonly Property[],
  labels: Labels,
  version: VCardVersion,
): CardMethod[] {
  const best = new Map<ContactMethodType, { method: CardMethod; rank: number }>()
  return properties.flatMap((property) => {
    const value = addressOf(property, version)
    if (value === '') return []
    const type = property.name === 'EMAIL' ? 'email' : typeOf(property)
    const label = labels.of(property)
    const method: CardMethod = { type, value, primary: false, ...(label !== undefined && { label }) }
    const rank = rankOf(property)
    const other = best.get(type)
    if (!other || rank < other.rank) {
      if (other) other.method.primary = false
      method.primary = true
      best.set(type, { method, rank })
    }
    return [method]
  })
}

function typeOf(property: Property): ContactMethodType {
  const kinds = wordsOf(property).map((word) => (Object.hasOwn(KINDS, word) ? KINDS[word] : undefined))
  return kinds.find((kind) => kind === 'fax') ?? kinds.find((kind) => kind !== undefined) ?? 'phone'
}

function addressOf({ name, value }: Property, version: VCardVersion): string {
  const text = unescapeText(value, version)
    .replace(INVISIBLE, '')
    .replace(/\u00a0/g, ' ')
    .trim()
  return text.replace(name === 'EMAIL' ? /^mailto:/i : /^tel:/i, '').trim()
}
