import { ContactsError, type CredentialOption, credential } from '@anycontact/core'
import { PROVIDER } from '../errors.ts'

/** Whom the requests of a client act for. */
export interface Credentials {
  readonly apiKey: CredentialOption | undefined
  readonly accessToken: CredentialOption | undefined
  readonly organizationId: CredentialOption | undefined
}

type Ask = (() => Promise<string>) | undefined

/**
 * Makes the headers that say whom a request acts for. An API key and a token are both sent when both are there. The token is a
 * bearer token only when it is a real JWT and there is an organization. Source: the vendor's SDK.
 *
 * @returns asked before each attempt; rejects with `config` when there is neither a key nor a token
 * @throws ContactsError `config` for one that is blank
 */
export function credentialHeaders(credentials: Credentials): () => Promise<Record<string, string>> {
  const [askKey, askToken, askOrganization] = [
    asked(credentials, 'apiKey'),
    asked(credentials, 'accessToken'),
    asked(credentials, 'organizationId'),
  ]
  return async () => {
    const [key, token, organization] = await Promise.all([askKey?.(), askToken?.(), askOrganization?.()])
    if (key === undefined && token === undefined) throw noCredential()
    const isBearer = token !== undefined && organization !== undefined && isJwt(token)
    return {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(token !== undefined &&
        (isBearer ? { authorization: `Bearer ${token}` } : { 'x-access-token': token })),
      ...(organization !== undefined && { 'x-organization-id': organization }),
    }
  }
}

/** The error for a client without a credential. */
export function noCredential(): ContactsError {
  return new ContactsError({
    code: 'config',
    message: `${PROVIDER}: there is no credential; give \`apiKey\` or \`accessToken\`.`,
    provider: PROVIDER,
  })
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

function asked(credentials: Credentials, name: keyof Credentials): Ask {
  const option = credentials[name]
  return option === undefined ? undefined : credential(option, { provider: PROVIDER, name })
}
