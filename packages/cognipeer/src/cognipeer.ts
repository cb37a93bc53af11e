import { type Contacts, createContacts } from '@anycontact/core'
import { type CognipeerAdapter, cognipeerAdapter } from './adapter.ts'
import type { CognipeerOptions } from './options.ts'

/** The Cognipeer client. */
export type CognipeerContacts = Contacts<CognipeerAdapter>

/**
 * Makes a client for the contacts of a Cognipeer workspace.
 *
 * @param options - the token and the hook id, and settings that all have defaults
 * @throws ContactsError `config` when the token or the hook id is missing or blank, or an option cannot work
 *
 * @example
 * ```ts
 * const contacts = cognipeer({
 *   token: process.env.COGNIPEER_TOKEN ?? '',
 *   hookId: process.env.COGNIPEER_HOOK_ID ?? '',
 * })
 * const { contact, outcome } = await contacts.upsert(
 *   { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com', tags: ['vip'] },
 *   { by: 'externalId' },
 * )
 * ```
 */
export function cognipeer(options: CognipeerOptions): CognipeerContacts {
  return createContacts(cognipeerAdapter(options), options)
}
