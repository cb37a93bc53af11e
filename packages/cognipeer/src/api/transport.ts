import { ContactsError } from '@anycontact/core'
import {
  type CallSettings,
  changedError,
  createTransport,
  credential,
  type EndpointInput,
} from '@anycontact/core/adapter-kit'
import { endpoints } from './endpoints.ts'
import { badConfig, classifyAnswer, classifyError, PROVIDER } from './errors.ts'
import { type CognipeerClientConfig, httpOptionsOf } from './options.ts'

/** How Cognipeer's endpoints are called. */
export interface CognipeerTransport {
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
  // In the vendor's words, which programs may look for.
  if (!config.token) throw badConfig('Cognipeer API token is required; give it as `token`.')
  if (!config.hookId) throw badConfig('Hook ID is required; give it as `hookId`.')
  const token = credential(config.token, { provider: PROVIDER, name: 'token' })
  const hookId = credential(config.hookId, { provider: PROVIDER, name: 'hookId' })
  const transport = createTransport({
    ...httpOptionsOf(config),
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.cognipeer.com/v1',
    authHeaders: async () => ({ authorization: `Bearer ${await token()}`, 'x-hook-id': await hookId() }),
    classify: classifyError,
    classifyAnswer,
    resetHeaders: ['x-ratelimit-reset'],
    routes: endpoints,
  })
  return {
    async json(name, input, call, read) {
      try {
        return await transport.json(name, input, call, read)
      } catch (error) {
        throw ContactsError.is(error) && error.code === 'timeout' ? withTheWord(error) : error
      }
    },
  }
}

/** The vendor's guide to errors looks for the word "timeout" in the message. */
function withTheWord(error: ContactsError): ContactsError {
  if (/timeout/i.test(error.message)) return error
  return changedError(error, { message: `${error.message} (timeout)` })
}
