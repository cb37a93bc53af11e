import type { CredentialOption } from '@anycontact/core'
import { credential } from '@anycontact/core/adapter-kit'
import { AuthError } from './error-classes.ts'
import { noCredential, PROVIDER } from './errors.ts'

/** Whom the requests of a client act for. */
export interface Credentials {
  readonly apiKey?: CredentialOption | undefined
  readonly accessToken?: CredentialOption | undefined
  readonly organizationId?: CredentialOption | undefined
}

type AuthHeaders = () => Promise<Record<string, string>>

/** The credentials of a client, which can change. */
export interface CredentialStore {
  /** The headers of the next attempt; rejects with `config` when there is neither a key nor a token. */
  readonly headers: AuthHeaders
  /** Takes others in place of those that are named. @throws ContactsError `config` for one that is blank */
  change(changes: Credentials): void
}

/** Keeps the credentials of a client. @throws ContactsError `config` for one that is blank */
export function createCredentials(given: Credentials): CredentialStore {
  let current = given
  let headers = headersFor(given)
  return {
    headers: () => headers(),
    change(changes) {
      const next = { ...current, ...changes }
      headers = headersFor(next)
      current = next
    },
  }
}

/**
 * An API key and a token are both sent when both are there. The token is a bearer token only when it is a real JWT and there is an
 * organization. Empty text is none. Source: the vendor's SDK.
 */
function headersFor(credentials: Credentials): AuthHeaders {
  const reader = (name: keyof Credentials): (() => Promise<string>) | undefined => {
    const option = credentials[name]
    return option === undefined || option === ''
      ? undefined
      : credential(option, { provider: PROVIDER, name })
  }
  const [askKey, askToken, askOrganization] = [
    reader('apiKey'),
    reader('accessToken'),
    reader('organizationId'),
  ]
  return async () => {
    const [key, token, organization] = await Promise.all([askKey?.(), askToken?.(), askOrganization?.()])
    if (key === undefined && token === undefined)
      throw new AuthError(noCredential().message, { code: 'config' })
    const isBearer = token !== undefined && organization !== undefined && isJwt(token)
    return {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(token !== undefined &&
        (isBearer ? { authorization: `Bearer ${token}` } : { 'x-access-token': token })),
      ...(organization !== undefined && { 'x-organization-id': organization }),
    }
  }
}

/**
 * Tells a JSON Web Token from the vendor's other tokens: three parts, the first of which is a JSON object.
 *
 * @param token - any access token
 */
export function isJwt(token: string): boolean {
  const parts = token.split('.')
  const [header = ''] = parts
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) return false
  try {
    const decoded: unknown = JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof decoded === 'object' && decoded !== null
  } catch {
    return false
  }
}
