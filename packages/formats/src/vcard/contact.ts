import type { JsonValue } from '@anycontact/core'
import { type CardContact, customField, type TextField } from './card-contact.ts'
import { splitValue, unescapeText, type VCardVersion } from './escape.ts'
import { LABEL_PROPERTY, Labels } from './labels.ts'
import { readMethods } from './methods.ts'
import { applyFields, ERROR_PROPERTY, FIELDS_PROPERTY } from './own.ts'
import { ANDROID_LABEL, PROTO, type Property, rankOf, typesIn } from './property.ts'
import {
  ADDRESS_PARTS,
  NAME_PARTS,
  partsOf,
  readAddress,
  readDate,
  readOther,
  readUrl,
} from './structured.ts'

/** What is about the card, and not about the contact. */
const ABOUT_CARD = ['BEGIN', 'END', 'VERSION', 'PROFILE', 'PRODID', 'REV', 'CREATED', ERROR_PROPERTY]
/** What is said of properties that are read, and says nothing of the contact. */
const COMMON = [
  'PREF',
  'VALUE',
  'ENCODING',
  'CHARSET',
  'LANGUAGE',
  'PID',
  'ALTID',
  'MEDIATYPE',
  'PROP-ID',
  'TYPE',
]
/** What is said of these properties and read with them. */
const READ_PARAMS: Readonly<Record<string, readonly string[]>> = {
  EMAIL: [ANDROID_LABEL],
  TEL: [ANDROID_LABEL],
  URL: [ANDROID_LABEL],
  ADR: [ANDROID_LABEL, 'LABEL'],
  BDAY: ['X-APPLE-OMIT-YEAR'],
}
/** Properties that are called something, by their types or by what stands beside them. */
const LABELLED = ['EMAIL', 'TEL', 'URL', 'ADR']
/** The group that everybody is in whom Google exports. */
const GOOGLES_GROUP = 'myContacts'
const UUID_URN = /^urn:uuid:(?=[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$)/i

/** The properties that a field, or a custom field, of one text is made of. */
const TEXTS: Readonly<Record<string, TextField | `customFields.${string}`>> = {
  FN: 'name',
  LANG: 'locale',
  TZ: 'timezone',
  UID: 'externalId',
  TITLE: 'customFields.jobTitle',
  ROLE: 'customFields.role',
}
/** Where software keeps the anniversary that has no property in vCard 3.0. */
const ANNIVERSARIES = ['ANNIVERSARY', 'X-ANNIVERSARY', 'X-MS-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY']

/** Reads what the properties of a card say of its contact. */
export function readContact(properties: readonly Property[], version: VCardVersion): CardContact {
  return new CardReader(properties, version).read()
}

class CardReader {
  readonly #version: VCardVersion
  readonly #labels: Labels
  readonly #byName = new Map<string, Property[]>()
  readonly #contact: CardContact = { fields: new Map(), notes: new Set(), issues: [] }
  /** What no field is for, by its name. */
  readonly #others = new Map<string, JsonValue[]>()

  constructor(properties: readonly Property[], version: VCardVersion) {
    this.#version = version
    this.#labels = new Labels(properties, version)
    for (const property of properties) {
      const { name, isBinary } = property
      if (ABOUT_CARD.includes(name)) continue
      const same = this.#byName.get(name)
      if (isBinary && name !== 'PHOTO') this.#note(`${name}: data that is in the file itself`)
      else if (same) same.push(property)
      else this.#byName.set(name, [property])
    }
  }

  read(): CardContact {
    const own = this.#take(FIELDS_PROPERTY)
    for (const [name, field] of Object.entries(TEXTS)) this.#text(name, field)
    this.#single('BDAY', (property) => this.#set(customField('birthday'), readDate(property, this.#version)))
    this.#anniversary()
    this.#single('N', (property) => this.#name(property))
    this.#single('NICKNAME', (property) => this.#nickname(property))
    this.#single('PHOTO', (property) => this.#photo(property))
    this.#single('ORG', (property) => this.#organization(property))
    this.#notes()
    this.#tags()
    this.#methods()
    this.#addresses()
    const labels = this.#take(LABEL_PROPERTY)
    for (const same of this.#byName.values()) for (const property of same) this.#keep(property)
    // By now it is known which have been read with what they are the label of.
    for (const property of labels) {
      if (this.#labels.isRead(property)) this.#params(property)
      else this.#keep(property)
    }
    for (const [name, values] of this.#others) {
      const [first] = values
      this.#set(customField(name), values.length === 1 && typeof first === 'string' ? first : values)
    }
    applyFields(own, this.#contact, this.#version)
    return this.#contact
  }

  /** The properties of a name, the preferred ones first, which are nobody else's then. */
  #take(name: string): readonly Property[] {
    const found = this.#byName.get(name) ?? []
    this.#byName.delete(name)
    return found.length > 1 ? [...found].sort((a, b) => rankOf(a) - rankOf(b)) : found
  }

  /** Reads the first property of a name that says something. Others are kept as they are. */
  #single(name: string, read: (property: Property) => void): void {
    const [first, ...others] = this.#take(name).filter(
      (property) => property.isBinary || property.value.trim() !== '',
    )
    if (!first) return
    read(first)
    this.#params(first)
    for (const property of others) this.#keep(property)
  }

  #text(name: string, field: string): void {
    this.#single(name, ({ value }) => {
      const text = this.#plain(value)
      this.#set(field, field === 'externalId' ? text.replace(UUID_URN, '') : text)
    })
  }

  #name({ value }: Property): void {
    const [family = '', given = '', ...others] = partsOf(value, this.#version)
    this.#set('familyName', family)
    this.#set('givenName', given)
    for (const [index, key] of NAME_PARTS.entries()) this.#set(customField(key), others[index] ?? '')
    if (others.slice(NAME_PARTS.length).some((part) => part !== '')) this.#note('N: parts beyond the fifth')
  }

  /** The first anniversary that is said, in whatever way; `X-ABDATE` is one by its label. */
  #anniversary(): void {
    const labelled = (this.#byName.get('X-ABDATE') ?? []).filter(
      (property) => this.#labels.of(property) === 'anniversary',
    )
    const all = [...ANNIVERSARIES.flatMap((name) => this.#byName.get(name) ?? []), ...labelled]
    const first = all.find(({ value }) => value.trim() !== '')
    if (!first) return
    this.#set(customField('anniversary'), readDate(first, this.#version))
    this.#params(first)
    const others = (this.#byName.get(first.name) ?? []).filter((property) => property !== first)
    this.#byName.set(first.name, others)
  }

  #nickname(property: Property): void {
    const [first = '', ...others] = splitValue(property.value, ',')
    this.#set('nickname', this.#plain(first))
    for (const other of others) this.#keep({ ...property, value: other })
  }

  #photo(property: Property): void {
    const text = unescapeText(property.value, '2.1').trim()
    if (property.isBinary || /^data:/i.test(text)) this.#note('PHOTO: a picture that is in the file itself')
    else if (/^https?:/i.test(text)) this.#set('avatarUrl', text)
    else this.#keep(property)
  }

  #organization({ value }: Property): void {
    const [name = '', ...units] = partsOf(value, this.#version)
    this.#set(customField('organization'), name)
    const filled = units.filter((unit) => unit !== '')
    if (filled.length > 0) this.#contact.fields.set(customField('organizationUnits'), filled)
  }

  /** Notes are text for people to read: several are one after the other. */
  #notes(): void {
    const found = this.#take('NOTE')
    for (const property of found) this.#params(property)
    const texts = found.map(({ value }) => unescapeText(value, this.#version))
    const filled = texts.map((text) => text.trimEnd()).filter((text) => text !== '')
    this.#set('note', filled.join('\n\n'))
  }

  #tags(): void {
    const found = this.#take('CATEGORIES')
    for (const property of found) this.#params(property)
    const tags = found
      .flatMap(({ value }) => splitValue(value, ','))
      .flatMap((part) => (this.#version === '2.1' ? splitValue(part, ';') : part))
      .map((part) => this.#plain(part))
      .filter((tag) => tag !== '' && tag !== GOOGLES_GROUP)
    if (tags.length > 0) this.#contact.fields.set('tags', [...new Set(tags)])
  }

  #methods(): void {
    // In the order of the card.
    const emails = this.#byName.get('EMAIL') ?? []
    const numbers = this.#byName.get('TEL') ?? []
    this.#byName.delete('EMAIL')
    this.#byName.delete('TEL')
    const methods = readMethods([...emails, ...numbers], this.#labels, this.#version)
    if (methods.length > 0) this.#contact.fields.set('contactMethods', methods)
    for (const property of [...emails, ...numbers]) {
      this.#labels.beside(property)
      this.#params(property)
    }
  }

  #addresses(): void {
    const codes = this.#take('X-ABADR')
    const byGroup = new Map([...codes].reverse().map((code) => [code.group, code]))
    const read = new Set<Property>()
    const addresses = this.#inOrder('ADR').flatMap((property) => {
      const { group } = property
      const code = group === undefined ? undefined : byGroup.get(group)
      const parts = partsOf(property.value, this.#version)
      if (parts.slice(ADDRESS_PARTS.length + 1).some((part) => part !== '')) {
        this.#note('ADR: parts beyond the eighth')
      }
      const whole = parts[ADDRESS_PARTS.length]
      if (whole && property.params.has('LABEL')) this.#note('ADR: its eighth part, because it has a LABEL')
      const address = readAddress(property, this.#labels, this.#version, code && this.#plain(code.value))
      if (address && code) read.add(code)
      return address ?? []
    })
    for (const code of codes) {
      if (read.has(code)) this.#params(code)
      else this.#keep(code)
    }
    if (addresses.length > 0) this.#contact.fields.set(customField('addresses'), addresses)
    const urls = this.#inOrder('URL').flatMap((property) => readUrl(property, this.#labels) ?? [])
    if (urls.length > 0) this.#contact.fields.set(customField('urls'), urls)
  }

  #inOrder(name: string): readonly Property[] {
    const found = this.#byName.get(name) ?? []
    this.#byName.delete(name)
    for (const property of found) {
      this.#labels.beside(property)
      this.#params(property)
    }
    return found
  }

  /** Keeps a property that no field is for under its name. */
  #keep(property: Property): void {
    const { name, isBinary } = property
    if (name === 'AGENT') this.#note('AGENT: the card of another person')
    else if (isBinary || /^data:/i.test(property.value)) {
      this.#note(`${name}: data that is in the file itself`)
    } else {
      const value = readOther(property, this.#labels, this.#version)
      if (value === undefined) return
      if (property.params.has(PROTO)) this.#note(`${name}: its ${PROTO}`)
      const same = this.#others.get(name)
      if (same) same.push(value)
      else this.#others.set(name, [value])
    }
  }

  /** Tells of what is said of a property that is read and not kept. */
  #params(property: Property): void {
    const { name, params } = property
    const isLabelled = LABELLED.includes(name)
    const isCalled = isLabelled ? this.#labels.isOverruled(property) : typesIn(property).length > 0
    if (isCalled && name !== 'PHOTO') this.#note(`${name}: its TYPE`)
    for (const param of params.keys()) {
      if (!COMMON.includes(param) && !READ_PARAMS[name]?.includes(param)) this.#note(`${name}: its ${param}`)
    }
  }

  #plain(value: string): string {
    return unescapeText(value, this.#version).trim()
  }

  #set(field: string, value: JsonValue): void {
    if (value !== '') this.#contact.fields.set(field, value)
  }

  #note(text: string): void {
    this.#contact.notes.add(text)
  }
}
