import type { JsonObject, JsonValue } from '@anycontact/core'
import { SyncError } from '../../errors.ts'
import { givenText } from '../text.ts'

/** A row of a database, by position. Numbers may be the text of it, as PostgreSQL sends them. */
export type Row = readonly unknown[]

/** The text in a column; `undefined` where there is none. */
export function textAt(row: Row, column: number): string | undefined {
  const value = row[column] ?? undefined
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : damaged()
}

/** The text in a column that always has one. */
export function requiredText(row: Row, column: number): string {
  return textAt(row, column) ?? damaged()
}

/** Text of others, such as an id or a key, as it was given. */
export function givenAt(row: Row, column: number): string | undefined {
  const value = textAt(row, column)
  return value === undefined ? undefined : givenText(value)
}

/** The number in a column; `undefined` where there is none. */
export function numberAt(row: Row, column: number): number | undefined {
  const value = row[column] ?? undefined
  if (value === undefined) return undefined
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : damaged()
}

/** The number in a column that always has one. */
export function requiredNumber(row: Row, column: number): number {
  return numberAt(row, column) ?? damaged()
}

/** Whether a column of truth values holds that it is so. */
export function isTrueAt(row: Row, column: number): boolean {
  return row[column] === 't' || row[column] === 1
}

/** The object that is kept as JSON in a column; `undefined` where there is none. */
export function objectAt(row: Row, column: number): JsonObject | undefined {
  const value = jsonAt(row, column)
  if (value === undefined) return undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : damaged()
}

/** What is kept as JSON in a column; `undefined` where there is none. */
export function jsonAt(row: Row, column: number): JsonValue | undefined {
  const text = textAt(row, column)
  return text === undefined ? undefined : JSON.parse(text)
}

/** One of some words in a column. */
export function wordAt<Word extends string>(row: Row, column: number, words: readonly Word[]): Word {
  const text = textAt(row, column)
  return words.find((word) => word === text) ?? damaged()
}

function damaged(): never {
  throw new SyncError({
    reason: 'ledger',
    message:
      'The ledger holds what this package does not write; restore it from a copy, or start with a new one.',
  })
}
