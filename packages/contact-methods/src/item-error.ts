import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { ItemError } from './api/wire.ts'
import { codeOf, PROVIDER } from './errors.ts'

/** Longest text of the vendor's that is passed on. */
const MAX_MESSAGE = 300

/**
 * The error of an item that failed in a partial batch. The vendor may tell no more than a message, whose words then say what
 * kind it is. What was sent is taken out of it.
 *
 * @param error - as the answer has it
 * @param item - what was sent
 */
export function itemError(error: ItemError, item: object, operation: string | undefined): ContactsError {
  const message = withoutSent(error.message, item)
  const code = (error.code === undefined ? undefined : codeOf(error.code)) ?? codeByWords(error.message)
  return new ContactsError({
    code,
    message: `${PROVIDER}: this item was refused. The provider says: ${message}`,
    provider: PROVIDER,
    operation,
    ...(error.code !== undefined && { vendorCode: withoutSent(error.code, item) }),
  })
}

function codeByWords(message: string): ContactsErrorCode {
  if (/not found/i.test(message)) return 'not_found'
  if (/already (?:exists|in use|taken)|conflict|duplicate|unique/i.test(message)) return 'conflict'
  if (/permission|forbidden/i.test(message)) return 'forbidden'
  return 'invalid_input'
}

function withoutSent(text: string, item: object): string {
  let clean = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  for (const sent of textsIn(item).sort((a, b) => b.length - a.length)) {
    clean = clean.replaceAll(sent, '[redacted]')
  }
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE)}…` : clean
}

/** Every text in a value that is long enough to be someone's. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 4 ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
