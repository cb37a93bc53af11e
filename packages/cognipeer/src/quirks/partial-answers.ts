// The answer to a write may hold only a part of the contact. Source: the vendor's types promise the whole; what its server sends is not published.
import { ContactsError } from '@anycontact/core'
import type { CallScope } from '@anycontact/core/adapter-kit'
import type { CognipeerRecord } from '../api/wire.ts'
import { readAgain, type Workspace } from '../lookup.ts'

/** A member that every stored contact has. */
export const ALWAYS_THERE = { createdDate: '' }

/**
 * The whole record after a write, read again where the answer lacks something.
 *
 * @param answer - to the write
 * @param expected - what the record must hold; null and undefined are not looked for
 * @returns what is known of it, where it was written and is not found yet
 */
export async function wholeRecord(
  workspace: Workspace,
  answer: CognipeerRecord,
  expected: Readonly<Record<string, unknown>>,
  call: CallScope,
): Promise<CognipeerRecord> {
  const isWhole = Object.entries(expected).every(
    ([field, value]) => value === null || value === undefined || Object.hasOwn(answer, field),
  )
  if (isWhole) return answer
  const known = { ...expected, ...answer }
  try {
    return await readAgain(workspace, known, call)
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return known
    throw ContactsError.is(error) ? writtenButUnread(error, answer) : error
  }
}

/** The reading failed, not the write: making the call again could make a second contact. */
function writtenButUnread(error: ContactsError, { _id }: CognipeerRecord): ContactsError {
  return new ContactsError({
    ...error.toJSON(),
    message: `${error.message} The contact was written and could not be read back: get it by its id, ${_id}, and do not create it again.`,
    retryable: false,
    applied: 'yes',
    cause: error.cause,
  })
}
