import { ContactsError } from '../errors.ts'
import { ask } from './ask.ts'
import { checkedHeaders } from './headers.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { credentialTexts, sensitiveName } from './redact.ts'
import type { HeadersOption, HttpConfig } from './types.ts'

/** The headers of one attempt. */
export interface AttemptHeaders {
  readonly headers: Headers
  /** What must not show up in a hook. */
  readonly credentials: readonly string[]
  /** Every value that was given, for taking them out of the vendor's text. */
  readonly texts: readonly string[]
}

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
  const headers = new Headers({ accept })
  if (contentType !== undefined) headers.set('content-type', contentType)
  const credentials: string[] = []
  const texts: string[] = []
  const open = new Set(config.publicHeaders?.map((name) => name.toLowerCase()))
  const add = async (
    source: HeadersOption | undefined,
    code: 'config' | 'invalid_input',
    allSecret = false,
  ): Promise<void> => {
    const record =
      typeof source === 'function'
        ? await ask(source, (name) => {
            const message = `A function that gives headers failed with ${name}.`
            return new ContactsError({ ...context, code, message })
          })
        : source
    for (const [name, value] of checkedHeaders(record, { ...context, code })) {
      headers.set(name, value)
      if (open.has(name.toLowerCase())) continue
      const forms = credentialTexts(value)
      texts.push(...forms)
      if (allSecret || sensitiveName.test(name)) credentials.push(...forms)
    }
  }
  await add(config.headers, 'config')
  if (request.authenticate !== false) await add(config.authHeaders, 'config', true)
  await add(request.headers, 'invalid_input')
  await add(request.call?.headers, 'invalid_input')
  return { headers, credentials, texts }
}
