import { unescapeText, type VCardVersion } from './escape.ts'
import { ANDROID_LABEL, type Property, wordsOf } from './property.ts'

/** The property of a group that says what the others of it are called. */
export const LABEL_PROPERTY = 'X-ABLABEL'

/** What says no more than that it is an address or a number. */
const PLAIN = ['internet', 'voice', 'text', 'msg', 'cell', 'mobile', 'fax']
/** What says no more than that mail comes there. */
const POSTAL = ['dom', 'intl', 'postal', 'parcel']
const APPLE_LABEL = /^_\$!<(.*)>!\$_$/s

/** What the properties of a card are called by their owner. */
export class Labels {
  readonly #byGroup = new Map<string, { readonly text: string; readonly property: Property }>()
  readonly #read = new Set<Property>()

  constructor(properties: readonly Property[], version: VCardVersion) {
    for (const property of properties) {
      const { group, name, value } = property
      if (name !== LABEL_PROPERTY || group === undefined || this.#byGroup.has(group)) continue
      const text = unescapeText(value, version).trim()
      const [, known] = APPLE_LABEL.exec(text) ?? []
      if (text !== '') this.#byGroup.set(group, { text: known?.toLowerCase() ?? text, property })
    }
  }

  /** What a property is called: what stands beside it in its group, else what it says itself. */
  of(property: Property): string | undefined {
    return this.beside(property) ?? ownLabel(property)
  }

  /** What stands beside a property in its group, which is read with it then. */
  beside({ group }: Property): string | undefined {
    const label = group === undefined ? undefined : this.#byGroup.get(group)
    if (label) this.#read.add(label.property)
    return label?.text
  }

  /** Whether a label has been read with what it is the label of. */
  isRead(label: Property): boolean {
    return this.#read.has(label)
  }

  /** Whether a property says itself what it is called, and is called otherwise. */
  isOverruled(property: Property): boolean {
    const own = ownLabel(property)
    return own !== undefined && own !== this.of(property)
  }
}

function ownLabel(property: Property): string | undefined {
  const [android] = property.params.get(ANDROID_LABEL) ?? []
  return android || typeLabel(property)
}

function typeLabel(property: Property): string | undefined {
  const plain = property.name === 'ADR' ? POSTAL : property.name === 'URL' ? [] : PLAIN
  const types = wordsOf(property)
    .filter((type) => !plain.includes(type))
    .map((type) => type.replace(/^x-(?=.)/, ''))
  return types.length > 0 ? [...new Set(types)].join(', ') : undefined
}
