import type { ContactsError } from '@anycontact/core'
import {
  errorClassifier,
  isPlainObject,
  type ProviderErrors,
  providerErrors,
} from '@anycontact/core/adapter-kit'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'channel-inbox'

/** The errors that are thrown here and not by the server. */
export const { badAnswer, badConfig, badInput, badRecord }: ProviderErrors = providerErrors(PROVIDER)

/** The error for a client without a credential. */
export function noCredential(): ContactsError {
  return badConfig('there is no credential; give `apiKey` or `accessToken`.')
}

/**
 * Reads an error answer, whoever on the way wrote it: the service (`code`, `message`), the gateway (`error`, `message`), or
 * another service (`statusCode`, `code`, `error`, `message`, or `detail`). Source of the codes: the vendor's SDK and documentation.
 */
export const classifyInboxError: ReturnType<typeof errorClassifier> = errorClassifier({
  read: ({ code, error, message, detail }) => ({
    message: messageOf(message) ?? messageOf(detail),
    code: typeof code === 'number' || (typeof code === 'string' && code !== '') ? code : error,
  }),
  codes: {
    40000: 'invalid_input',
    40001: 'unauthenticated',
    40003: 'forbidden',
    40010: 'rate_limited',
    99999: 'unavailable',
    LICENSE_INVALID: 'forbidden',
  },
  final: ['40010', 'LICENSE_INVALID'],
  // `Not Found` and `Contact not found`, under which the service also sends a 400.
  notFoundText: /^\s*(?:\w+ )?not[ _]found\W*$/i,
})

/** Text, or where it stands in an object or in the first of several. */
function messageOf(said: unknown): unknown {
  if (Array.isArray(said)) return isPlainObject(said[0]) ? said[0].msg : undefined
  return isPlainObject(said) ? said.message : said
}
