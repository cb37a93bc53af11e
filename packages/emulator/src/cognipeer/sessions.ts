import { ApiError } from './errors.ts'
import {
  type CognipeerHook,
  type CognipeerOptions,
  type CognipeerSwitches,
  type CognipeerToken,
  DEFAULT_API_TOKEN,
  DEFAULT_HOOK_ID,
  DEFAULT_PEER,
  DEFAULT_TOKEN,
  DEFAULT_WORKSPACE,
} from './options.ts'

/** Who a request acts for. */
export interface Session {
  readonly workspace: string
  readonly token: string
  /** The peer of the hook's channel. */
  readonly peer: string
}

/**
 * Makes the authentication of one server: a bearer token of either kind and a hook of the same workspace, in the header
 * `x-hook-id` and nowhere else.
 */
export function createAuthentication(
  options: CognipeerOptions,
  switches: CognipeerSwitches,
): (headers: Headers) => Session {
  const tokens = new Map<string, CognipeerToken>([
    [DEFAULT_TOKEN, { workspace: DEFAULT_WORKSPACE }],
    [DEFAULT_API_TOKEN, { workspace: DEFAULT_WORKSPACE }],
  ])
  for (const [token, given] of Object.entries(options.tokens ?? {})) {
    tokens.set(token, typeof given === 'string' ? { workspace: given } : given)
  }
  const hooks = new Map<string, CognipeerHook>([[DEFAULT_HOOK_ID, { workspace: DEFAULT_WORKSPACE }]])
  for (const [hook, given] of Object.entries(options.hooks ?? {})) {
    hooks.set(hook, typeof given === 'string' ? { workspace: given } : given)
  }

  return (headers) => {
    const token = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    if (token === undefined) throw new ApiError(401, 'Authorization header with a bearer token is required')
    const grant = tokens.get(token)
    if (grant === undefined || grant.revoked === true) {
      throw new ApiError(switches.badTokenStatus, 'Invalid token in Authorization header')
    }
    const hookId = headers.get('x-hook-id')?.trim()
    if (!hookId) throw new ApiError(switches.missingHookStatus, 'x-hook-id header is required')
    const hook = hooks.get(hookId)
    if (hook === undefined || hook.active === false || hook.workspace !== grant.workspace) {
      throw new ApiError(
        switches.badHookStatus,
        switches.badHookStatus === 404 ? 'Hook not found' : 'Hook is not available',
      )
    }
    return { workspace: grant.workspace, token, peer: hook.peer ?? DEFAULT_PEER }
  }
}
