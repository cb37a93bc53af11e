import { ContactsError } from '../errors.ts'

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Whether every runtime's `fetch` takes the text as a header's value. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && headerValue.test(value)
}

/**
 * The entries of a header record, checked: `fetch` itself would throw an error that quotes the value. Members that are
 * `undefined` are left out.
 *
 * @throws ContactsError as `error` says; it names the header where that is safe, and never holds the value
 */
export function checkedHeaders(
  headers: Readonly<Record<string, string>> | undefined,
  error: {
    readonly code: 'config' | 'invalid_input'
    readonly provider: string
    readonly operation?: string
  },
): [name: string, value: string][] {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries<unknown>(headers ?? {})) {
    if (value === undefined) continue
    const named = headerName.test(name)
    if (!named || !isHeaderValue(value)) {
      const message = named
        ? `The header \`${name}\` is not a string, or holds a line break or another character that no header can carry.`
        : 'The name of a header is not one that HTTP allows.'
      throw new ContactsError({ ...error, message })
    }
    entries.push([name, value])
  }
  return entries
}
