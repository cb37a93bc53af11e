import { ContactsError, type ContactsErrorIssue } from '../errors.ts'

/** The error for input that cannot be sent. */
export function invalidInput(issues: readonly ContactsErrorIssue[]): ContactsError {
  const words = issues.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `The input cannot be sent: ${words.join('; ')}. Nothing was written.`,
    issues,
  })
}
