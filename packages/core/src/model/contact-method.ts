import * as v from 'valibot'
import { writtenCustomFields } from './custom-fields.ts'
import { isPlainObject, type JsonObject } from './json.ts'
import { writtenText, writtenTime } from './text.ts'

/** The kinds of contact method. `mobile` is a kind of its own where the provider tells it from `phone`. */
export const CONTACT_METHOD_TYPES = ['email', 'phone', 'mobile', 'fax', 'other'] as const

/** One of {@link CONTACT_METHOD_TYPES}. */
export type ContactMethodType = (typeof CONTACT_METHOD_TYPES)[number]

/** Checks one contact method as it is read. */
export const ContactMethodSchema = v.object({
  /** The provider's id of this method; absent where it has none. */
  id: v.exactOptional(v.string()),
  /** What kind of address it is. */
  type: v.picklist(CONTACT_METHOD_TYPES),
  /** The address or number itself. */
  value: v.string(),
  /** What the user calls it, such as `work`. */
  label: v.exactOptional(v.string()),
  /** Whether it is the one to use among those of its type; at most one a type is. */
  primary: v.boolean(),
  /** Whether the provider has checked that it reaches the contact; absent where it does not tell. */
  verified: v.exactOptional(v.boolean()),
  /** When it was checked. */
  verifiedAt: v.exactOptional(v.string()),
  /** Its id in the caller's system. */
  externalId: v.exactOptional(v.string()),
  /** Custom fields of this one method. */
  customFields: v.exactOptional(v.custom<JsonObject>(isPlainObject)),
  /** When it was added. */
  createdAt: v.exactOptional(v.string()),
  /** When it was last changed. */
  updatedAt: v.exactOptional(v.string()),
})

/** One way to reach a contact. */
export interface ContactMethod extends v.InferOutput<typeof ContactMethodSchema> {}

/** Checks one contact method as it is written. */
export const ContactMethodInputSchema = v.strictObject({
  /** The provider's id of an existing method; absent for a new one. */
  id: v.optional(writtenText),
  /** What kind of address it is. */
  type: v.picklist(CONTACT_METHOD_TYPES, `must be one of ${CONTACT_METHOD_TYPES.join(', ')}`),
  /** The address or number itself. */
  value: writtenText,
  /** What the user calls it, such as `work`. `null` clears. */
  label: v.nullish(writtenText),
  /** Whether it is the one to use among those of its type. @default false */
  primary: v.optional(v.boolean('must be true or false')),
  /** Whether it has been checked, where the provider lets a caller say so. */
  verified: v.optional(v.boolean('must be true or false')),
  /** When it was checked. */
  verifiedAt: v.nullish(writtenTime),
  /** Its id in the caller's system. `null` clears. */
  externalId: v.nullish(writtenText),
  /** Custom fields of this one method. */
  customFields: v.nullish(writtenCustomFields),
})

/** One way to reach a contact, as a caller writes it. */
export interface ContactMethodInput extends v.InferInput<typeof ContactMethodInputSchema> {}

/** Checks a change of one contact method. */
export const ContactMethodPatchSchema = v.partial(v.omit(ContactMethodInputSchema, ['id']))

/** Changes to one contact method: `undefined` leaves, `null` clears, `customFields` merges by key. */
export interface ContactMethodPatch extends v.InferInput<typeof ContactMethodPatchSchema> {}

/** A checked contact method, as an adapter gets it: times are ISO 8601 in UTC. */
export interface ContactMethodWrite extends v.InferOutput<typeof ContactMethodInputSchema> {}

/** A checked change of a contact method, as an adapter gets it. */
export interface ContactMethodChange extends v.InferOutput<typeof ContactMethodPatchSchema> {}
