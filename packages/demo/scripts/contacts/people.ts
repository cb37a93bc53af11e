import type { Draw } from './random.ts'
import { REGIONS, type Region } from './regions.ts'
import { EMPTY_ROW, type Row } from './row.ts'

const DOMAINS = ['example.com', 'example.org', 'example.net', 'mail.example.com', 'büro.example'] as const
const EMOJI = ['🌻', '🎧', '🚀', '🦊', '☕', '👩🏽‍🚀', '👨‍👩‍👧', '🇧🇷', '🏳️‍🌈', '🫶🏿', '✨'] as const
const EXTRAS = [
  '{"tags":["vip","beta"]}',
  '{"address":{"street":"Rua da Imaginação 7","zip":"1000-001"}}',
  '{"languages":["pt","日本語"],"newsletter":false}',
  '{"lastOrder":{"total":129.9,"items":3}}',
] as const
const NOTES = [
  'Prefers email, never phone.',
  'Said: "call me after lunch", then did not pick up.',
  'Two addresses, see the old system.',
  'Gosta de café ☕ e de respostas curtas.',
  '请用中文联系',
  'يفضل الرسائل القصيرة',
  'Met at the fair in Köln;\nwants the price list.',
  '+1 for the annual plan',
  '=HYPERLINK("https://example.org","free shoes")',
  '@support please merge with the other account',
] as const
const NOT_IN_ASCII: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  đ: 'd',
  þ: 'th',
  ı: 'i',
}

/** The contact that the demo changes. */
export const ANA: Row = {
  ...EMPTY_ROW,
  external_id: 'user-42',
  name: 'Ana Souza 🌻',
  nickname: 'aninha',
  email: 'ana@example.com',
  phone: '+55 11 95555-0142',
  note: 'Wants to upgrade, asked twice.',
  plan: 'free',
  city: 'São Paulo',
  country: 'BR',
  score: '42',
  consent: 'true',
}

/** The contact that the demo deletes. */
export const TEST_USER: Row = {
  ...EMPTY_ROW,
  external_id: 'test-user-please-delete',
  name: 'Test User (please delete)',
  email: 'test@example.com',
  plan: 'free',
  city: 'Nowhere',
  country: 'CH',
  consent: 'false',
}

/**
 * Makes up a person.
 *
 * @param number - which one, from 1; it makes the external id and the email address unique
 */
export function makePerson(draw: Draw, number: number): Row {
  const region = draw.pick(REGIONS.flatMap((candidate) => Array<Region>(candidate.weight).fill(candidate)))
  const [given, givenInLatin] = spellings(draw.pick(region.given))
  const [family, familyInLatin] = spellings(draw.pick(region.family))
  const email = `${slug(givenInLatin)}.${slug(familyInLatin)}${number}@${draw.pick(DOMAINS)}`
  return {
    external_id: makeExternalId(draw, number),
    name: decorate(draw, fullName(region, given, family)),
    nickname: draw.chance(25) ? makeNickname(draw, given) : '',
    email: draw.chance(93) ? email : '',
    phone: draw.chance(82) ? makePhone(draw, draw.pick(region.phones)) : '',
    note: draw.chance(14) ? draw.pick(NOTES) : '',
    plan: draw.pick(['free', 'free', 'free', 'free', 'free', 'pro', 'pro', 'pro', 'team']),
    city: draw.pick(region.cities),
    country: region.country,
    score: draw.chance(85) ? String(draw.below(201) / 2) : '',
    consent: draw.chance(90) ? String(draw.chance(70)) : '',
    extra: draw.chance(5) ? draw.pick(EXTRAS) : '',
  }
}

/**
 * Writes a phone number in one of the ways in which people write them.
 *
 * @param pattern - the number, with an `X` for each digit to make up
 */
export function makePhone(draw: Draw, pattern: string): string {
  const number = pattern.replaceAll('X', () => String(draw.below(10)))
  const digits = number.replaceAll(/\D/g, '')
  const isNational = !number.startsWith('+')
  const spellings = isNational
    ? [
        number,
        number.replace(/\((\d+)\) /, '$1-'),
        number.replace(/\((\d+)\) (\d+)-/, '$1.$2.'),
        `+1${digits}`,
        digits,
      ]
    : [number, number, number.replaceAll(' ', '-'), number.replaceAll(' ', ''), number.replaceAll(' ', '.')]
  return draw.pick(spellings)
}

function spellings(name: string): readonly [string, string] {
  const [native = '', latin = native] = name.split('|')
  return [native, latin]
}

function fullName({ order }: Region, given: string, family: string): string {
  const isLatin = /\p{Script=Latin}/u.test(given + family)
  if (order === 'familygiven' && !isLatin) return family + given
  return order === undefined ? `${given} ${family}` : `${family} ${given}`
}

/** Some people put emoji into their names, and some systems write accents as separate characters. */
function decorate(draw: Draw, name: string): string {
  if (draw.chance(5)) return `${name} ${draw.pick(EMOJI)}`
  return draw.chance(4) ? name.normalize('NFD') : name
}

function makeNickname(draw: Draw, given: string): string {
  return draw.chance(15) ? `${given}${draw.pick(EMOJI)}` : (given.split(/[\s-]/)[0] ?? given).toLowerCase()
}

function makeExternalId(draw: Draw, number: number): string {
  const padded = String(number).padStart(4, '0')
  const kind = draw.below(10)
  if (kind < 7) return `crm-${padded}`
  if (kind < 9) return `webshop/eu/customer/${padded}`
  const hex = Array.from({ length: 32 }, () => draw.below(16).toString(16)).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[łøßæœðđþı]/g, (letter) => NOT_IN_ASCII[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '')
}
