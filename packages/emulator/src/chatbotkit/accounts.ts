import { ApiError } from './errors.ts'
import { type ChatBotKitOptions, type ChatBotKitToken, DEFAULT_ACCOUNT, DEFAULT_SECRET } from './options.ts'

/** Who a request acts for. */
export interface Session {
  /** The effective account: the token's own, or the child it runs as. */
  readonly account: string
  /** The account whose limits count: the parent, for a child. */
  readonly payer: string
  /** Whether fingerprints may be sent. */
  readonly trusted: boolean
}

/** Finds out who a request acts for; throws the 401 or 403 that the vendor answers. */
export type Authenticate = (request: Request) => Session

/** Makes the authentication of one server. */
export function createAuthentication(options: ChatBotKitOptions): Authenticate {
  const tokens = new Map<string, ChatBotKitToken>([[DEFAULT_SECRET, { account: DEFAULT_ACCOUNT }]])
  for (const [token, grant] of Object.entries(options.secrets ?? {})) {
    tokens.set(token, typeof grant === 'string' ? { account: grant } : grant)
  }
  const accounts = new Map(Object.entries(options.accounts ?? {}))

  const findChild = (headers: Headers): string | undefined => {
    const id = headers.get('x-runas-user-id') ?? headers.get('x-runas-userid')
    if (id) return id
    const email = headers.get('x-runas-child-user-email')
    return [...accounts].find(([, account]) => account.email === email)?.[0]
  }

  return (request) => {
    const grant = tokens.get(readToken(request))
    if (grant === undefined || grant.kind === 'refresh' || grant.expired)
      throw new ApiError('NOT_AUTHENTICATED')
    const trusted = grant.trusted ?? true
    const parentOf = (account: string): string => accounts.get(account)?.parent ?? account
    if (grant.kind === 'jwt' || !asksRunAs(request.headers)) {
      return { account: grant.account, payer: parentOf(grant.account), trusted }
    }
    const child = findChild(request.headers)
    if (child === undefined || accounts.get(child)?.parent !== grant.account)
      throw new ApiError('NOT_AUTHENTICATED')
    return { account: child, payer: grant.account, trusted }
  }
}

/** The second blank-separated word of the header; the scheme word is not looked at. */
function readToken(request: Request): string {
  const header = request.headers.get('authorization')
  if (header === null) {
    // Without the header the cookie session is asked, and on a POST that wants a CSRF proof first.
    throw new ApiError(request.method === 'POST' ? 'NOT_AUTHORIZED' : 'NOT_AUTHENTICATED')
  }
  return header.split(' ')[1] ?? ''
}

function asksRunAs(headers: Headers): boolean {
  return ['x-runas-user-id', 'x-runas-userid', 'x-runas-child-user-email'].some((name) => headers.get(name))
}
