import {
  createTransport,
  credential,
  type ErrorClassification,
  type ErrorResponse,
  isPlainObject,
  readText,
  type Transport,
} from '@anycontact/core/adapter-kit'
import { type EndpointName, endpoints } from './endpoints.ts'
import { badConfig, classify, PROVIDER } from './errors.ts'
import type { ComplianceSDKOptions } from './options.ts'

/** What an SDK sends its requests with. */
export type ContactMethodsTransport = Transport<EndpointName>

/**
 * Makes the transport of an SDK.
 *
 * @throws ContactsError `config` for options that cannot work
 */
export function createContactMethodsTransport(options: ComplianceSDKOptions): ContactMethodsTransport {
  const apiKey = credential(options.apiKey, { provider: PROVIDER, name: 'apiKey' })
  const environment = credential(options.environment, { provider: PROVIDER, name: 'environment' })
  if (typeof options.environment === 'string') checkEnvironment(options.environment)
  return createTransport({
    ...options,
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.artu.ai',
    authHeaders: async () => ({
      authorization: `Bearer ${await apiKey()}`,
      'x-environment': checkEnvironment(await environment()),
    }),
    publicHeaders: ['x-environment'],
    classify,
    classifyAnswer,
    routes: endpoints,
  })
}

function checkEnvironment(environment: string): string {
  if (environment === 'test' || environment === 'live') return environment
  throw badConfig("`environment` must be 'test' or 'live'.")
}

/** Tells a refusal that came with a status of success; whether something was written is then not known. */
function classifyAnswer({ json }: ErrorResponse): ErrorClassification | undefined {
  if (!isPlainObject(json) || (json.success !== false && !isPlainObject(json.error))) return undefined
  const message = readText(json, 'message') ?? readText(json.error, 'message')
  return { code: 'bad_response', ...(message !== undefined && { message }) }
}
