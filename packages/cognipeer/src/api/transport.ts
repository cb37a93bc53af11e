import { ContactsError } from '@anycontact/core'
import {
  type CallSettings,
  createTransport,
  credential,
  type EndpointInput,
  isDataObject,
  type Transport,
} from '@anycontact/core/adapter-kit'
import { endpoints } from './endpoints.ts'
import { classifyAnswer, classifyError, faceError, PROVIDER } from './errors.ts'
import { type CognipeerClientConfig, httpOptionsOf } from './options.ts'

/** How Cognipeer's endpoints are called. */
export interface CognipeerTransport extends Pick<Transport, 'request'> {
  /** Calls an endpoint and gives what `read` makes of its answer. */
  json<Result>(
    name: keyof typeof endpoints,
    input: EndpointInput,
    call: CallSettings | undefined,
    read: (answer: unknown, operation: string) => Result,
  ): Promise<Result>
}

/**
 * Makes what a client sends its requests with.
 *
 * @throws ContactsError `config` when the token or the hook id is missing or blank, or an option cannot work
 */
export function createCognipeerTransport(config: CognipeerClientConfig): CognipeerTransport {
  const given: Partial<CognipeerClientConfig> = isDataObject(config) ? config : {}
  // In the vendor's words and nothing but them, which programs compare.
  const missing = (message: string, path: string): ContactsError => {
    const issues = [{ path, message: 'is missing; give it as text or a function' }]
    return new ContactsError({ code: 'config', provider: PROVIDER, message, issues })
  }
  if (!given.token) throw missing('Cognipeer API token is required', 'token')
  if (!given.hookId) throw missing('Hook ID is required', 'hookId')
  const token = credential(given.token, { provider: PROVIDER, name: 'token' })
  const hookId = credential(given.hookId, { provider: PROVIDER, name: 'hookId' })
  return createTransport({
    ...httpOptionsOf(given),
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.cognipeer.com/v1',
    authHeaders: async () => ({ Authorization: `Bearer ${await token()}`, 'x-hook-id': await hookId() }),
    publicHeaders: ['content-type'],
    classify: classifyError,
    classifyAnswer,
    resetHeaders: ['x-ratelimit-reset'],
    routes: endpoints,
    faceError: (error) => faceError(error, timeoutWords(error)),
  })
}

/** What the vendor's client says of a time limit; of any other, its guide to errors looks for the word "timeout". */
function timeoutWords({ code, message }: ContactsError): string {
  const [, ms] = /no complete answer within (\d+) ms/.exec(message) ?? []
  if (code !== 'timeout') return message
  if (ms !== undefined) return `Request timeout after ${ms} ms`
  return /timeout/i.test(message) ? message : `${message} (timeout)`
}
