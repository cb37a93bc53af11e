import * as v from 'valibot'
import { type ContactMethod, ContactMethodSchema } from './contact-method.ts'
import { isPlainObject, type JsonObject } from './json.ts'
import type { EntriesOf } from './written.ts'

/**
 * A contact, the same for every provider. An absent field has no value at the provider, or the provider has no such field.
 *
 * @typeParam Raw - the vendor's record
 */
export interface Contact<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  provider: string
  /** The provider's own id. */
  id: string
  /** The id in the caller's system; absent where none was given and the provider makes none. */
  externalId?: string
  /** The full name as it was given; never put together from parts by guessing. */
  name?: string
  /** Given name, where the provider keeps it apart. */
  givenName?: string
  /** Family name, where the provider keeps it apart. */
  familyName?: string
  /** What the contact is called informally. */
  nickname?: string
  /** The primary email address; always that of the primary `email` in `contactMethods`. */
  email?: string
  /** The primary phone number; always that of the primary `phone` in `contactMethods`. */
  phone?: string
  /** Every address and number, at most one primary a type; `[]` when there are none. */
  contactMethods: ContactMethod[]
  /** A picture of the contact. */
  avatarUrl?: string
  /** Free text about the contact. */
  note?: string
  /** Language, and maybe region, as the provider writes it, for example `pt-BR`. */
  locale?: string
  /** Time zone as the provider writes it, for example `Europe/Lisbon`. */
  timezone?: string
  /** Absent when the provider has no tags, `[]` when it has and there are none. */
  tags?: string[]
  /** The provider's own word, passed through. */
  status?: string
  /** Fields of the caller's own; `{}` when there are none. */
  customFields: JsonObject
  /** When it was made: ISO 8601, UTC. */
  createdAt?: string
  /** When it was last changed: ISO 8601, UTC. */
  updatedAt?: string
  /** When the contact was verified: ISO 8601, UTC; absent when it is not, or the provider does not tell. */
  verifiedAt?: string
  /** `true` for a contact that the provider keeps as deleted. */
  deleted?: boolean
  /** The vendor's record as it was sent: nothing that the vendor says is lost. */
  raw: Raw
}

/**
 * Checks a contact as it is read. The adapters' mapping is trusted at run time; the conformance suite and the memory
 * adapter use this schema, and so can code that stores contacts and reads them back.
 */
export const ContactSchema = v.object({
  provider: v.string(),
  id: v.string(),
  externalId: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  givenName: v.exactOptional(v.string()),
  familyName: v.exactOptional(v.string()),
  nickname: v.exactOptional(v.string()),
  email: v.exactOptional(v.string()),
  phone: v.exactOptional(v.string()),
  contactMethods: v.array(ContactMethodSchema),
  avatarUrl: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
  locale: v.exactOptional(v.string()),
  timezone: v.exactOptional(v.string()),
  tags: v.exactOptional(v.array(v.string())),
  status: v.exactOptional(v.string()),
  customFields: v.custom<JsonObject>(isPlainObject),
  createdAt: v.exactOptional(v.string()),
  updatedAt: v.exactOptional(v.string()),
  verifiedAt: v.exactOptional(v.string()),
  deleted: v.exactOptional(v.boolean()),
  raw: v.unknown(),
} satisfies EntriesOf<Contact>)

/** Every field of a contact, in the order of the model. */
export const CONTACT_FIELDS: readonly (keyof Contact)[] = Object.keys(ContactSchema.entries).filter(
  isContactField,
)

/** Whether a contact has a field of this name. */
export function isContactField(name: unknown): name is keyof Contact {
  return typeof name === 'string' && Object.hasOwn(ContactSchema.entries, name)
}
