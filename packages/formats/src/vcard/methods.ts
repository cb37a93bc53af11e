import type { ContactMethodType, JsonObject } from '@anycontact/core'
import { unescapeText, type VCardVersion } from './escape.ts'
import { ANDROID_LABEL, type Property, rankOf, typesIn } from './property.ts'

/** What says which kind of number it is, and is no label. */
const KINDS: Readonly<Record<string, ContactMethodType | undefined>> = {
  cell: 'mobile',
  mobile: 'mobile',
  fax: 'fax',
  pager: 'other',
}
/** What says no more than that it is an address or a number. */
const PLAIN = ['internet', 'voice', 'text', 'msg', 'cell', 'mobile', 'fax']
/** What says no more than that mail comes there. */
const POSTAL = ['dom', 'intl', 'postal', 'parcel']
const APPLE_LABEL = /^_\$!<(.*)>!\$_$/s
/** Direction marks and the like, which phones put around numbers. */
const INVISIBLE = /\p{Cf}/gu

/** A contact method as a card gives it. */
export interface CardMethod extends JsonObject {
  type: ContactMethodType
  value: string
  primary: boolean
}

/** The labels of groups: `item1.X-ABLabel`. */
export type Labels = ReadonlyMap<string, string>

/** What a property is called by its owner. */
export function labelOf(property: Property, labels: Labels): string | undefined {
  const given = property.group === undefined ? undefined : labels.get(property.group)
  if (given !== undefined) return given
  const [own] = property.params.get(ANDROID_LABEL) ?? []
  if (own) return own
  const plain = property.name === 'ADR' ? POSTAL : property.name === 'URL' ? [] : PLAIN
  const types = wordsOf(property)
    .filter((type) => !plain.includes(type))
    .map((type) => type.replace(/^x-(?=.)/, ''))
  return types.length > 0 ? [...new Set(types)].join(', ') : undefined
}

/** The types of a property; what Google writes as one word is two. */
function wordsOf(property: Property): readonly string[] {
  return typesIn(property).flatMap((type) => {
    const [, place] = /^(home|work|other)fax$/.exec(type) ?? []
    return place ? [place, 'fax'] : type
  })
}

/** Reads the labels of a card. */
export function labelsOf(properties: readonly Property[], version: VCardVersion): Labels {
  const labels = new Map<string, string>()
  const groups = new Set(properties.flatMap(({ group, name }) => (name === 'X-ABLABEL' ? [] : (group ?? []))))
  for (const { group, name, value } of properties) {
    // A label of nothing is kept as any other property is.
    if (name !== 'X-ABLABEL' || group === undefined || !groups.has(group)) continue
    const text = unescapeText(value, version).trim()
    const [, known] = APPLE_LABEL.exec(text) ?? []
    if (text !== '') labels.set(group, known?.toLowerCase() ?? text)
  }
  return labels
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
    const label = labelOf(property, labels)
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
