// `ensure` takes no fingerprint under 17 characters, and fingerprints are trimmed. Source: the vendor's server source, ensure.
import { badInput } from '../api/errors.ts'

/** Marks a fingerprint that was lengthened. */
const PREFIX = 'anycontact-external-id:'

/** A fingerprint of exactly 16 passes the server's schema and then fails `ensure`. */
const MIN_LENGTH = 17

/** The column's size; it counts UTF-8 bytes, not characters. */
const MAX_BYTES = 191

/**
 * The fingerprint under which a contact with this external id is kept: the id itself where it is long enough to be one,
 * else the id behind a fixed prefix.
 *
 * @param externalId - any text that is not blank
 * @throws ContactsError `invalid_input` when it is longer than ChatBotKit can keep, or would come back without the blanks at its
 * ends
 */
export function encodeFingerprint(externalId: string): string {
  const isPlain = externalId.trim().length >= MIN_LENGTH && !externalId.startsWith(PREFIX)
  const fingerprint = isPlain ? externalId : PREFIX + externalId
  if (new TextEncoder().encode(fingerprint).length > MAX_BYTES) {
    throw refused(
      `is longer than the ${MAX_BYTES} bytes that ChatBotKit keeps (as UTF-8, short ids with a prefix)`,
    )
  }
  if (fingerprint.trim() === fingerprint) return fingerprint
  throw refused('begins or ends with blanks, which ChatBotKit would cut off')
}

/**
 * The external id that a fingerprint stands for.
 *
 * @param fingerprint - as ChatBotKit answers it
 */
export function decodeFingerprint(fingerprint: string): string {
  return fingerprint.startsWith(PREFIX) ? fingerprint.slice(PREFIX.length) : fingerprint
}

function refused(message: string): Error {
  return badInput([{ path: 'externalId', message }])
}
