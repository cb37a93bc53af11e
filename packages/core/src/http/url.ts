import { ContactsError } from '../errors.ts'
import type { HttpRequest, QueryValue } from './types.ts'

interface Context {
  readonly provider?: string
  readonly operation?: string
}

function encode(text: string, what: string, context: Context): string {
  try {
    return encodeURIComponent(text)
  } catch {
    // URIError: a lone surrogate has no UTF-8 form.
    const message = `${what} holds half of a surrogate pair, which cannot be sent.`
    throw new ContactsError({ ...context, code: 'invalid_input', message })
  }
}

/**
 * Escapes an id so that it reaches the server as one segment of the path, whatever it holds.
 *
 * `.` and `..` are refused: URL parsers take them, and even their escaped forms `%2e` and `%2e%2e`, for steps in the path.
 *
 * @param id - the provider's id, unescaped
 * @throws ContactsError `invalid_input` for a blank id, `.`, `..`, and text with lone surrogates
 *
 * @example
 * ```ts
 * pathSegment('../x?y#z') // '..%2Fx%3Fy%23z'
 * ```
 */
export function pathSegment(id: string): string {
  return segment(id, 'id', {})
}

function segment(value: unknown, name: string, context: Context): string {
  const problem =
    typeof value !== 'string'
      ? 'is not a string'
      : value.trim() === ''
        ? 'is blank'
        : value === '.' || value === '..'
          ? 'cannot be "." or ".."'
          : undefined
  if (typeof value !== 'string' || problem !== undefined) {
    throw new ContactsError({ ...context, code: 'invalid_input', message: `The ${name} ${problem}.` })
  }
  return encode(value, `The ${name}`, context)
}

/** Parses an absolute http(s) URL without credentials or fragment; anything else is `config`, without quoting it. */
function parseHttpUrl(url: string | URL, what: string, context: Context): URL {
  let parsed: URL | undefined
  try {
    parsed = new URL(url)
  } catch {
    // falls through: not a URL
  }
  const problem =
    parsed === undefined || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
      ? 'is not an http or https URL'
      : parsed.username !== '' || parsed.password !== ''
        ? 'holds a user name or password; give credentials by their own option'
        : parsed.hash !== ''
          ? 'holds a fragment (#)'
          : /\{|%7b/i.test(parsed.host)
            ? 'has a placeholder in its host'
            : undefined
  if (parsed === undefined || problem !== undefined) {
    throw new ContactsError({ ...context, code: 'config', message: `${what} ${problem}.` })
  }
  return parsed
}

/**
 * Checks a base URL and takes its trailing slashes off.
 *
 * @throws ContactsError `config` unless it is an http(s) URL without user name, password, query and fragment
 */
export function normalizeBaseUrl(baseUrl: string | URL, context: Context): string {
  const url = parseHttpUrl(baseUrl, '`baseUrl`', context)
  if (url.search !== '') {
    throw new ContactsError({ ...context, code: 'config', message: '`baseUrl` holds a query.' })
  }
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

const absoluteUrl = /^[a-z][a-z0-9+.-]*:/i

/**
 * Checks route overrides: each is a path below the base URL, or an absolute http(s) URL.
 *
 * @throws ContactsError `config`
 */
export function checkEndpoints(endpoints: Readonly<Record<string, string>>, context: Context): void {
  for (const [route, path] of Object.entries<unknown>(endpoints)) {
    const what = `\`endpoints.${route}\``
    if (typeof path !== 'string' || path.trim() === '') {
      throw new ContactsError({ ...context, code: 'config', message: `${what} is blank or not a string.` })
    }
    parseHttpUrl(absoluteUrl.test(path) ? path : `http://h/${path}`, what, context)
  }
}

function queryString(query: Readonly<Record<string, QueryValue>>, context: Context): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      const what = `The query parameter ${name}`
      pairs.push(`${encode(name, what, context)}=${encode(String(one), what, context)}`)
    }
  }
  return pairs.join('&')
}

/**
 * The URL of a request: base URL, path (or its override), `{name}` parts filled in, query.
 *
 * @throws ContactsError `invalid_input` for values that cannot stand in a URL; `config` when an override leaves out a part
 * that the route has, or names one that it has not: the request would go to another record
 */
export function buildUrl(
  baseUrl: string,
  request: Pick<HttpRequest, 'path' | 'route' | 'params' | 'query'>,
  endpoints: Readonly<Record<string, string>>,
  context: Context,
): URL {
  const { route, params = {}, query = {} } = request
  const override = route !== undefined && Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
  const used = new Set<string>()
  const mismatch = (name: string): ContactsError => {
    const message = `The path${override === undefined ? '' : ` in \`endpoints.${route}\``} and the route's parameters disagree on {${name}}.`
    return new ContactsError({ ...context, code: 'config', message })
  }
  const template = override ?? request.path
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(params, name)) throw mismatch(name)
    used.add(name)
    return segment(params[name], name, context)
  })
  for (const name of Object.keys(params)) if (!used.has(name)) throw mismatch(name)

  // Asked of the template: an id must not be able to turn a path into a URL of its own.
  const url = absoluteUrl.test(template) ? path : `${baseUrl}/${path.replace(/^\//, '')}`
  const search = queryString(query, context)
  return parseHttpUrl(
    search === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${search}`,
    'The URL',
    context,
  )
}
