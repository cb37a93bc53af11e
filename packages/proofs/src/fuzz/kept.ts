import { isDeepStrictEqual } from 'node:util'
import { Wrong } from './lane.ts'

/** Members by which somebody is looked up: nothing invisible may stand in them. */
const KEYS: ReadonlySet<string> = new Set(['id', 'externalId', 'email', 'phone', 'value'])

const UNSENDABLE = /\0|\p{Surrogate}/u
const INVISIBLE = /\p{Cf}/u

/**
 * Why a write cannot be taken, whatever the provider: worked out here once more, without the product's own rules.
 *
 * @param name - the member that it is
 * @param isCustom - whether it is part of custom fields, where every name is the caller's
 */
export function mustRefuse(value: unknown, name = '', isCustom = false): string | undefined {
  if (typeof value === 'string') {
    if (UNSENDABLE.test(value)) return `${name} cannot be sent`
    return !isCustom && KEYS.has(name) && INVISIBLE.test(value) ? `${name} holds what nobody sees` : undefined
  }
  if (typeof value === 'number') {
    const isLost = !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
    return isLost ? `${name} loses digits` : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__') return `${name} has a key __proto__`
    if (UNSENDABLE.test(key)) return `${name} has a key that cannot be sent`
    const found = mustRefuse(part, Array.isArray(value) ? name : key, isCustom || name === 'customFields')
    if (found !== undefined) return found
  }
  return undefined
}

/** A value as JSON carries it. */
function carried(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null))
}

type Told = (path: string) => boolean

/** Whether something was said about a field, or about what is in it. */
export function toldOf(warned: ReadonlySet<string>): Told {
  return (path) =>
    [...warned].some(
      (field) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`),
    )
}

function differ(path: string, wanted: unknown, kept: unknown): never {
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(kept)]
  throw new Wrong(`${path} was written as ${a} and came back as ${b}, without a word`)
}

/** Digits of any script, and letters: what a phone number is made of. */
const signs = (value: unknown): string => String(value).replace(/[^\p{L}\p{Nd}]/gu, '')

function sameText(field: string, wanted: string, kept: unknown): boolean {
  if (kept === wanted) return true
  if (typeof kept !== 'string') return false
  if (field === 'phone') return signs(kept) === signs(wanted)
  if (field === 'email') return kept.toLowerCase() === wanted.toLowerCase()
  return field === 'verifiedAt' && Date.parse(kept) === Date.parse(wanted)
}

/**
 * Compares what was written with what is stored.
 *
 * @param warned - the fields that something was said about
 * @throws Wrong where they differ and nothing was said
 */
export function checkKept(written: unknown, stored: unknown, warned: ReadonlySet<string>): void {
  const isTold = toldOf(warned)
  for (const [field, value] of Object.entries(Object(written))) {
    if (value === undefined || isTold(field)) continue
    const kept: unknown = Reflect.get(Object(stored), field)
    if (field === 'customFields') checkMembers(field, value, kept, isTold)
    else if (field === 'contactMethods') checkMethods(value, kept, isTold)
    else if (field === 'tags') {
      const sorted = (tags: unknown): unknown => (Array.isArray(tags) ? [...new Set(tags)].sort() : [])
      if (!isDeepStrictEqual(sorted(value), sorted(kept))) differ(field, value, kept)
    } else if (
      value === null ? kept !== undefined && !isListed(written, field) : !sameText(field, String(value), kept)
    ) {
      differ(field, value, kept)
    }
  }
}

/** Whether the methods that are written say who is the primary one. */
function isListed(written: unknown, field: string): boolean {
  const methods: unknown = Reflect.get(Object(written), 'contactMethods')
  return Array.isArray(methods) && methods.some((one) => Reflect.get(Object(one), 'type') === field)
}

function checkMembers(path: string, wanted: unknown, kept: unknown, isTold: Told): void {
  for (const [key, value] of Object.entries(Object(wanted))) {
    const whole = `${path}.${key}`
    if (value === undefined || isTold(whole)) continue
    const has: unknown = Object.hasOwn(Object(kept), key) ? Reflect.get(Object(kept), key) : null
    if (!isDeepStrictEqual(carried(has), carried(value))) differ(whole, value, has)
  }
}

function checkMethods(wanted: unknown, kept: unknown, isTold: Told): void {
  const left: unknown[] = Array.isArray(kept) ? [...kept] : []
  for (const [index, method] of (Array.isArray(wanted) ? wanted : []).entries()) {
    const path = `contactMethods.${index}`
    if (isTold(path)) continue
    const at = left.findIndex((one) => isSameAddress(method, one) && isMarked(method, one))
    if (at < 0) differ(path, method, kept)
    const [found] = left.splice(at, 1)
    checkMethod(method, found, (member) => isTold(`${path}.${member}`))
  }
}

function isSameAddress(wanted: unknown, kept: unknown): boolean {
  const [a, b]: readonly [unknown, unknown] = [Object(wanted), Object(kept)]
  const type = String(Reflect.get(Object(a), 'type'))
  const field = type === 'email' || type === 'other' ? type : 'phone'
  const value = String(Reflect.get(Object(a), 'value'))
  return Reflect.get(Object(b), 'type') === type && sameText(field, value, Reflect.get(Object(b), 'value'))
}

/** Methods of one address are told apart by their labels. */
function isMarked(wanted: unknown, kept: unknown): boolean {
  const label: unknown = Reflect.get(Object(wanted), 'label')
  return typeof label !== 'string' || Reflect.get(Object(kept), 'label') === label
}

/**
 * Compares a contact method that was written with the one that is stored.
 *
 * @throws Wrong where they differ and nothing was said
 */
export function checkMethod(wanted: unknown, kept: unknown, isTold: Told): void {
  if (!isSameAddress(wanted, kept) && !isTold('value')) differ('value', wanted, kept)
  for (const [member, value] of Object.entries(Object(wanted))) {
    if (value === undefined || isTold(member) || member === 'type' || member === 'value') continue
    const has: unknown = Reflect.get(Object(kept), member)
    if (member === 'customFields') checkMembers(member, value, has, isTold)
    // What is not said to be primary can become so, by the address of its contact.
    else if (value === null ? has !== undefined : value !== false && has !== value) differ(member, value, has)
  }
}
