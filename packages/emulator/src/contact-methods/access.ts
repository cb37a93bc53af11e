import { ApiError } from './errors.ts'
import {
  type ContactMethodsApiKey,
  type ContactMethodsEnvironment,
  type ContactMethodsOptions,
  DEFAULT_ACCOUNT,
  DEFAULT_API_KEY,
} from './options.ts'
import { findEnvironment } from './validate.ts'

/** What a permission allows. */
export type Operation = 'create' | 'read' | 'update' | 'delete'

/** Whose data a request is about. */
export interface Access {
  readonly account: string
  readonly environment: ContactMethodsEnvironment
}

/** Finds out whose data a request may touch; throws the 401 or 403 that the vendor answers. */
export type Authorize = (headers: Headers, operation: Operation) => Access

/** Makes the authorization of one server. */
export function createAuthorization({ apiKeys = {} }: ContactMethodsOptions): Authorize {
  const keys = new Map<string, ContactMethodsApiKey>([[DEFAULT_API_KEY, {}], ...Object.entries(apiKeys)])
  return (headers, operation) => {
    const token = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    const key = token === undefined ? undefined : keys.get(token)
    if (key === undefined) throw new ApiError('UNAUTHORIZED', 'Invalid or missing API key')
    const environment = findEnvironment(headers.get('x-environment'))
    if (environment === undefined) {
      throw new ApiError('UNAUTHORIZED', 'X-Environment header must be "test" or "live"')
    }
    const permission = `${environment}:contact-methods:${operation}`
    if (key.permissions !== undefined && !key.permissions.includes(permission)) {
      throw new ApiError('FORBIDDEN', `API key lacks permission: ${permission}`)
    }
    return { account: key.account ?? DEFAULT_ACCOUNT, environment }
  }
}
