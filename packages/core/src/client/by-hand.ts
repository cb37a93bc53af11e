import type { AdapterRequest } from '../adapter/request.ts'
import type { CallScope } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import type { ContactsErrorIssue } from '../errors.ts'
import type { Effect, QueryValue } from '../http/types.ts'
import { isPlainObject, type JsonInput, keyProblem, readJsonObject } from '../model/json.ts'
import { invalidInput } from './invalid-input.ts'
import { checkRecord, createContext, nativeMethod, type Runtime } from './runtime.ts'

/** A request to any endpoint of the vendor's API. */
export interface VendorRequest {
  /** @default 'GET' */
  readonly method?: AdapterRequest['method'] | undefined
  /**
   * Where to, below the client's base URL: begins with `/`, without query and fragment. Escapes stay as they are, what else cannot
   * stand in a URL is escaped. Put ids into it by `encodeURIComponent`.
   */
  readonly path: string
  /** Scalars as they are, arrays as repeated names; `undefined` and `null` are left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON; not with a GET. */
  readonly json?: JsonInput | undefined
}

/** The options of a request to any endpoint of the vendor's API. */
export interface VendorRequestOptions extends CallOptions {
  /**
   * Whether sending the request twice does the same as sending it once: then it is sent again where its answer was lost. `true`
   * for a GET, which reads; `false` makes a GET that does more than that be sent once.
   * @default true for GET, else false
   */
  readonly idempotent?: boolean | undefined
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const MEMBERS = ['method', 'path', 'query', 'json']

/**
 * Sends a request to any endpoint of the vendor's API.
 *
 * @param given - a copy of what the caller gave
 * @returns the JSON of the answer; `undefined` for an empty one
 */
export async function requestByHand(
  runtime: Runtime,
  given: unknown,
  isIdempotent: boolean | undefined,
  scope: CallScope,
): Promise<unknown> {
  const { adapter } = runtime
  const request = nativeMethod(runtime, 'request', adapter.request)
  const answer = await request.call(
    adapter,
    readRequest(given, isIdempotent),
    createContext(runtime, { scope }),
  )
  checkRecord(answer)
  return answer
}

/** Checks a request. @throws ContactsError `invalid_input` with every issue */
function readRequest(given: unknown, isIdempotent: boolean | undefined): AdapterRequest {
  if (!isPlainObject(given)) {
    throw invalidInput([
      { path: '', message: "must be { path: '/…' }, and maybe its method, query and json" },
    ])
  }
  const { method = 'GET', path, query } = given
  const verb = METHODS.find((known) => known === method)
  const { value: { json } = {}, problem } = readJsonObject({ json: given.json })
  const pairs = readQuery(query)
  const issues: ContactsErrorIssue[] = [
    ...Object.keys(given).flatMap((name) => (MEMBERS.includes(name) ? [] : [notThere(name)])),
    ...(verb === undefined ? [{ path: 'method', message: `must be one of ${METHODS.join(', ')}` }] : []),
    ...issue('path', pathProblem(path)),
    ...pairs.issues,
    ...(problem ? [{ path: problem.path.join('.'), message: problem.message }] : []),
    ...issue('json', verb === 'GET' && json !== undefined ? 'cannot go with a GET: give query' : undefined),
  ]
  if (verb === undefined || typeof path !== 'string' || issues.length > 0) throw invalidInput(issues)
  const effect = effectOf(verb, isIdempotent)
  return {
    method: verb,
    path: escaped(path),
    query: pairs.query,
    ...(json !== undefined && { json }),
    effect,
  }
}

function effectOf(method: string, isIdempotent: boolean | undefined): Effect {
  if (method === 'GET' && isIdempotent !== false) return 'read'
  return isIdempotent ? 'idempotent' : 'once'
}

function notThere(name: string): ContactsErrorIssue {
  return { path: name, message: `is no member here; there are ${MEMBERS.join(', ')}` }
}

function issue(path: string, message: string | undefined): ContactsErrorIssue[] {
  return message === undefined ? [] : [{ path, message }]
}

/** What keeps a path from being one below the client's base URL. It is not quoted: ids can stand in it. */
function pathProblem(path: unknown): string | undefined {
  if (typeof path !== 'string' || path.trim() === '') return `must be text, ${AS_IN}`
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]{2}/.test(path))
    return `must not name a server: give what comes after the base URL, ${AS_IN}`
  if (!path.startsWith('/')) return `must begin with a slash, ${AS_IN}`
  if (/[?#]/.test(path)) return 'must have neither ? nor #: give `query`, and escape them in an id'
  if (path.includes('\\')) return 'must not have a backslash: escape it in an id'
  const text = unescaped(path)
  if (text === undefined) return 'has a % that begins no escape of UTF-8: write the sign itself as %25'
  if (/\p{Cc}/u.test(text)) return 'must not have control characters, escaped or not'
  // URL parsers take escaped dots for steps too, and some servers what is before a semicolon, or between escaped slashes.
  if (/(?:^|[/\\])\.\.?(?:$|[/\\;])/.test(text)) return 'must not have the steps . and .., escaped or not'
  return keyProblem(path)
}

const AS_IN = "as in '/v1/things'"

/** A path without its escapes; `undefined` where one is damaged, or stands for what is no UTF-8: servers differ in what they read. */
function unescaped(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** A path with escapes for what cannot stand in a URL, or would be taken for a placeholder; those that it has stay. */
function escaped(path: string): string {
  return path.replace(/[^\x21-\x7e]|["<>^`{|}]/gu, encodeURIComponent)
}

function readQuery(given: unknown = {}): {
  readonly query: Readonly<Record<string, QueryValue>>
  readonly issues: readonly ContactsErrorIssue[]
} {
  if (!isPlainObject(given)) return { query: {}, issues: issue('query', 'must be a plain object') }
  const query: Record<string, QueryValue> = {}
  const issues: ContactsErrorIssue[] = []
  for (const [name, value] of Object.entries(given)) {
    if (isQueryValue(value)) query[name] = value
    else
      issues.push({
        path: `query.${name}`,
        message: 'must be text, a number, true, false, or a list of these',
      })
  }
  return { query, issues }
}

function isQueryValue(value: unknown): value is QueryValue {
  if (value === undefined || value === null) return true
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value)
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
