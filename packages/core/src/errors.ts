/**
 * Every code a {@link ContactsError} can carry; branch on these, never on message text.
 *
 * | code | meaning |
 * | --- | --- |
 * | `unauthenticated` | the credential is missing, wrong or expired |
 * | `forbidden` | the credential is good, but not for this record or action |
 * | `not_found` | no such contact (or other record) |
 * | `ambiguous` | a lookup that should name one contact matches several |
 * | `conflict` | a unique value is taken by another record |
 * | `invalid_input` | what the caller gave cannot be sent; nothing was written |
 * | `unsupported` | the provider has no such operation, lookup, filter or order |
 * | `unsupported_field` | the provider cannot store a field that the caller gave |
 * | `rate_limited` | too many requests; see `retryAfterMs` |
 * | `timeout` | an attempt or the whole call took longer than allowed |
 * | `network` | no answer: the connection failed or was cut |
 * | `unavailable` | the provider answered that it cannot serve now (5xx) |
 * | `bad_response` | an answer that cannot be understood |
 * | `config` | the client was made with options that cannot work |
 */
export type ContactsErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'ambiguous'
  | 'conflict'
  | 'invalid_input'
  | 'unsupported'
  | 'unsupported_field'
  | 'rate_limited'
  | 'timeout'
  | 'network'
  | 'unavailable'
  | 'bad_response'
  | 'config'

/**
 * Whether something was written by the call that failed.
 *
 * | word | meaning |
 * | --- | --- |
 * | `no` | nothing: the call only reads, was refused, or was not sent |
 * | `unknown` | a write was sent and its answer did not arrive or made no sense: look the record up before writing it again |
 * | `yes` | a write was applied, at least in part, and what came after it failed |
 */
export type Applied = 'no' | 'unknown' | 'yes'

/** One thing wrong with an input or a response, and where. */
export interface ContactsErrorIssue {
  /** Dotted path of the value, for example `customFields.plan` or `items.3.id`; empty for the value itself. */
  readonly path: string
  /** What is wrong with it. Never holds the value. */
  readonly message: string
}

/** What a {@link ContactsError} is made from. */
export interface ContactsErrorInit {
  /** What went wrong. */
  readonly code: ContactsErrorCode
  /** What happened and what to do next; must hold nothing secret and nothing that was sent. */
  readonly message: string
  /** The adapter that was used; the client fills it in. */
  readonly provider?: string | undefined
  /** The operation that was called; the client fills it in. */
  readonly operation?: string | undefined
  /** Whether something was written. @default 'no' */
  readonly applied?: Applied | undefined
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined
  /** Whether the same call may succeed later and is safe to make again. @default false */
  readonly retryable?: boolean | undefined
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The provider's id of the request. */
  readonly requestId?: string | undefined
  /** What exactly is wrong, and where. */
  readonly issues?: readonly ContactsErrorIssue[] | undefined
  /** The vendor's own error code. */
  readonly vendorCode?: string | undefined
  /** The error below, which must hold nothing secret either. */
  readonly cause?: unknown
}

/** A {@link ContactsError} as plain data, for logs. */
export interface ContactsErrorJson {
  /** Tells what it is. */
  readonly name: 'ContactsError'
  /** What went wrong. */
  readonly code: ContactsErrorCode
  /** What happened and what to do next. */
  readonly message: string
  /** The adapter that was used. */
  readonly provider?: string
  /** The operation that was called. */
  readonly operation?: string
  /** Whether something was written. */
  readonly applied: Applied
  /** HTTP status. */
  readonly status?: number
  /** Whether the same call may succeed later and is safe to make again. */
  readonly retryable: boolean
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number
  /** The provider's id of the request. */
  readonly requestId?: string
  /** What exactly is wrong, and where. */
  readonly issues?: readonly ContactsErrorIssue[]
  /** The vendor's own error code. */
  readonly vendorCode?: string
}

const brand: unique symbol = Symbol.for('anycontact.ContactsError')

/**
 * The one error that AnyContact throws. A caller's own abort is the exception: its reason is passed through untouched.
 *
 * Neither `message`, `toJSON()`, inspection nor the `cause` chain holds a token, a header, a query string or a request body.
 *
 * @example
 * ```ts
 * try {
 *   await contacts.create({ externalId: 'user-42' })
 * } catch (error) {
 *   if (ContactsError.is(error) && error.code === 'conflict') console.log('already there')
 *   else throw error
 * }
 * ```
 */
export class ContactsError extends Error {
  /** What went wrong, as one of a fixed set of words. */
  readonly code: ContactsErrorCode
  // `declare`: a field would be there as `undefined` where there is nothing to tell.

  /** The adapter that was used; absent when the error is not about one. */
  declare readonly provider?: string
  /** The operation that was called, for example `upsert`. */
  declare readonly operation?: string
  /** HTTP status; absent when there was no answer. */
  declare readonly status?: number
  /** Whether something was written by the call that failed. */
  readonly applied: Applied
  /** Whether the same call may succeed later **and** is safe to make again. A create whose answer was lost is not. */
  readonly retryable: boolean
  /** How long to wait before the next try, in milliseconds, where the provider said so. */
  declare readonly retryAfterMs?: number
  /** The provider's id of the request, to quote in a support case. */
  declare readonly requestId?: string
  /** What exactly is wrong, for `invalid_input`, `unsupported_field` and `bad_response`. */
  declare readonly issues?: readonly ContactsErrorIssue[]
  /** The vendor's own error code, for example `LIMITS_REACHED`. */
  declare readonly vendorCode?: string

  /** `ContactsError`, or the name of a vendor's class. On the prototype, so that the stack's first line has it too. */
  override get name(): string {
    return 'ContactsError'
  }

  constructor(init: ContactsErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause })
    Object.defineProperty(this, brand, { value: true })
    this.code = init.code
    this.applied = init.applied ?? 'no'
    this.retryable = init.retryable ?? false
    if (init.provider !== undefined) this.provider = init.provider
    if (init.operation !== undefined) this.operation = init.operation
    if (init.status !== undefined) this.status = init.status
    if (init.retryAfterMs !== undefined) this.retryAfterMs = init.retryAfterMs
    if (init.requestId !== undefined) this.requestId = init.requestId
    if (init.issues !== undefined) this.issues = init.issues
    if (init.vendorCode !== undefined) this.vendorCode = init.vendorCode
  }

  /**
   * Tells whether a value is a `ContactsError`, of this copy of the package or of another one.
   *
   * @param value - anything, usually what a `catch` caught
   */
  static is(value: unknown): value is ContactsError {
    return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true
  }

  /** The error as plain data: everything but the stack and the cause. */
  toJSON(): ContactsErrorJson {
    return {
      name: 'ContactsError',
      code: this.code,
      message: this.message,
      ...(this.provider !== undefined && { provider: this.provider }),
      ...(this.operation !== undefined && { operation: this.operation }),
      applied: this.applied,
      ...(this.status !== undefined && { status: this.status }),
      retryable: this.retryable,
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
      ...(this.requestId !== undefined && { requestId: this.requestId }),
      ...(this.issues !== undefined && { issues: this.issues }),
      ...(this.vendorCode !== undefined && { vendorCode: this.vendorCode }),
    }
  }
}

/**
 * The same error with some members changed. The rest stays, its cause too, and its stack where the message is the same.
 *
 * @param error - it is left as it is
 * @param changes - the members that differ
 */
export function changedError(error: ContactsError, changes: Partial<ContactsErrorInit>): ContactsError {
  const copy = new ContactsError({ ...error.toJSON(), cause: error.cause, ...changes })
  if (error.stack !== undefined && copy.message === error.message) copy.stack = error.stack
  return copy
}

/**
 * The failure of a listing: what it says is missing is the route, and nobody may take that for a contact that is not there, whom an
 * upsert would create.
 *
 * @param signal - whose reason stays as it is
 */
export function neverAbsent(error: unknown, signal?: AbortSignal): unknown {
  if (!ContactsError.is(error) || error.code !== 'not_found' || error === signal?.reason) return error
  const end = /[.!?]$/.test(error.message) ? '' : '.'
  const message = `${error.message}${end} A listing itself is always there: check \`baseUrl\` and \`endpoints\`.`
  return changedError(error, { code: 'bad_response', message })
}
