import type { ContactInput, ContactMethodInput, JsonInputObject } from '@anycontact/core'

const PEOPLE: readonly (readonly [given: string, family: string])[] = [
  ['Ana', 'Souza'],
  ['Zoë', 'Müller'],
  ['小龍', '李'],
  ['محمد', 'علي'],
  ['Søren', 'Kjær'],
  ['Дмитрий', 'Иванов'],
  ['Priya 🌺', 'Nair'],
  ['Seán', "O'Brien"],
  ['太郎', '山田'],
  ['דוד', 'כהן'],
  ['สมชาย', 'ใจดี'],
  ['Nguyễn', 'Thị Minh'],
  ['Jane "JD"', 'Doe'],
  ['Ἑλένη', 'Παπαδοπούλου'],
  ['अर्जुन', 'शर्मा'],
]
const LOCALES = ['pt-BR', 'de', 'zh-Hant-HK', 'ar-EG', 'da', 'ru', 'en-IN', 'ga', 'ja-JP']
const TIMEZONES = ['America/Sao_Paulo', 'Europe/Berlin', 'Asia/Hong_Kong', 'Africa/Cairo', 'Pacific/Chatham']
const NOTES = ['Met at the fair', 'Zeile 1\nZeile 2\tTab', 'Prefers mail; "never" calls 📵', '=1+1, a note']
const TAGS = ['vip', 'lead', 'newsletter', 'Größe XL', '重要']
const STATUSES = ['active', 'blocked', 'trial']

/** A number from 0 up to 1. */
type Random = () => number

/**
 * Makes contacts as different as they come: names in many scripts, fields that are absent, more addresses than one, nested custom
 * fields. The same number gives the same contacts. One in 500 has a time of verification that ChatBotKit refuses.
 *
 * @param count - how many
 */
export function variedContacts(count: number): ContactInput[] {
  const random = seededRandom(20_260_131)
  return Array.from({ length: count }, (_, index) => variedContact(index, random))
}

function variedContact(index: number, random: Random): ContactInput {
  const [given, family] = pick(PEOPLE, random)
  const maybe = <Value>(share: number, value: () => Value): Value | undefined =>
    random() < share ? value() : undefined
  const contactMethods = addresses(index, random)
  const input: ContactInput = {
    externalId: maybe(0.9, () => externalId(index)),
    name: maybe(0.9, () => `${given} ${family}`),
    givenName: maybe(0.6, () => given),
    familyName: maybe(0.6, () => family),
    nickname: maybe(0.3, () => `${given.toLowerCase()}_${index}`),
    contactMethods: contactMethods.length > 0 ? contactMethods : undefined,
    avatarUrl: maybe(0.25, () => `https://example.com/pictures/${index}.png?size=64`),
    note: maybe(0.4, () => pick(NOTES, random)),
    locale: maybe(0.5, () => pick(LOCALES, random)),
    timezone: maybe(0.3, () => pick(TIMEZONES, random)),
    tags: maybe(0.4, () => TAGS.filter((_, position) => position === index % 5 || random() < 0.3)),
    status: maybe(0.35, () => pick(STATUSES, random)),
    customFields: maybe(0.6, () => customFields(index, random)),
    verifiedAt: maybe(0.2, () => new Date(Date.UTC(2020, 0, 1) + index * 3_600_123).toISOString()),
  }
  if (index % 500 === 7) input.verifiedAt = '1970-01-01T00:00:00.000Z'
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

function externalId(index: number): string {
  const number = String(index).padStart(6, '0')
  if (index % 4 === 0) return `00000000-0000-4000-8000-000000${number}`
  if (index % 4 === 1) return `u${index}`
  return index % 4 === 2 ? `crm/customers/${number}` : `Kunde Nr. ${index} ü`
}

function addresses(index: number, random: Random): ContactMethodInput[] {
  const methods: ContactMethodInput[] = []
  const number = String(index).padStart(6, '0')
  const add = (share: number, make: () => ContactMethodInput): void => {
    if (random() < share) methods.push(make())
  }
  add(0.9, () => ({ type: 'email', value: email(index), primary: true }))
  // Every tenth number is written as people write it.
  add(0.7, () => ({
    type: 'phone',
    value: index % 10 === 0 ? `(415) 555-${number.slice(-4)}` : `+351912${number}`,
    primary: true,
  }))
  add(0.15, () => ({ type: 'email', value: `second.${index}@example.org`, label: 'work' }))
  add(0.15, () => ({
    type: 'mobile',
    value: `+35193${number}0`,
    primary: true,
    externalId: `mobile-${index}`,
  }))
  add(0.05, () => ({ type: 'fax', value: `+4930${number}`, customFields: { room: index % 7, shared: true } }))
  add(0.05, () => ({ type: 'other', value: `@handle_${index}`, label: 'Fediverse' }))
  const first = methods[0]
  if (first && random() < 0.15) {
    methods[0] = { ...first, verified: true, verifiedAt: '2025-06-01T12:00:00.000Z' }
  }
  return methods
}

function email(index: number): string {
  if (index % 9 === 0) return `Person.${index}@Example.com`
  return index % 9 === 1 ? `person+tag${index}@mail.example.co.uk` : `person.${index}@example.com`
}

function customFields(index: number, random: Random): JsonInputObject {
  return {
    plan: pick(['free', 'pro', 'team'], random),
    seats: index % 12,
    ratio: index / 8,
    newsletter: index % 2 === 0,
    ...(random() < 0.5 && { address: { city: 'São Paulo', lines: ['Rua A, 1', null], geo: { lat: -23.5 } } }),
    ...(random() < 0.3 && { 'größe in cm': 180, history: [[1, 2], { at: '2026-01-01' }] }),
    ...(random() < 0.2 && { nothing: { inside: null } }),
  }
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}

/** The generator "mulberry32". */
function seededRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
