import { ContactsError } from '../errors.ts'

type HeaderRecord = Readonly<Record<string, string>>

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Whether every runtime's `fetch` takes the text as a header's value. */
export function isHeaderValue(value: string): boolean {
  return headerValue.test(value)
}

/**
 * Adds headers over those that are there, having checked them first: `fetch` itself would throw an error that quotes the value.
 * Members that are `undefined` are left out.
 *
 * @throws ContactsError with `code`; it names the header when that is safe, and never holds the value
 */
export function addHeaders(
  target: Headers,
  headers: HeaderRecord | undefined,
  error: {
    readonly code: 'config' | 'invalid_input'
    readonly provider: string
    readonly operation?: string
  },
): void {
  for (const [name, value] of Object.entries<unknown>(headers ?? {})) {
    if (value === undefined) continue
    if (!headerName.test(name)) {
      throw new ContactsError({
        ...error,
        message: `${error.provider}: a header's name is not one that HTTP allows.`,
      })
    }
    if (typeof value !== 'string' || !isHeaderValue(value)) {
      const message = `${error.provider}: the header \`${name}\` holds a line break or another character that a header cannot carry, or is not a string.`
      throw new ContactsError({ ...error, message })
    }
    target.set(name, value)
  }
}
