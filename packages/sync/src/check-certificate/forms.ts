import type { As } from './certificate.ts'
import { canonical, isList, isMap, type Json, type JsonMap, memberOf } from './json.ts'

const EXTENSION =
  /[\s,;.(-]{0,3}(?:(?:e?xt(?:ensi[oó]n?)?|anexo|int|доб|x|#|~)[\s.:=]*|[,;]\s*)(\d+)[\s)#]*$/iu

/** The form of a value. */
export function formOf(as: As, value: Json): Json {
  if (as === 'email') return typeof value === 'string' ? emailForm(value) : value
  if (as === 'phone') return typeof value === 'string' ? phoneForm(value) : value
  if (as === 'time') return typeof value === 'string' ? timeForm(value) : value
  if (as === 'tags') return isList(value) ? sorted([...new Set(value)]) : value
  if (as === 'methods') return isList(value) ? sorted(value.map(methodForm)) : value
  return value
}

export function emailForm(email: string): string {
  return email.trim().toLowerCase()
}

export function phoneForm(phone: string): string {
  const ascii = [...phone].map(asciiDigit).join('')
  const extension = ascii.match(EXTENSION)
  const number = extension ? ascii.slice(0, extension.index) : ascii
  const signs = [...number.replace(/^\s*tel:/i, '').toLowerCase()].filter((sign) => /[\p{L}\d]/u.test(sign))
  const form = signs.length > 0 ? signs.join('') : number
  return extension ? `${form};${extension[1]}` : form
}

/** A digit of any script as one of 0 to 9: the ten of a script follow each other, its zero first. */
function asciiDigit(sign: string): string {
  if (!/\p{Nd}/u.test(sign) || /\d/.test(sign)) return sign
  const code = sign.codePointAt(0) ?? 0
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++
  return String(before % 10)
}

function timeForm(time: string): string {
  const moment = new Date(time)
  return Number.isNaN(moment.getTime()) ? time : moment.toISOString()
}

/** What is compared of a contact method; `undefined` for its id, its times and what is empty. */
export function methodValue(method: Json): Json {
  if (!isMap(method)) return method
  const kept: Record<string, Json> = {}
  for (const name of ['type', 'value', 'primary', 'verifiedAt']) copy(method, name, kept, () => true)
  for (const name of ['label', 'externalId']) copy(method, name, kept, (value) => value !== '')
  copy(method, 'verified', kept, (value) => value === true)
  copy(method, 'customFields', kept, (value) => isMap(value) && Object.keys(value).length > 0)
  return kept
}

function methodForm(method: Json): Json {
  if (!isMap(method)) return method
  const { type, value, verifiedAt } = method
  const isNumber = type === 'phone' || type === 'mobile' || type === 'fax'
  const form: Record<string, Json> = { ...method }
  if (typeof value === 'string') {
    if (type === 'email') form.value = emailForm(value)
    else if (isNumber) form.value = phoneForm(value)
  }
  if (typeof verifiedAt === 'string') form.verifiedAt = timeForm(verifiedAt)
  return form
}

function copy(from: JsonMap, name: string, to: Record<string, Json>, isKept: (value: Json) => boolean): void {
  const value = memberOf(from, name)
  if (value !== undefined && isKept(value)) to[name] = value
}

function sorted(items: readonly Json[]): Json[] {
  return items
    .map((item) => ({ item, text: canonical(item) }))
    .sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
    .map(({ item }) => item)
}
