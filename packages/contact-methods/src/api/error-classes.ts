import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { PROVIDER } from './errors.ts'
import type { ValidationIssue } from './types.ts'

/** Tells whether an error is one of ours about this vendor, with one of some codes; any code without them. */
function isOurs(error: unknown, codes?: readonly ContactsErrorCode[]): boolean {
  if (!ContactsError.is(error) || error.provider !== PROVIDER) return false
  return codes === undefined || codes.includes(error.code)
}

/**
 * The vendor's error classes, for `instanceof` alone: errors are {@link ContactsError}, and each of these says of one whether the
 * vendor's SDK would have thrown its like. `error.vendorCode` is what `error.code` was there.
 */
export abstract class ComplianceError extends ContactsError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error)
  }
}

/** The input was refused, here or by the server. For `instanceof` alone. */
export abstract class ValidationError extends ComplianceError {
  /** What is wrong, and where. The vendor's type always has it; it is absent where a server refuses input and does not say why. */
  declare readonly issues: readonly ValidationIssue[]

  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['invalid_input'])
  }
}

/** The server or the network failed. For `instanceof` alone. */
export abstract class APIError extends ComplianceError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error) && !isOurs(error, ['invalid_input', 'config', 'unsupported', 'unsupported_field'])
  }
}

/** There is no such record. For `instanceof` alone. */
export abstract class NotFoundError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['not_found'])
  }
}

/** The API key is missing or wrong. For `instanceof` alone. */
export abstract class UnauthorizedError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['unauthenticated'])
  }
}

/** The API key lacks a permission, which the message names. For `instanceof` alone. */
export abstract class ForbiddenError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['forbidden'])
  }
}

/** Too many requests; see `retryAfterMs`. For `instanceof` alone. */
export abstract class RateLimitError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['rate_limited'])
  }
}

/** The server cannot serve now. For `instanceof` alone. */
export abstract class ServerError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['unavailable'])
  }
}

/** The connection failed or was cut. For `instanceof` alone. */
export abstract class NetworkError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['network'])
  }
}

/** It took too long. For `instanceof` alone. */
export abstract class TimeoutError extends APIError {
  /** @internal */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isOurs(error, ['timeout'])
  }
}
