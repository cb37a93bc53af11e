import { escapeText, type VCardVersion } from './escape.ts'
import { printLine } from './print.ts'
import { caret, type Property } from './property.ts'

/** A property to be written. */
export interface WrittenProperty {
  readonly name: string
  /** Its text; it is escaped when it is written. */
  readonly text?: string
  /** Its value with its escapes, where it is made of parts. */
  readonly value?: string
  readonly types?: readonly string[]
  /** What its owner calls it: `home` and `work` are types, others stand beside it. */
  readonly label?: string
  /** The same where its types stand for themselves. */
  readonly customLabel?: string
  /** 1 for what is preferred to its like. */
  readonly rank?: number
  readonly params?: readonly (readonly [string, string])[]
  /** What else stands beside it, in its group. */
  readonly beside?: readonly (readonly [string, string])[]
}

/** The labels that vCard has types for. */
const TYPES = ['home', 'work']

/** The properties of a card in the order in which they are written. */
export class PropertyList {
  readonly properties: Property[] = []
  readonly #version: VCardVersion
  #groupCount = 0

  constructor(version: VCardVersion) {
    this.#version = version
  }

  add({
    name,
    text,
    value,
    types = [],
    label,
    customLabel,
    rank,
    params = [],
    beside = [],
  }: WrittenProperty): void {
    const isType = label !== undefined && TYPES.includes(label)
    const beyond = label !== undefined && !isType ? label : customLabel
    const others = [...beside, ...(beyond === undefined ? [] : [['X-ABLABEL', beyond] as const])]
    const group = others.length > 0 ? `item${++this.#groupCount}` : undefined
    const all: (readonly [string, string])[] = [
      ...(isType ? [['TYPE', label] as const] : []),
      ...types.map((type) => ['TYPE', type] as const),
      ...(rank === 1
        ? [this.#version === '4.0' ? (['PREF', '1'] as const) : (['TYPE', 'pref'] as const)]
        : []),
      ...params,
    ]
    const byName = new Map<string, string[]>()
    for (const [param, said] of all) byName.set(param, [...(byName.get(param) ?? []), said])
    const inGroup = group === undefined ? {} : { group }
    this.properties.push({ ...inGroup, name, params: byName, value: value ?? escapeText(text ?? '') })
    for (const [other, said] of others) {
      this.properties.push({ ...inGroup, name: other, params: new Map(), value: escapeText(said) })
    }
  }
}

/** Prints a property. */
export function printProperty({ group, name, params, value }: Property): string {
  const start = group === undefined ? name : `${group}.${WRITTEN[name] ?? name}`
  const said = [...params].flatMap(([param, values]) =>
    values.map((one) => `;${param}=${paramText(param, one)}`),
  )
  return printLine(`${start}${said.join('')}:${value}`)
}

/** As the software writes it that these properties come from. */
const WRITTEN: Readonly<Record<string, string | undefined>> = { 'X-ABLABEL': 'X-ABLabel' }

function paramText(param: string, value: string): string {
  const text = caret(param === 'TYPE' ? value.toUpperCase() : value)
  return /[,;:]/.test(text) ? `"${text}"` : text
}
