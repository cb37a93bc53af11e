import {
  createTransport,
  normalizeBaseUrl,
  refusedAnswer,
  type Transport,
} from '@anycontact/core/adapter-kit'
import { type EndpointName, endpointsOf } from './endpoints.ts'
import { vendorError } from './error-classes.ts'
import { badConfig, classifyInboxError, PROVIDER } from './errors.ts'
import { gateways, type ImbraceClientOptions } from './options.ts'
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
  config: ImbraceClientOptions,
  authHeaders: () => Promise<Record<string, string>>,
): InboxTransport {
  const {
    env = 'stable',
    dialect = 'sdk',
    services,
    baseUrl,
    timeout,
    timeoutMs = timeout,
    retry,
    ...options
  } = config
  const { channelService = '/channel-service', gateway } = services ?? {}
  if (!Object.hasOwn(gateways, env)) {
    throw badConfig(`\`env\` must be one of ${Object.keys(gateways).join(', ')}.`)
  }
  if (!['sdk', 'web', 'spec'].includes(dialect)) throw badConfig("`dialect` must be 'sdk', 'web' or 'spec'.")
  const root = gateway === undefined ? '' : serviceAt('gateway', gateway)
  const routes = endpointsOf(dialect, serviceAt('channelService', channelService), root)
  const transport = createTransport({
    ...options,
    // As of the vendor's options, empty text is none: what a program makes of a variable that is not set.
    baseUrl: baseUrl === '' ? undefined : baseUrl,
    timeoutMs,
    retry: retry === false ? false : { ...retry, baseDelayMs: retry?.baseDelayMs ?? BASE_DELAY_MS },
    provider: PROVIDER,
    defaultBaseUrl: gateways[env],
    authHeaders,
    classify: classifyInboxError,
    classifyAnswer: refusedAnswer,
    routes,
    faceError: vendorError,
  })
  return { ...transport, dialect }
}

/**
 * The address of a service, or its path below the gateway, without slashes at its end.
 *
 * @throws ContactsError `config` for one that routes cannot be put behind
 */
function serviceAt(name: string, service: string): string {
  const context = { provider: PROVIDER }
  const isAddress = /^[a-z][a-z0-9+.-]*:/i.test(service)
  const checked = normalizeBaseUrl(
    isAddress ? service : `http://gateway/${service}`,
    context,
    `\`services.${name}\``,
  )
  return isAddress ? checked : checked.replace(/^http:\/\/gateway\/+/, '/')
}
