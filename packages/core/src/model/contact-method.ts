import * as v from 'valibot'
import { isPlainObject, type JsonObject } from './json.ts'
import type { EntriesOf } from './written.ts'

/** The kinds of contact method. `mobile` is a kind of its own where the provider tells it from `phone`. */
export const CONTACT_METHOD_TYPES = ['email', 'phone', 'mobile', 'fax', 'other'] as const

/** One of {@link CONTACT_METHOD_TYPES}. */
export type ContactMethodType = (typeof CONTACT_METHOD_TYPES)[number]

// The interfaces of the model are written out, so that their documentation is there in the published types too, and the
// compiler sees to it that the schemas have the same members.

/** One way to reach a contact. */
export interface ContactMethod {
  /** The provider's id of this method; absent where it has none. */
  id?: string
  /** What kind of address it is. */
  type: ContactMethodType
  /** The address or number itself. */
  value: string
  /** What the user calls it, for example `work`. */
  label?: string
  /** Whether it is the one to use among those of its type; at most one a type is. */
  primary: boolean
  /** Whether the provider has checked that it reaches the contact; absent where it does not tell. */
  verified?: boolean
  /** When it was checked: ISO 8601, UTC. */
  verifiedAt?: string
  /** Its id in the caller's system. */
  externalId?: string
  /** Custom fields of this one method. */
  customFields?: JsonObject
  /** When it was added: ISO 8601, UTC. */
  createdAt?: string
  /** When it was last changed: ISO 8601, UTC. */
  updatedAt?: string
}

/** Checks one contact method as it is read. */
export const ContactMethodSchema = v.object({
  id: v.exactOptional(v.string()),
  type: v.picklist(CONTACT_METHOD_TYPES),
  value: v.string(),
  label: v.exactOptional(v.string()),
  primary: v.boolean(),
  verified: v.exactOptional(v.boolean()),
  verifiedAt: v.exactOptional(v.string()),
  externalId: v.exactOptional(v.string()),
  customFields: v.exactOptional(v.custom<JsonObject>(isPlainObject)),
  createdAt: v.exactOptional(v.string()),
  updatedAt: v.exactOptional(v.string()),
} satisfies EntriesOf<ContactMethod>)
