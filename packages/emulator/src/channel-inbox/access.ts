import { keyRefusal, tokenRefusal } from './errors.ts'
import {
  type ChannelInboxGrant,
  type ChannelInboxOptions,
  DEFAULT_ACCESS_TOKEN,
  DEFAULT_API_KEY,
  DEFAULT_JWT,
  DEFAULT_ORGANIZATION,
} from './options.ts'

/** Finds out which organization a request acts for; throws the 401 or 403 that the gateway answers. */
export type Authenticate = (headers: Headers, requestId: string) => string

type Grants = ReadonlyMap<string, ChannelInboxGrant>

/** Makes the gateway's check of credentials: the API key is looked at first, then the tokens. */
export function createAuthentication(options: ChannelInboxOptions): Authenticate {
  const keys = grantsOf({ [DEFAULT_API_KEY]: DEFAULT_ORGANIZATION, ...options.apiKeys })
  const tokens = grantsOf({
    [DEFAULT_ACCESS_TOKEN]: DEFAULT_ORGANIZATION,
    [DEFAULT_JWT]: DEFAULT_ORGANIZATION,
    ...options.tokens,
  })
  return (headers, requestId) => {
    const key = headers.get('x-api-key')
    const grant = key === null ? tokenGrant(headers, tokens) : keyGrant(key, keys, requestId)
    const received = headers.get('x-organization-id')
    if (received !== null && received !== grant.organization) {
      throw tokenRefusalWithDetails(grant.organization, received)
    }
    return grant.organization
  }
}

function keyGrant(key: string, keys: Grants, requestId: string): ChannelInboxGrant {
  const grant = keys.get(key)
  if (grant === undefined || grant.expired) throw keyRefusal(401, 'Invalid API key', requestId)
  if (grant.scoped) throw keyRefusal(403, 'This API key has no access to this resource', requestId)
  return grant
}

function tokenGrant(headers: Headers, tokens: Grants): ChannelInboxGrant {
  const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
  const grant = tokens.get(bearer ?? headers.get('x-access-token') ?? '')
  if (grant === undefined || grant.expired) throw tokenRefusal(401, 'Unauthorized')
  if (bearer !== undefined && headers.get('x-organization-id') === null) {
    throw tokenRefusal(401, 'Organization is required')
  }
  return grant
}

function tokenRefusalWithDetails(expected: string, received: string): Error {
  const refusal = tokenRefusal(403, 'Organization mismatch')
  return Object.assign(refusal, { body: { ...refusal.body, details: { expected, received } } })
}

function grantsOf(grants: Readonly<Record<string, string | ChannelInboxGrant>>): Grants {
  return new Map(
    Object.entries(grants).map(([credential, grant]) => [
      credential,
      typeof grant === 'string' ? { organization: grant } : grant,
    ]),
  )
}
