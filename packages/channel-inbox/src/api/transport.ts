import {
  createTransport,
  normalizeBaseUrl,
  refusedAnswer,
  type Transport,
} from '@anycontact/core/adapter-kit'
import { type EndpointName, endpointsOf } from './endpoints.ts'
import { badConfig, classifyInboxError, PROVIDER } from './errors.ts'
import { gateways, type ImbraceClientConfig } from './options.ts'
import type { ImbraceDialect } from './types.ts'

/** As the vendor's SDK waits where nothing says how long: 1, 2, 4 seconds, here at random up to that. */
const BASE_DELAY_MS = 1000

/** What a client sends its requests with, and in whose words. */
export interface InboxTransport extends Transport<EndpointName> {
  readonly dialect: ImbraceDialect
}

/**
 * Makes the transport of a client.
 *
 * @param authHeaders - asked before each attempt
 * @throws ContactsError `config` for options that cannot work
 */
export function createInboxTransport(
  config: ImbraceClientConfig,
  authHeaders: () => Promise<Record<string, string>>,
): InboxTransport {
  const {
    env = 'stable',
    dialect = 'sdk',
    services,
    timeout,
    timeoutMs = timeout,
    retry,
    ...options
  } = config
  const { channelService: service = '/channel-service' } = services ?? {}
  if (!Object.hasOwn(gateways, env)) {
    throw badConfig(`\`env\` must be one of ${Object.keys(gateways).join(', ')}.`)
  }
  if (!['sdk', 'web', 'spec'].includes(dialect)) throw badConfig("`dialect` must be 'sdk', 'web' or 'spec'.")
  const routes = endpointsOf(dialect, serviceAt(service))
  const transport = createTransport({
    ...options,
    timeoutMs,
    retry: retry === false ? false : { ...retry, baseDelayMs: retry?.baseDelayMs ?? BASE_DELAY_MS },
    provider: PROVIDER,
    defaultBaseUrl: gateways[env],
    authHeaders,
    classify: classifyInboxError,
    classifyAnswer: refusedAnswer,
    routes,
  })
  return { ...transport, dialect }
}

/**
 * The address of the service, or its path below the gateway, without slashes at its end.
 *
 * @throws ContactsError `config` for one that routes cannot be put behind
 */
function serviceAt(service: unknown): string {
  if (typeof service !== 'string') throw badConfig('`services.channelService` must be text.')
  const context = { provider: PROVIDER }
  const isAddress = /^[a-z][a-z0-9+.-]*:/i.test(service)
  const checked = normalizeBaseUrl(
    isAddress ? service : `http://gateway/${service}`,
    context,
    '`services.channelService`',
  )
  return isAddress ? checked : checked.replace(/^http:\/\/gateway\/+/, '/')
}
