import { ContactsError } from '../errors.ts'
import { ask } from './ask.ts'
import { isHeaderValue } from './headers.ts'
import type { CredentialOption } from './types.ts'

/** Whose credential it is and what its option is called, for the error message. */
export interface CredentialContext {
  readonly provider: string
  /** The option's name, such as `secret` or `apiKey`. */
  readonly name: string
}

/**
 * Turns a credential option into a function that gives the secret.
 *
 * A string is checked at once, the answer of a function each time it is asked. What is missing, blank, or cannot stand in a
 * header (line breaks, characters beyond Latin-1) is a {@link ContactsError} with code `config`, which never holds the value.
 * So is a function that fails: its own error is not passed on, because it may hold the secret; its name is.
 *
 * @throws ContactsError `config` for a string that cannot be used, or for what is neither a string nor a function
 *
 * @example
 * ```ts
 * const secret = credential(options.secret, { provider: 'chatbotkit', name: 'secret' })
 * const authHeaders = async () => ({ authorization: `Bearer ${await secret()}` })
 * ```
 */
export function credential(
  option: CredentialOption | undefined,
  { provider, name }: CredentialContext,
): () => Promise<string> {
  const fail = (problem: string): ContactsError =>
    new ContactsError({ code: 'config', provider, message: `${provider}: \`${name}\` ${problem}.` })
  const check = (value: unknown): string => {
    if (value === undefined || value === null) throw fail('is missing; give it as a string or a function')
    if (typeof value === 'string' && value.trim() === '') throw fail('is blank')
    if (!isHeaderValue(value)) {
      throw fail('is not a string, or holds a line break or another character that no header can carry')
    }
    return value
  }
  if (typeof option !== 'function') {
    const value = check(option)
    return async () => value
  }
  return async () => check(await ask(option, (name) => fail(`is a function that failed with ${name}`)))
}
