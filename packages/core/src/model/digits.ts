import { isObject, isPlainObject, type JsonObject } from './json.ts'
import { digitsOf, hasDigits, keepDigits, withDigits } from './kept-digits.ts'

/** Where a number with more digits than a JavaScript number holds may stand, or one with an exponent. */
export const LONG_NUMBER = /[:[,]\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/
/** Not whole texts: the engine would go through a long one by itself, and has no room for that. */
const SIGN_OR_NUMBER = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * Remembers, of a value that was parsed from JSON, the digits of each number that a JavaScript number does not hold, so that it can
 * be written back as it was: see {@link mergeJson} and {@link jsonText}.
 *
 * @param text - the JSON
 * @param value - what it was parsed to
 */
export function noteDigits(text: string, value: unknown): void {
  if (!isObject(value)) return
  let isInText = false
  let isLossy = false
  const quoted = text.replace(SIGN_OR_NUMBER, (token) => {
    if (token === '"') isInText = !isInText
    const isNumber = !isInText && token !== '"'
    if (!isNumber || decimal(token) === decimal(String(Number(token)))) return token
    isLossy = true
    return `"${token}"`
  })
  // The same with text in the place of those numbers: where one has text and the other a number, there they are.
  if (isLossy) compareDigits(value, JSON.parse(quoted))
}

/** Goes without calling itself, because an answer may have more levels than that allows. */
function compareDigits(value: Record<string, unknown>, quoted: unknown): void {
  const left: [Record<string, unknown>, unknown][] = [[value, quoted]]
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [holder, twins] = pair
    if (!isObject(twins)) continue
    for (const [key, member] of Object.entries(holder)) {
      const twin = twins[key]
      if (typeof member === 'number' && typeof twin === 'string') keepDigits(holder, key, twin)
      else if (isObject(member)) left.push([member, twin])
    }
  }
}

/** A decimal number in one form, whatever zeros and exponent it is written with. */
function decimal(number: string): string {
  const [, sign = '', whole = '', part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? []
  const all = `${whole}${part}`.replace(/^0+/, '')
  // Not `/0+$/`, which begins anew at each zero before the end.
  const kept = /^\d*[1-9]/.exec(all)?.[0] ?? ''
  return kept === '' ? '0' : `${sign}${kept}e${Number(power) - part.length + all.length - kept.length}`
}

/**
 * Merges changes into an object of the provider's, to be written back whole: a null removes its key. Numbers with more digits than a
 * JavaScript number holds stay as they came.
 *
 * @param present - as it was read
 * @param changes - what is to be different
 */
export function mergeJson(present: Readonly<Record<string, unknown>>, changes: JsonObject): JsonObject {
  const removed = new Set(Object.keys(changes).filter((key) => changes[key] === null))
  const merged = Object.entries({ ...present, ...changes }).filter(([key]) => !removed.has(key))
  return withDigits(present, Object.fromEntries(merged) as JsonObject) // it came from JSON
}

/**
 * A value as JSON, with the digits that were remembered of numbers that a JavaScript number does not hold.
 *
 * @param value - what JSON can hold; `undefined` is printed as `null`
 */
export function jsonText(value: unknown): string {
  return (hasDigits ? exactText(value) : JSON.stringify(value)) ?? 'null'
}

function exactText(value: unknown): string | undefined {
  if (!Array.isArray(value) && !isPlainObject(value)) return JSON.stringify(value)
  if ('toJSON' in value) return JSON.stringify(value)
  const known = digitsOf(value)
  const textOf = (key: string, member: unknown): string | undefined => {
    const number = known?.get(key)
    return number !== undefined && Number(number) === member ? number : exactText(member)
  }
  if (Array.isArray(value))
    return `[${value.map((item, index) => textOf(String(index), item) ?? 'null').join()}]`
  const members = Object.entries(value).flatMap(([key, member]) => {
    const text = textOf(key, member)
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
  })
  return `{${members.join()}}`
}
