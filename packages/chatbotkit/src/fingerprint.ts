import { ContactsError } from '@anycontact/core'

/**
 * Marks a fingerprint that was lengthened, because ChatBotKit's trusted `ensure` takes 17 characters or more.
 * Source: the vendor's server source, contact ensure.
 */
const PREFIX = 'anycontact-external-id:'

/** Source: the vendor's server source; a fingerprint of exactly 16 passes the schema and then fails `ensure`. */
const MIN_LENGTH = 17

/** The column's size; it counts UTF-8 bytes, not characters. */
const MAX_BYTES = 191

/**
 * The fingerprint under which a contact with this external id is kept: the id itself where it is long enough to be one,
 * else the id behind a fixed prefix.
 *
 * @param externalId - any text that is not blank
 * @throws ContactsError `invalid_input` when it is longer than ChatBotKit can keep, or ends in blanks, which it cuts off
 */
export function encodeFingerprint(externalId: string): string {
  const plain = externalId.trim().length >= MIN_LENGTH && !externalId.startsWith(PREFIX)
  const fingerprint = plain ? externalId : PREFIX + externalId
  if (new TextEncoder().encode(fingerprint).length > MAX_BYTES) {
    throw invalid(
      `is longer than the ${MAX_BYTES} bytes that ChatBotKit keeps (as UTF-8, short ids with a prefix)`,
    )
  }
  return fingerprint
}

/**
 * The external id that a fingerprint stands for.
 *
 * @param fingerprint - as ChatBotKit answers it
 */
export function decodeFingerprint(fingerprint: string): string {
  return fingerprint.startsWith(PREFIX) ? fingerprint.slice(PREFIX.length) : fingerprint
}

/**
 * Refuses an external id that would come back changed, because ChatBotKit trims fingerprints.
 *
 * @param externalId - what the caller gave
 * @throws ContactsError `invalid_input`
 */
export function checkedFingerprint(externalId: string): string {
  const fingerprint = encodeFingerprint(externalId)
  if (fingerprint.trim() === fingerprint) return fingerprint
  throw invalid('begins or ends with blanks, which ChatBotKit would cut off')
}

function invalid(message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The externalId ${message}. Nothing was written.`,
    issues: [{ path: 'externalId', message }],
  })
}
