import * as v from 'valibot'
import { ContactMethodSchema } from './contact-method.ts'
import { isPlainObject, type JsonObject } from './json.ts'

/**
 * Checks a contact as it is read. The adapters' mapping is trusted at run time; the conformance suite and the memory
 * adapter use this schema, and so can code that stores contacts and reads them back.
 */
export const ContactSchema = v.object({
  /** Which adapter produced it, such as `chatbotkit`. */
  provider: v.string(),
  /** The provider's own id. */
  id: v.string(),
  /** The id in the caller's system; absent where none was given and the provider makes none. */
  externalId: v.exactOptional(v.string()),
  /** The full name as it was given; never put together from parts by guessing. */
  name: v.exactOptional(v.string()),
  /** Given name, where the provider keeps it apart. */
  givenName: v.exactOptional(v.string()),
  /** Family name, where the provider keeps it apart. */
  familyName: v.exactOptional(v.string()),
  /** What the contact is called informally. */
  nickname: v.exactOptional(v.string()),
  /** The primary email address; always that of the primary `email` in `contactMethods`. */
  email: v.exactOptional(v.string()),
  /** The primary phone number; always that of the primary `phone` in `contactMethods`. */
  phone: v.exactOptional(v.string()),
  /** Every address and number, at most one primary a type; `[]` when there are none. */
  contactMethods: v.array(ContactMethodSchema),
  /** A picture of the contact. */
  avatarUrl: v.exactOptional(v.string()),
  /** Free text about the contact. */
  note: v.exactOptional(v.string()),
  /** Language, and maybe region, as the provider writes it, such as `pt-BR`. */
  locale: v.exactOptional(v.string()),
  /** Time zone as the provider writes it, such as `Europe/Lisbon`. */
  timezone: v.exactOptional(v.string()),
  /** Absent when the provider has no tags, `[]` when it has and there are none. */
  tags: v.exactOptional(v.array(v.string())),
  /** The provider's own word, passed through. */
  status: v.exactOptional(v.string()),
  /** Fields of the caller's own; `{}` when there are none. */
  customFields: v.custom<JsonObject>(isPlainObject),
  /** When it was made: ISO 8601, UTC. */
  createdAt: v.exactOptional(v.string()),
  /** When it was last changed: ISO 8601, UTC. */
  updatedAt: v.exactOptional(v.string()),
  /** When the contact was verified: ISO 8601, UTC; absent when it is not, or the provider does not tell. */
  verifiedAt: v.exactOptional(v.string()),
  /** `true` for a contact that the provider keeps as deleted. */
  deleted: v.exactOptional(v.boolean()),
  /** The vendor's record as it was sent: nothing that the vendor says is lost. */
  raw: v.unknown(),
})

/**
 * A contact, the same for every provider. An absent field has no value at the provider, or the provider has no such field.
 *
 * @typeParam Raw - the vendor's record
 */
export interface Contact<Raw = unknown> extends v.InferOutput<typeof ContactSchema> {
  raw: Raw
}
