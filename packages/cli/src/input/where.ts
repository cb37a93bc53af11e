import type { Where } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { InvalidArgumentError } from '@commander-js/extra-typings'

type Value = string | number | boolean | null

/** The operators, longest first, so that `>=` is not read as `>`. */
const OPERATORS = ['!=', '>=', '<=', '=', '>', '<'] as const

const NAMES = { '!=': 'ne', '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt' } as const

/**
 * Reads one condition, and adds it to those before: `status=active`, `status!=closed`, `customFields.plan=pro,team` for any of several,
 * `email=` for none, `email` for any at all, `createdAt>=2026-01-01T00:00:00Z`; or conditions as JSON, as `list` takes them.
 *
 * A custom field that is `true`, `false` or a number is compared with one; in quotes, `customFields.plan="1"`, with text.
 */
export function readWhere(text: string, before: Where | undefined): Where {
  const conditions: Record<string, unknown> = { ...before }
  if (text.trimStart().startsWith('{')) return { ...conditions, ...readJson(text) } as Where
  const { field, condition } = readCondition(text)
  const other = conditions[field]
  if (other === undefined) conditions[field] = condition
  else if (isPlainObject(other) && isPlainObject(condition)) conditions[field] = { ...other, ...condition }
  else throw new InvalidArgumentError(`${field} has two conditions that cannot both hold.`)
  // Whether there are such fields and operators, `list` says.
  return conditions as Where
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // Told below, as what is no object is.
  }
  if (!isPlainObject(parsed)) throw new InvalidArgumentError('It begins with { and is not JSON.')
  return parsed
}

function readCondition(text: string): { readonly field: string; readonly condition: unknown } {
  const at = text.search(/[!<>]?=|[<>]/)
  if (at < 0) return { field: named(text), condition: { exists: true } }
  const operator = OPERATORS.find((one) => text.startsWith(one, at)) ?? '='
  const field = named(text.slice(0, at))
  const value = text.slice(at + operator.length)
  const isCustom = field.startsWith('customFields.')
  if (operator !== '=') return { field, condition: { [NAMES[operator]]: readValue(value, isCustom) } }
  if (value === '') return { field, condition: { exists: false } }
  const values = splitList(value).map((one) => readValue(one, isCustom))
  return { field, condition: values.length > 1 ? { in: values } : { eq: values[0] } }
}

function named(field: string): string {
  const name = field.trim()
  if (name === '') throw new InvalidArgumentError('It names no field. Write it as field=value.')
  return name
}

/** Cuts at commas outside of quotes. */
function splitList(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? []
}

function readValue(text: string, isCustom: boolean): Value {
  const trimmed = text.trim()
  if (/^"(?:[^"\\]|\\.)*"$/.test(trimmed)) {
    const quoted: unknown = JSON.parse(trimmed)
    return String(quoted)
  }
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return isCustom && /^-?\d{1,15}(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}
