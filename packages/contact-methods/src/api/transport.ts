import {
  createTransport,
  credential,
  isDataObject,
  refusedAnswer,
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
  const given: Partial<ComplianceSDKOptions> = isDataObject(options) ? options : {}
  const apiKey = credential(given.apiKey, { provider: PROVIDER, name: 'apiKey' })
  const environment = credential(given.environment, { provider: PROVIDER, name: 'environment' })
  if (typeof given.environment === 'string') checkEnvironment(given.environment)
  return createTransport({
    ...given,
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.artu.ai',
    authHeaders: async () => ({
      Authorization: `Bearer ${await apiKey()}`,
      'X-Environment': checkEnvironment(await environment()),
    }),
    publicHeaders: ['x-environment'],
    classify,
    classifyAnswer: refusedAnswer,
    routes: endpoints,
  })
}

function checkEnvironment(environment: string): string {
  if (environment === 'test' || environment === 'live') return environment
  throw badConfig("`environment` must be 'test' or 'live'.")
}
