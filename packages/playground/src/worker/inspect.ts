const DEPTH = 5
const ITEMS = 100
const WIDTH = 64
/** How many values of one are shown in all: what is broad and deep would keep the program for minutes. */
const VALUES = 5_000

/**
 * A value as text, much as a console shows it: on one line where it fits, else indented. Members that are `undefined` are shown,
 * functions by their name, what contains itself once.
 */
export function inspect(value: unknown): string {
  return render(value, '', [], { left: VALUES })
}

interface Budget {
  left: number
}

/** A value that cannot be looked at, by a getter or a proxy that throws, sinks nothing. */
function render(value: unknown, indent: string, within: readonly object[], budget: Budget): string {
  if (budget.left-- <= 0) return '…'
  try {
    return shown(value, indent, within, budget)
  } catch {
    return '[throws when it is looked at]'
  }
}

function shown(value: unknown, indent: string, within: readonly object[], budget: Budget): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `[Function ${value.name || '(anonymous)'}]`
  if (typeof value !== 'object' || value === null) return String(value)
  if (within.includes(value)) return '[Circular]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof RegExp) return String(value)
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (within.length >= DEPTH) return Array.isArray(value) ? '[Array]' : '[Object]'

  const inner = [...within, value]
  const deeper = `${indent}  `
  const [open, items, close] = members(value, (item) => render(item, deeper, inner, budget))
  if (items.length === 0) return `${open}${close}`
  const line = `${open} ${items.join(', ')} ${close}`
  if (line.length + indent.length <= WIDTH && !line.includes('\n')) return line
  return `${open}\n${items.map((item) => `${deeper}${item}`).join(',\n')}\n${indent}${close}`
}

type Members = readonly [open: string, items: readonly string[], close: string]

function members(value: object, show: (item: unknown) => string): Members {
  if (Array.isArray(value)) return ['[', few(value, show), ']']
  if (value instanceof Set) return [`Set(${value.size}) {`, few([...value], show), '}']
  if (value instanceof Map) {
    const pairs = [...value].map((pair): readonly unknown[] => pair)
    return [`Map(${value.size}) {`, few(pairs, ([key, item]) => `${show(key)} => ${show(item)}`), '}']
  }
  const name = nameOf(value)
  return [
    name === 'Object' || name === '' ? '{' : `${name} {`,
    few(Object.keys(value), (key) => `${keyText(key)}: ${member(value, key, show)}`),
    '}',
  ]
}

function member(value: object, key: string, show: (item: unknown) => string): string {
  let item: unknown
  try {
    item = Reflect.get(value, key)
  } catch {
    return '[throws when it is read]'
  }
  return show(item)
}

function few<T>(items: readonly T[], show: (item: T) => string): readonly string[] {
  const shown = items.slice(0, ITEMS).map(show)
  return items.length > ITEMS ? [...shown, `… ${items.length - ITEMS} more`] : shown
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null) return ''
  const maker: unknown = Object(prototype).constructor
  return typeof maker === 'function' ? maker.name : ''
}

function keyText(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : quoted(key)
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')
  return text.includes("'") ? JSON.stringify(text) : `'${escaped}'`
}
