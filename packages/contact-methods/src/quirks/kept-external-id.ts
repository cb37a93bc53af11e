// A server may refuse null, by which an external id is cleared. Source: the vendor's OpenAPI file, whose type for it is text alone.
import { ContactsError } from '@anycontact/core'
import type { ContactMethodUpdate } from '../api/types.ts'

/** Tells whether changes were refused because an external id is cleared: without that, they may be sent once more. */
export function isRefusedNull(error: unknown, sent: readonly ContactMethodUpdate[]): boolean {
  if (!ContactsError.is(error) || error.code !== 'invalid_input') return false
  if (!sent.some(({ externalId }) => externalId === null)) return false
  return error.issues === undefined || error.issues.some(({ path }) => path.endsWith('externalId'))
}
