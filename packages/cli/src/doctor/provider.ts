import { type ContactsBase, ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { ProviderConfig } from '../config/config.ts'
import { credentialSources } from '../config/credentials.ts'
import { explain } from '../errors/explain.ts'
import type { Host } from '../host.ts'
import type { Check } from './check.ts'

/**
 * Looks at where the credentials of a provider are from.
 *
 * @param configuredBy - where the configuration is from
 */
export function checkCredentials(
  of: string,
  provider: ProviderConfig,
  { env }: Pick<Host, 'env'>,
  configuredBy: string,
): Check {
  const check = 'credentials'
  if (configuredBy === 'emulators') return { of, check, state: 'ok', message: 'Those of the emulators.' }
  const sources = credentialSources(provider, env)
  if (!sources) return { of, check, state: 'ok', message: 'The configuration makes the client itself.' }
  const missing = sources.filter(({ from }) => from === undefined)
  if (missing.length > 0) {
    const options = missing.map(({ option }) => option).join(' and no ')
    const variables = missing.flatMap(({ variable = [] }) => variable).join(' and ')
    const what = variables === '' ? '' : `: set ${variables}, in the environment or in a file .env`
    return { of, check, state: 'wrong', message: `There is no ${options}${what}.` }
  }
  const known = sources.map(({ option, from }) => `${option} from ${from}`)
  return { of, check, state: 'ok', message: known.length > 0 ? `${known.join(', ')}.` : 'None are needed.' }
}

/** Makes a client, and one cheap read with it. */
export async function checkAnswers(
  of: string,
  open: () => Promise<ContactsBase>,
  { signal }: Pick<Host, 'signal'>,
): Promise<readonly Check[]> {
  let contacts: ContactsBase
  try {
    contacts = await open()
  } catch (error) {
    signal.throwIfAborted()
    return [{ of, check: 'client', state: 'wrong', message: explain(error, false).text }]
  }
  const answers = { of, check: 'answers' }
  if (!contacts.supports('list')) {
    return [{ ...answers, state: 'unknown', message: 'It lists no contacts: nothing was asked for.' }]
  }
  try {
    // What is repeated would only take longer to fail.
    const page = await contacts.list({ pageSize: 1, timeoutMs: 10_000, retry: false, signal })
    return [
      { ...answers, state: 'ok', message: 'It answers.' },
      { of, check: 'account', state: 'ok', message: accountText(page.total, page.items.length) },
    ]
  } catch (error) {
    signal.throwIfAborted()
    if (!ContactsError.is(error)) throw error
    return [{ ...answers, state: 'wrong', message: refusalText(error) }]
  }
}

function accountText(total: number | undefined, shown: number): string {
  const what =
    total !== undefined
      ? `${total.toLocaleString('en-US')} ${total === 1 ? 'contact' : 'contacts'}`
      : shown > 0
        ? 'contacts'
        : 'no contacts'
  return `It may list contacts, and there are ${what}. Whether it may write, only a write would show.`.replace(
    'are 1 contact.',
    'is 1 contact.',
  )
}

const REFUSALS: Partial<Record<ContactsErrorCode, string>> = {
  unauthenticated: 'It answers and refuses the credentials: they are wrong, expired, or of another account',
  forbidden: 'It answers and knows the credentials, which may not list contacts',
  network: 'No answer: there is no network, or its address is wrong',
  timeout: 'No answer within 10 seconds',
  unavailable: 'It answers that it cannot serve now',
  rate_limited: 'It answers, and has had too many requests',
}

function refusalText({ code, status, message }: ContactsError): string {
  const known = REFUSALS[code]
  if (known === undefined) return message
  return `${known}${status === undefined ? '' : ` (status ${status})`}.`
}
