import { ContactsError } from '@anycontact/core'
import { type ContactsErrorInit, codeForStatus } from '@anycontact/core/adapter-kit'
import { badInput, PROVIDER } from './errors.ts'

/** What more an error can say. */
type Details = Partial<Omit<ContactsErrorInit, 'message'>>

/** The vendor's base class. What `client` throws is one, with a `code` of ours. */
export class ImbraceError extends ContactsError {
  constructor(message: string, details?: Details) {
    super({ code: 'bad_response', provider: PROVIDER, ...details, message })
  }

  override get name(): string {
    return 'ImbraceError'
  }

  // As a vendor's own class, one that extends it may set it.
  override set name(value: string) {
    Object.defineProperty(this, 'name', { value, configurable: true, writable: true })
  }
}

/** The credential is missing, was refused (401) or may not do this (403). */
export class AuthError extends ImbraceError {
  constructor(message = 'Unauthorized', details?: Details) {
    super(message, { code: 'unauthenticated', ...details })
    this.name = 'AuthError'
  }
}

/** The server answered with another status than one of success. */
export class ApiError extends ImbraceError {
  readonly statusCode: number

  constructor(statusCode: number, message: string, details?: Details) {
    super(`[${statusCode}] ${message}`, { code: codeForStatus(statusCode), status: statusCode, ...details })
    this.statusCode = statusCode
    this.name = 'ApiError'
  }

  /** As of every `ContactsError`, with the status under the vendor's name too, because programs log what `JSON.stringify` makes. */
  override toJSON(): ReturnType<ImbraceError['toJSON']> & { readonly statusCode: number } {
    return { ...super.toJSON(), statusCode: this.statusCode }
  }
}

/** There was no answer: the connection failed, or it took too long. */
export class NetworkError extends ImbraceError {
  constructor(message = 'Network error or server unreachable', details?: Details) {
    super(message, { code: 'network', ...details })
    this.name = 'NetworkError'
  }
}

/** The same error in the class that the vendor's client would have thrown. */
export function vendorError(error: ContactsError): ImbraceError {
  if (error instanceof ImbraceError) return error
  const { name: _, message, ...facts } = error.toJSON()
  const details = { ...facts, cause: error.cause }
  const { code, status = 0 } = error
  if (status === 401 || status === 403) return new AuthError(`Auth failed [${status}]: ${message}`, details)
  if (status >= 300) return new ApiError(status, message, details)
  if (code === 'network' || code === 'timeout') return new NetworkError(message, details)
  return new ImbraceError(message, details)
}

/** The error for what cannot be sent. */
export function refused(problem: Parameters<typeof badInput>[0], operation: string): ImbraceError {
  return vendorError(badInput(problem, operation))
}
