import { ContactsError, type ContactsErrorIssue } from '@anycontact/core'

/**
 * The error for something that is not in the store.
 *
 * @param what - for example `contact with that email`
 */
export function notFound(what: string): ContactsError {
  return new ContactsError({ code: 'not_found', message: `There is no ${what} in memory.` })
}

/**
 * The error for a unique value that another record has.
 *
 * @param field - which value
 * @param message - what is wrong and what to do
 */
export function conflict(field: string, message: string): ContactsError {
  return new ContactsError({ code: 'conflict', message, issues: [{ path: field, message: 'is taken' }] })
}

/**
 * The error for a key that several records share.
 *
 * @param what - for example `contacts have that email`
 */
export function ambiguous(what: string): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several ${what}. Name the one that is meant by its id.`,
  })
}

/**
 * The error for input that the store cannot take.
 *
 * @param issues - what is wrong, and where
 */
export function invalidInput(issues: readonly ContactsErrorIssue[]): ContactsError {
  const words = issues.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `The input cannot be stored: ${words.join('; ')}. Nothing was written.`,
    issues,
  })
}
