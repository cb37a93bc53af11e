import { ContactsError } from '../errors.ts'
import { addHeaders } from './headers.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { credentialTexts, isSensitiveName } from './redact.ts'
import type { HttpConfig } from './types.ts'

/** The headers of one attempt. */
export interface AttemptHeaders {
  readonly headers: Headers
  /** What must not show up in a hook. */
  readonly credentials: readonly string[]
  /** Every value that was given, for taking them out of the vendor's text. */
  readonly texts: readonly string[]
}

type HeaderRecord = Readonly<Record<string, string>>

/**
 * Puts the headers of an attempt together: the client's, then the vendor's authentication, then the request's, each over those
 * before.
 *
 * @param accept - what to accept where no header says so
 * @throws ContactsError `config` or `invalid_input` for one that cannot be sent, and for a function that fails
 */
export async function attemptHeaders(
  { request, context, contentType }: PreparedRequest,
  config: HttpConfig,
  accept: string,
): Promise<AttemptHeaders> {
  const ask = async (
    source: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined,
    name: string,
  ): Promise<HeaderRecord | undefined> => {
    if (typeof source !== 'function') return source
    try {
      return await source()
    } catch (error) {
      if (ContactsError.is(error)) throw error
      // Not passed on: the error of a function that fetches a token can hold the token.
      const failed = error instanceof Error ? ` with ${error.name}` : ''
      const message = `${context.provider}: the function for ${name} failed${failed}.`
      throw new ContactsError({ ...context, code: 'config', message })
    }
  }
  const given = new Headers()
  addHeaders(given, await ask(config.headers, '`headers`'), { ...context, code: 'config' })
  const auth = new Headers()
  if (request.authenticate !== false) {
    addHeaders(auth, await ask(config.authHeaders, 'the authentication headers'), {
      ...context,
      code: 'config',
    })
  }
  const own = new Headers()
  addHeaders(own, request.headers, { ...context, code: 'invalid_input' })

  const headers = new Headers({ accept })
  if (contentType !== undefined) headers.set('content-type', contentType)
  const credentials: string[] = []
  const texts: string[] = []
  for (const part of [given, auth, own]) {
    part.forEach((value, name) => {
      headers.set(name, value)
      const forms = credentialTexts(value)
      texts.push(...forms)
      if (part === auth || isSensitiveName(name)) credentials.push(...forms)
    })
  }
  return { headers, credentials, texts }
}
