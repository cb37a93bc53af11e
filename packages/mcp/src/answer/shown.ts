import { isPlainObject } from '@anycontact/core/adapter-kit'
import { cutText } from './safe-text.ts'

/** How much of a value is shown. */
export interface Limits {
  /** How many characters of each text. */
  readonly text: number
  /** How many entries of each list and object. */
  readonly entries: number
  /** How many lists and objects within each other. */
  readonly depth: number
}

/** A value as an answer shows it: JSON, each text of which is safe. */
export interface Shown {
  readonly value: unknown
  /** Whether anything was left out. */
  readonly isCut: boolean
}

/** How many characters of a key are shown. */
const KEY_LENGTH = 60

/** Shows a JSON value, as far as the limits go. */
export function show(value: unknown, limits: Limits): Shown {
  if (typeof value === 'string') {
    const { text, isCut } = cutText(value, limits.text)
    return { value: text, isCut }
  }
  if (Array.isArray(value)) return showList(value, limits)
  if (isPlainObject(value)) return showObject(value, limits)
  return { value: value ?? null, isCut: false }
}

function showList(list: readonly unknown[], limits: Limits): Shown {
  if (list.length === 0) return { value: [], isCut: false }
  if (limits.depth === 0) return { value: `[cut: ${list.length} entries]`, isCut: true }
  const shown = list.slice(0, limits.entries).map((item) => show(item, deeper(limits)))
  const more = list.length - shown.length
  return {
    value: [...shown.map(({ value }) => value), ...(more > 0 ? [`[cut: ${more} more]`] : [])],
    isCut: more > 0 || shown.some(({ isCut }) => isCut),
  }
}

function showObject(object: Readonly<Record<string, unknown>>, limits: Limits): Shown {
  const keys = Object.keys(object)
  if (keys.length === 0) return { value: {}, isCut: false }
  if (limits.depth === 0) return { value: `[cut: ${keys.length} entries]`, isCut: true }
  let isCut = keys.length > limits.entries
  const entries = new Map<string, unknown>()
  // Keys that differ in what is not seen, or behind where they are cut, hide each other else.
  const add = (name: string, value: unknown): void => {
    let own = name
    for (let count = 2; entries.has(own); count++) own = `${name} [${count}]`
    entries.set(own, value)
  }
  for (const key of keys.slice(0, limits.entries)) {
    const name = cutText(key, KEY_LENGTH)
    const shown = show(object[key], deeper(limits))
    if (name.isCut || shown.isCut) isCut = true
    add(name.text, shown.value)
  }
  if (keys.length > limits.entries) add('…', `[cut: ${keys.length - limits.entries} more]`)
  // Object.fromEntries makes a key `__proto__` an entry like others.
  return { value: Object.fromEntries(entries), isCut }
}

function deeper({ depth, ...limits }: Limits): Limits {
  return { ...limits, depth: depth - 1 }
}

/** What is shown of one of many: less and less, until it fits. */
export const LIST_LIMITS: readonly Limits[] = [
  { text: 300, entries: 20, depth: 4 },
  { text: 120, entries: 10, depth: 3 },
  { text: 60, entries: 5, depth: 2 },
  { text: 40, entries: 3, depth: 1 },
]

/** What is shown of one that was asked for alone. */
export const ONE_LIMITS: readonly Limits[] = [
  { text: 4000, entries: 100, depth: 8 },
  { text: 1000, entries: 50, depth: 6 },
  ...LIST_LIMITS,
]
