import { ContactsError, type ContactsErrorIssue } from '@anycontact/core'

/** The error for a file of which nothing, or nothing more, can be read. */
export function badFile(problem: string, issues: readonly ContactsErrorIssue[] = []): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The file cannot be read: it ${problem}.`,
    issues: issues.length > 0 ? issues : [{ path: '', message: problem }],
  })
}

/** The error for options that cannot work, or do not fit the file. */
export function badOptions(reader: string, issues: readonly ContactsErrorIssue[]): ContactsError {
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `${reader} cannot read the file as it is asked to: ${list.join('; ')}.`,
    issues,
  })
}

/** What a contact of a file is called: it is a row of CSV, a line of NDJSON, a card of vCard. */
export type RecordName = 'row' | 'line' | 'card'

/** The error for a record of which no contact can be made. */
export function badRecord(name: RecordName, issues: readonly ContactsErrorIssue[]): ContactsError {
  const list = issues.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `The ${name} cannot be imported: ${list.join('; ')}.`,
    issues,
  })
}

/** The error for contacts that cannot be printed as is asked. */
export function badPrint(writer: string, issues: readonly ContactsErrorIssue[]): ContactsError {
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `${writer} cannot print the contacts: ${list.join('; ')}.`,
    issues,
  })
}
