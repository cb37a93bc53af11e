import { ContactsError } from '@anycontact/core'
import { PROVIDER } from '../errors.ts'
import type { ClientSettings } from './options.ts'

const vendorOrigin = 'https://api.chatbotkit.com'
const vendorHost = 'api.chatbotkit.com'

function fail(code: 'config' | 'invalid_input', problem: string): ContactsError {
  return new ContactsError({ code, message: `${PROVIDER}: ${problem}`, provider: PROVIDER })
}

/**
 * Where the API is: scheme, host and port. A path in `baseUrl` does not count, as with the vendor's client.
 *
 * @throws ContactsError `config` for what is no http(s) address
 */
export function originOf({
  baseUrl,
  host,
  protocol,
}: Pick<ClientSettings, 'baseUrl' | 'host' | 'protocol'>): string {
  const base = parse(baseUrl ?? vendorOrigin)
  if (base === undefined) throw fail('config', '`baseUrl` is not an http or https URL.')
  if (base.username !== '' || base.password !== '') {
    throw fail('config', '`baseUrl` holds a user name or password; give the credential as `secret`.')
  }
  const scheme = protocol || base.protocol
  const address = `${scheme}//${host || base.host}`
  const url = parse(address)
  // The text is compared whole: `host` must be a host, not a user name, a path or a query as well.
  if (url === undefined || url.href !== `${url.origin}/` || /[@?#/\\]/.test(host ?? '')) {
    throw fail('config', '`host` or `protocol` does not make an http or https address.')
  }
  return url.origin
}

/** Where a request goes. */
export interface Target {
  /** An absolute URL; `{name}` parts are left for the request helper to fill in. */
  readonly url: string
  /** Whether it is the API, or was configured as a place for it: the secret may go there. */
  readonly trusted: boolean
}

/**
 * Finds the URL of a path: an override if there is one, below the origin; on the vendor's own host without the leading
 * `/api`.
 *
 * @param path - such as `/api/v1/contact/{contactId}/fetch`, or an absolute URL
 * @param endpoint - the key under which an override is looked for first
 * @param params - the names of the `{name}` parts
 */
export function targetOf(
  path: string,
  endpoint: string | undefined,
  params: readonly string[],
  { origin, endpoints = {} }: { readonly origin: string; readonly endpoints?: ClientSettings['endpoints'] },
): Target {
  const key = [endpoint, path].find((one) => one !== undefined && Object.hasOwn(endpoints, one))
  const override = key === undefined ? undefined : endpoints[key]
  const url = parse(override ?? path, origin)
  if (url === undefined) throw fail('invalid_input', 'the path does not make an http or https URL.')
  url.hash = ''
  if (url.hostname === vendorHost && url.pathname.startsWith('/api/')) url.pathname = url.pathname.slice(4)
  return {
    url: withPlaceholders(url.href, params),
    trusted: override !== undefined || url.origin === origin,
  }
}

/** Parsing has escaped every brace of the path; those of known names are put back, any other is not a placeholder. */
function withPlaceholders(href: string, params: readonly string[]): string {
  return href
    .replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'))
    .replace(/%7B(\w+)%7D/gi, (escaped, name: string) => (params.includes(name) ? `{${name}}` : escaped))
}

function parse(url: string | URL, base?: string): URL | undefined {
  try {
    const parsed = new URL(url, base)
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed : undefined
  } catch {
    return undefined
  }
}
