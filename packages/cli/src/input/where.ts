import type { Where } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { readValue, splitList } from './values.ts'

/** The operators, longest first, so that `>=` is not read as `>`. */
const OPERATORS = ['!=', '>=', '<=', '=', '>', '<'] as const

const NAMES = { '!=': 'ne', '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt' } as const

/**
 * Reads one condition of `--where`, and adds it to those before:
 *
 * | written | holds for contacts |
 * | --- | --- |
 * | `status=active`, `status!=closed` | with, without this value |
 * | `customFields.plan=pro,team` | with any of these |
 * | `email`, `email=` | with any value, with none |
 * | `createdAt>=2026-01-01` | since then; a date alone begins at midnight UTC |
 * | `{"email":{"exists":true}}` | as `list` takes conditions |
 *
 * A custom field that reads `true`, `false` or a number is compared with one; in quotes, `customFields.plan="1"`, with text.
 *
 * @throws InvalidArgumentError for what is none of these, and for two conditions of which one would be lost
 */
export function readWhere(text: string, before: Where | undefined): Where {
  const conditions: Record<string, unknown> = { ...before }
  const added = text.trimStart().startsWith('{') ? readJson(text) : readCondition(text)
  for (const [field, condition] of Object.entries(added)) {
    conditions[field] = Object.hasOwn(conditions, field)
      ? both(field, conditions[field], condition)
      : condition
  }
  // Whether there are such fields and operators, `list` says.
  return conditions as Where
}

/** Joins two conditions on a field. */
function both(field: string, one: unknown, other: unknown): unknown {
  if (isPlainObject(one) && isPlainObject(other) && !Object.keys(other).some((name) => name in one)) {
    return { ...one, ...other }
  }
  throw new InvalidArgumentError(
    `${field} is there twice; several values of one field are written ${field}=one,two.`,
  )
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

function readCondition(text: string): Readonly<Record<string, unknown>> {
  const at = text.search(/[!<>]?=|[<>]/)
  if (at < 0) return { [named(text)]: { exists: true } }
  const operator = OPERATORS.find((one) => text.startsWith(one, at)) ?? '='
  const field = named(text.slice(0, at))
  const value = text.slice(at + operator.length).trim()
  if (operator !== '=') return { [field]: { [NAMES[operator]]: readValue(value, field) } }
  if (value === '') return { [field]: { exists: false } }
  const values = splitList(value).map((one) => readValue(one.trim(), field))
  return { [field]: values.length > 1 ? { in: values } : { eq: values[0] } }
}

function named(field: string): string {
  const name = field.trim()
  if (name === '') throw new InvalidArgumentError('It names no field. Write it as field=value.')
  return name
}
