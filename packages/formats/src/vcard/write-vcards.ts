import type { Contact, ContactInput, ContactsErrorIssue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { badPrint } from '../problems.ts'
import { checkContact, contactsIssues } from '../target/contacts.ts'
import { type TextStream, textStream } from '../target/text-stream.ts'
import { type WrittenVersion, writeCard } from './write-card.ts'

/** What of a contact is not in its card. */
export interface VCardLeftOut {
  /** The contact. */
  readonly contact: Contact | ContactInput
  /** The names of its fields: `deleted`, `createdAt`, `contactMethods.id`. */
  readonly fields: readonly string[]
}

/** How contacts are printed as vCards. */
export interface WriteVCardsOptions {
  /**
   * The version: what Google Contacts and iCloud export themselves, and is read most widely; or the current standard, which fewer read.
   * @default '3.0'
   */
  readonly version?: '3.0' | '4.0' | undefined
  /** Called, while the text is read, with each contact that has something that its card has not. */
  readonly onLeftOut?: ((left: VCardLeftOut) => void) | undefined
}

/**
 * Prints contacts as vCards, which address books import, and `readVCards` reads back with every field that can be written.
 *
 * - **Properties**: each field has the property that address books know for it, and so have the custom fields that `readVCards` makes of
 *   properties (`organization`, `addresses`, `X-SKYPE`). A number or address has its label and its type.
 * - **Other fields** are in `X-ANYCONTACT-FIELDS`, as JSON: `status`, other custom fields, and whatever a property cannot say whole. An
 *   address book passes it over. Where somebody has changed the card since, the change counts and not what stands there.
 * - **Left out** are `provider` and `raw`, in silence, and what `onLeftOut` tells: when the record was made, that it is deleted, what
 *   only a provider can set of a contact method, and what is null in a contact to be written. `updatedAt` is `REV`.
 * - **Form**: UTF-8, lines of at most 75 bytes that end in CRLF. Nothing in a contact can begin a line, nor a card.
 *
 * Nothing is asked of the contacts before the first read, and they are read no faster than the text is. Cancelling the stream ends them.
 * When they fail, the cards before the failure are handed out, then the stream fails with the same error.
 *
 * @param contacts - anything to iterate over: a listing, an array, contacts that are to be written
 * @param options - the version, and what to call with what is left out
 * @returns a stream that can be read once, by `for await` too; pipe it through a `TextEncoderStream` where bytes are wanted
 * @throws ContactsError `invalid_input` for what cannot be iterated over, and for options that cannot work
 *
 * @example
 * ```ts
 * const cards = writeVCards(contacts.list({ where: { customFields: { plan: 'pro' } } }))
 * return new Response(cards.pipeThrough(new TextEncoderStream()), { headers: { 'content-type': 'text/vcard; charset=utf-8' } })
 * ```
 */
export function writeVCards(
  contacts: Iterable<Contact | ContactInput> | AsyncIterable<Contact | ContactInput>,
  options: WriteVCardsOptions = {},
): TextStream {
  const { version, onLeftOut } = readOptions(contacts, options)
  return textStream(contacts, (contact, index) => {
    checkContact(contact, index, 'writeVCards')
    const { text, leftOut } = writeCard(contact, version)
    if (leftOut.length > 0) onLeftOut?.({ contact, fields: leftOut })
    return text
  })
}

/** Checks what the caller gave; tells of all that is wrong. */
function readOptions(
  contacts: unknown,
  options: WriteVCardsOptions,
): Pick<WriteVCardsOptions, 'onLeftOut'> & { readonly version: WrittenVersion } {
  const issues: ContactsErrorIssue[] = [...contactsIssues(contacts)]
  if (!isPlainObject(options)) {
    throw badPrint('writeVCards', [...issues, { path: 'options', message: 'must be a plain object' }])
  }
  const given: WriteVCardsOptions = options
  const { version = '3.0', onLeftOut, ...others } = given
  for (const path of Object.keys(others)) {
    issues.push({ path, message: 'is not an option; the options are version, onLeftOut' })
  }
  if (version !== '3.0' && version !== '4.0')
    issues.push({ path: 'version', message: "must be '3.0' or '4.0'" })
  if (onLeftOut !== undefined && typeof onLeftOut !== 'function') {
    issues.push({ path: 'onLeftOut', message: 'must be a function' })
  }
  if (issues.length > 0) throw badPrint('writeVCards', issues)
  return { version, onLeftOut }
}
