import type { Contact, ContactInput } from '@anycontact/core'
import {
  CONTACT_FIELDS,
  isContactField,
  isPlainObject,
  jsonText,
  withDigits,
} from '@anycontact/core/adapter-kit'
import { badPrint } from '../problems.ts'
import { checkContact, contactsIssues } from '../target/contacts.ts'
import { type TextStream, textStream } from '../target/text-stream.ts'

/** How contacts are printed as NDJSON. */
export interface WriteNdjsonOptions {
  /** Which fields, in which order. @default every field but `raw`, in the order of the model */
  readonly fields?: readonly (keyof Contact)[] | undefined
}

/**
 * Prints contacts as NDJSON: each as JSON in a line of its own, which `readNdjson` and most programs for data read. What is absent is left
 * out, and nothing else is, but for `raw`, which has to be asked for. Numbers with more digits than JavaScript numbers hold are printed as
 * their provider sent them.
 *
 * Nothing is asked of the contacts before the first read, and they are read no faster than the text is. Cancelling the stream ends them.
 * When they fail, the lines before the failure are handed out, then the stream fails with the same error.
 *
 * @param contacts - anything to iterate over: a listing, an array, contacts that are to be written
 * @param options - which fields
 * @returns a stream that can be read once, by `for await` too; pipe it through a `TextEncoderStream` where bytes are wanted
 * @throws ContactsError `invalid_input` for what cannot be iterated over, and for fields that a contact has not
 *
 * @example
 * ```ts
 * const lines = writeNdjson(contacts.list({ where: { customFields: { plan: 'pro' } } }))
 * return new Response(lines.pipeThrough(new TextEncoderStream()), { headers: { 'content-type': 'application/x-ndjson' } })
 * ```
 */
export function writeNdjson(
  contacts: Iterable<Contact | ContactInput> | AsyncIterable<Contact | ContactInput>,
  options: WriteNdjsonOptions = {},
): TextStream {
  const fields = readFields(contacts, options)
  return textStream(contacts, (contact, index) => {
    checkContact(contact, index, 'writeNdjson')
    return `${jsonText(pick(contact, fields))}\n`
  })
}

function pick(contact: Contact | ContactInput, fields: readonly (keyof Contact)[]): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const field of fields) {
    const member: unknown = Reflect.get(contact, field)
    if (member !== undefined) members[field] = member
  }
  return withDigits(contact, members)
}

/** Checks what the caller gave; tells of all that is wrong. */
function readFields(contacts: unknown, options: WriteNdjsonOptions): readonly (keyof Contact)[] {
  const issues = [...contactsIssues(contacts)]
  if (!isPlainObject(options)) {
    throw badPrint('writeNdjson', [...issues, { path: 'options', message: 'must be a plain object' }])
  }
  const given: WriteNdjsonOptions = options
  const { fields = CONTACT_FIELDS.filter((field) => field !== 'raw'), ...others } = given
  for (const path of Object.keys(others)) {
    issues.push({ path, message: 'is not an option; the only one is fields' })
  }
  if (!Array.isArray(fields) || fields.length === 0) {
    issues.push({ path: 'fields', message: "must be an array of fields, such as ['name', 'email']" })
  } else {
    for (const [index, field] of fields.entries()) {
      if (!isContactField(field))
        issues.push({ path: `fields.${index}`, message: `must be one of ${CONTACT_FIELDS.join(', ')}` })
    }
  }
  if (issues.length > 0) throw badPrint('writeNdjson', issues)
  return fields
}
