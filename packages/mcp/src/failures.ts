import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { CallToolResult } from '@modelcontextprotocol/server'
import { type FailureHead, PROVIDER_NOTE, toFailure } from './answer/answer.ts'
import type { Row } from './answer/contact-row.ts'
import type { Settings } from './options.ts'

/** What a tool refuses, with what to do instead. */
export class Refusal extends Error {
  readonly code: string
  readonly whatToDo: string
  /** What contacts hold that is to be seen with it. */
  readonly rows: readonly Row[]

  constructor(
    code: string,
    message: string,
    whatToDo: string,
    { rows = [], cause }: { readonly rows?: readonly Row[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.code = code
    this.whatToDo = whatToDo
    this.rows = rows
  }
}

/** What to do about an error, where its own message does not say it all. */
const WHAT_TO_DO: { readonly [Code in ContactsErrorCode]?: string } = {
  unauthenticated: 'Ask the user to check the credentials in the configuration of this server.',
  forbidden: 'The credentials of this server may not do that. Ask the user.',
  not_found: 'Look for the contact with another key, with list_contacts or with search_contacts.',
  ambiguous: 'Several contacts have this key. Name the contact by its id.',
  conflict: 'Look at the contact that is there already, before anything is written.',
  invalid_input: 'Call again with other arguments.',
  unsupported: 'This provider cannot do that. Use one of the other tools.',
  unsupported_field: 'Leave that field out: this provider cannot store it.',
  rate_limited: 'Wait, then call again.',
  timeout: 'Call again later.',
  network: 'Call again later. If it goes on, ask the user to check the connection of this server.',
  unavailable: 'Call again later.',
  bad_response: 'The provider answered what cannot be read. Tell the user.',
  config: 'Ask the user to check the configuration of this server.',
}

/** Makes an answer of what went wrong. What nobody expected is told to the application alone. */
export function failureOf(error: unknown, tool: string, { onError }: Settings): CallToolResult {
  if (error instanceof Refusal) {
    const { code, message, whatToDo, rows, cause } = error
    return toFailure({ error: code, message, whatToDo, ...noteOn(cause) }, rows)
  }
  if (ContactsError.is(error)) {
    const whatToDo = whatToDoAbout(error)
    return toFailure({
      error: error.code,
      message: error.message,
      ...(whatToDo !== '' && { whatToDo }),
      ...noteOn(error),
    })
  }
  tellAbout(error, tool, onError)
  return toFailure({
    error: 'unexpected',
    message: 'Something went wrong in this server that nobody expected.',
    whatToDo: 'Tell the user that the log of this server says more.',
  })
}

/** What to do about an error, in words. */
export function whatToDoAbout({ code, retryAfterMs }: ContactsError): string {
  const wait =
    retryAfterMs === undefined ? '' : ` Not before ${Math.ceil(retryAfterMs / 1000)} seconds are over.`
  return `${WHAT_TO_DO[code] ?? ''}${wait}`.trim()
}

/** An answer of the provider may have left words in the message. */
function noteOn(error: unknown): Pick<FailureHead, 'note'> {
  return ContactsError.is(error) && error.status !== undefined ? { note: PROVIDER_NOTE } : {}
}

/** Tells the application of an error that nobody expected. */
export function tellAbout(error: unknown, tool: string, onError: Settings['onError']): void {
  try {
    onError(error, tool)
  } catch {
    // An application that cannot log does not take the server with it.
  }
}
