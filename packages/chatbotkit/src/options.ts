import type { ContactsPolicy, CredentialOption, HttpOptions } from '@anycontact/core'
import { readFactoryOptions } from '@anycontact/core/adapter-kit'
import { endpoints } from './api/endpoints.ts'
import { badConfig, PROVIDER } from './api/errors.ts'

/** The settings of a ChatBotKit client. */
export interface ChatBotKitOptions extends HttpOptions, ContactsPolicy {
  /** A secret key (`sk-…`) or another bearer token; a function is asked before each attempt. */
  readonly secret: CredentialOption
  /** Acts as a child account, named by its id. */
  readonly runAsUserId?: string | undefined
  /** Acts as a child account, named by its email address. The vendor calls this experimental. */
  readonly runAsChildUserEmail?: string | undefined
  /** An IANA time zone, sent along; no contacts route of the vendor's reads it. */
  readonly timezone?: string | undefined
}

/**
 * Reads the options of a client once.
 *
 * @throws ContactsError `config` for what is no option, and for an endpoint that there is not
 */
export function readOptions(options: ChatBotKitOptions): ChatBotKitOptions {
  const given = readFactoryOptions(options, PROVIDER, {
    secret: 'any',
    runAsUserId: 'text',
    runAsChildUserEmail: 'text',
    timezone: 'text',
  })
  const routes = Object.entries(endpoints)
  const isRoute = (key: string): boolean => routes.some(([name, { path }]) => name === key || path === key)
  const other = Object.keys(given.endpoints ?? {}).find((key) => !isRoute(key))
  if (other === undefined) return given
  throw badConfig(`\`endpoints.${other}\` names no route; there are ${Object.keys(endpoints).join(', ')}.`)
}
