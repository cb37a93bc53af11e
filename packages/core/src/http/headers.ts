import { ContactsError } from '../errors.ts'
import { readMembers } from '../model/json.ts'
import type { CredentialOption, HeadersOption, HttpConfig, HttpRequest, ResetHeader } from './types.ts'

/** A request, as far as its headers are concerned. */
export interface HeaderSource {
  readonly request: Pick<HttpRequest, 'authenticate'>
  /** Who and what, for errors. */
  readonly context: { readonly provider: string; readonly operation: string }
  /** What the body is; absent without one, and for one that says it itself. */
  readonly contentType: string | undefined
  /** The headers of the request itself and of its call. */
  readonly headers: readonly HeaderEntry[]
}

/** The headers of one attempt. */
export interface AttemptHeaders {
  /** A plain object, because that is what the vendors' clients give to `fetch`; names are spelled as they were given. */
  readonly sent: Readonly<Record<string, string>>
  /** Those that were given by the client's options and by the request, in their order. */
  readonly given: readonly GivenHeader[]
}

/** A header of an attempt, as it was given. */
export interface GivenHeader {
  readonly name: string
  readonly value: string
  /** Whether it authenticates: then its value is secret whatever its name. */
  readonly authenticates: boolean
}

/** A header's name and value. */
export type HeaderEntry = readonly [name: string, value: string]

/** Who an error about a header is about. */
interface HeaderContext {
  readonly provider: string
  readonly operation?: string
}

/**
 * Puts the headers of an attempt together: the client's, then the vendor's authentication, then the request's, each over those
 * before.
 *
 * @param accept - what to accept where no header says so
 * @param authHeaders - what authenticates. @default the client's option
 * @throws ContactsError `config` for one that cannot be sent, and for a function that fails
 */
export async function attemptHeaders(
  source: HeaderSource,
  config: HttpConfig,
  accept: string,
  authHeaders: HeadersOption | undefined = config.authHeaders,
): Promise<AttemptHeaders> {
  const { request, context } = source
  const general =
    typeof config.headers === 'function' ? await askHeaders(config.headers, context) : config.headers
  const own = checkedHeaders(general, 'config', context)
  if (request.authenticate === false) return together(source, accept, own, [])
  const secret = typeof authHeaders === 'function' ? await askHeaders(authHeaders, context) : authHeaders
  return together(source, accept, own, checkedHeaders(secret, 'config', context))
}

function askHeaders<T>(option: () => T | Promise<T>, context: HeaderContext): Promise<T> {
  return ask(option, (errorName) => {
    const message = `A function that gives headers failed with ${errorName}.`
    return new ContactsError({ ...context, code: 'config', message })
  })
}

function together(
  { contentType, headers }: HeaderSource,
  accept: string,
  general: readonly HeaderEntry[],
  authenticating: readonly HeaderEntry[],
): AttemptHeaders {
  const sent = new Map<string, HeaderEntry>([['accept', ['Accept', accept]]])
  if (contentType !== undefined) sent.set('content-type', ['Content-Type', contentType])
  const given: GivenHeader[] = []
  for (const entries of [general, authenticating, headers]) {
    for (const entry of entries) {
      const [name, value] = entry
      sent.set(name.toLowerCase(), entry)
      given.push({ name, value, authenticates: entries === authenticating })
    }
  }
  return { sent: Object.fromEntries(sent.values()), given }
}

/** Asks for authentication headers again: all requests of a client that are refused at once share one answer. */
export interface Renewal {
  ask(): Promise<Readonly<Record<string, string>>>
  /** Says that a request waited in vain: the next one asks anew. */
  giveUp(): void
}

/**
 * Makes the {@link Renewal} of a client.
 *
 * @returns `undefined` for a client without authentication headers
 */
export function createRenewal(authHeaders: HttpConfig['authHeaders']): Renewal | undefined {
  if (authHeaders === undefined) return undefined
  let underWay: Promise<Readonly<Record<string, string>>> | undefined
  return {
    ask() {
      underWay ??= (async () => authHeaders())()
      const asked = underWay
      const isOver = (): void => {
        if (underWay === asked) underWay = undefined
      }
      asked.then(isOver, isOver)
      return asked
    },
    giveUp() {
      underWay = undefined
    },
  }
}

/** The headers of several attempts, each once. */
export function union(known: readonly GivenHeader[], given: readonly GivenHeader[]): readonly GivenHeader[] {
  const isKnown = ({ name, value }: GivenHeader): boolean =>
    known.some((header) => header.name === name && header.value === value)
  return given.every(isKnown) ? known : [...known, ...given.filter((header) => !isKnown(header))]
}

/** Tells whether two attempts were authenticated by the same headers. */
export function sameCredential(a: readonly GivenHeader[], b: readonly GivenHeader[]): boolean {
  const secrets = (given: readonly GivenHeader[]): string =>
    JSON.stringify(given.filter(({ authenticates }) => authenticates).map(({ name, value }) => [name, value]))
  return secrets(a) === secrets(b)
}

/**
 * Calls a function that an option was given as.
 *
 * @param fail - makes the error for a function that failed, from its error's name. Nothing else of it is passed on: the error
 * of a function that fetches a token can hold the token.
 * @throws what `fail` makes; a {@link ContactsError} of the function as it is
 */
async function ask<T>(option: () => T | Promise<T>, fail: (errorName: string) => ContactsError): Promise<T> {
  try {
    return await option()
  } catch (error) {
    throw ContactsError.is(error) ? error : fail(error instanceof Error ? error.name : typeof error)
  }
}

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The entries of a header record, checked: `fetch` itself would throw an error that quotes the value. Members that are
 * `undefined` are left out.
 *
 * @throws ContactsError `code`; it names the header where that is safe, and never holds the value
 */
export function checkedHeaders(
  headers: Readonly<Record<string, string>> | undefined,
  code: 'config' | 'invalid_input',
  context: HeaderContext,
): HeaderEntry[] {
  const entries: HeaderEntry[] = []
  if (headers === undefined) return entries
  // A `Headers` object, for one, would seem to hold none.
  const { value: members, problem } = readMembers(headers)
  if (problem) {
    const message = `The headers cannot be sent: they ${problem.message}. Of a Headers object, give Object.fromEntries(headers).`
    throw new ContactsError({ ...context, code, message })
  }
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue
    const named = headerName.test(name)
    if (!named || !isHeaderValue(value)) {
      const message = named
        ? `The header \`${name}\` is not a string, or holds a line break or another character that no header can carry.`
        : 'The name of a header is not one that HTTP allows.'
      throw new ContactsError({ ...context, code, message })
    }
    entries.push([name, value])
  }
  return entries
}

/** Whether every runtime's `fetch` takes the text as a header's value. */
function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && headerValue.test(value)
}

/** Whose credential it is and what its option is called, for the error message. */
export interface CredentialContext {
  readonly provider: string
  /** The option's name, for example `secret` or `apiKey`. */
  readonly name: string
}

/**
 * Turns a credential option into a function that gives the secret.
 *
 * A string is checked at once, the answer of a function each time it is asked. What is missing, blank, or cannot stand in a
 * header (line breaks, characters beyond Latin-1) is a {@link ContactsError} with code `config`, which never holds the value.
 * So is a function that fails: its own error is not passed on, because it may hold the secret; its name is.
 *
 * @throws ContactsError `config` for a string that cannot be used, or for what is neither a string nor a function
 *
 * @example
 * ```ts
 * const secret = credential(options.secret, { provider: 'chatbotkit', name: 'secret' })
 * const authHeaders = async () => ({ authorization: `Bearer ${await secret()}` })
 * ```
 */
export function credential(
  option: CredentialOption | undefined,
  { provider, name }: CredentialContext,
): () => Promise<string> {
  const fail = (problem: string): ContactsError =>
    new ContactsError({ code: 'config', provider, message: `${provider}: \`${name}\` ${problem}.` })
  const check = (value: unknown): string => {
    if (value === undefined || value === null) throw fail('is missing; give it as a string or a function')
    if (typeof value === 'string' && value.trim() === '') throw fail('is blank')
    if (!isHeaderValue(value)) {
      throw fail('is not a string, or holds a line break or another character that no header can carry')
    }
    return value
  }
  if (typeof option !== 'function') {
    const value = check(option)
    return async () => value
  }
  return async () =>
    check(await ask(option, (errorName) => fail(`is a function that failed with ${errorName}`)))
}

/**
 * How long an answer asks to wait: by `Retry-After`, else by the vendor's reset headers. A time is measured against the answer's
 * own `Date`, because the server's clock and ours can differ.
 *
 * @param nowMs - our clock, in milliseconds since the epoch: for an answer without a valid `Date`
 * @returns milliseconds, 0 for a time that has passed; `undefined` where it does not ask
 */
export function requestedWait(
  headers: Headers,
  resetHeaders: readonly (string | ResetHeader)[] | undefined,
  nowMs: number,
): number | undefined {
  const serverMs = parseHttpDate(headers.get('date') ?? '') ?? nowMs
  const retryAfter = parseRetryAfter(headers.get('retry-after') ?? '', serverMs)
  if (retryAfter !== undefined) return retryAfter
  for (const header of resetHeaders ?? []) {
    const { name, unit } = typeof header === 'string' ? { name: header, unit: undefined } : header
    const wait = parseReset(headers.get(name) ?? '', serverMs, unit)
    if (wait !== undefined) return wait
  }
  return undefined
}

const decimal = /^\s*\d+(?:\.\d+)?\s*$/

/** `Retry-After`: seconds, or a date. */
function parseRetryAfter(value: string, nowMs: number): number | undefined {
  if (decimal.test(value)) return toWait(Number(value) * 1000)
  const date = parseHttpDate(value)
  return date === undefined ? undefined : toWait(date - nowMs)
}

/** A time since 2001, or a wait; see {@link ResetHeader}. */
function parseReset(value: string, nowMs: number, unit: ResetHeader['unit'] | undefined): number | undefined {
  if (!decimal.test(value)) return undefined
  const number = Number(value)
  const ms = (unit ?? (number > 1e12 ? 'milliseconds' : 'seconds')) === 'seconds' ? number * 1000 : number
  return toWait(ms > 1e12 ? ms - nowMs : ms)
}

/** Any of HTTP's three forms of a date, in milliseconds since the epoch. */
function parseHttpDate(value: string): number | undefined {
  const text = value.trim()
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined
  // The oldest form has no zone and means UTC.
  const date = Date.parse(/gmt|utc|[+-]\d{4}$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(date) ? undefined : date
}

/** Never negative, never infinite. */
function toWait(ms: number): number {
  return Math.min(Math.max(0, ms), Number.MAX_SAFE_INTEGER)
}

/** How many more requests the provider takes, as an answer says. */
export function remainingRequests(
  headers: Headers,
  names: readonly string[] = ['x-ratelimit-remaining', 'ratelimit-remaining'],
): number | undefined {
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null && /^\s*\d+\s*$/.test(value)) return Number(value)
  }
  return undefined
}
