import * as v from 'valibot'
import { ContactMethodInputSchema } from './contact-method.ts'
import { writtenCustomFields } from './custom-fields.ts'
import { requiredText, writtenEmail, writtenPhone, writtenText, writtenTime, writtenUrl } from './text.ts'
import { writtenArray, writtenObject } from './written-object.ts'

const writableEntries = {
  /** The id in the caller's system. */
  externalId: v.nullish(writtenText),
  /** The full name. */
  name: v.nullish(writtenText),
  /** Given name. */
  givenName: v.nullish(writtenText),
  /** Family name. */
  familyName: v.nullish(writtenText),
  /** What the contact is called informally. */
  nickname: v.nullish(writtenText),
  /** The primary email address: shorthand for the primary `email` in `contactMethods`. */
  email: v.nullish(writtenEmail),
  /** The primary phone number: shorthand for the primary `phone` in `contactMethods`. */
  phone: v.nullish(writtenPhone),
  /** Every address and number; the array replaces what is there. */
  contactMethods: v.nullish(writtenArray(ContactMethodInputSchema)),
  /** A picture of the contact. */
  avatarUrl: v.nullish(writtenUrl),
  /** Free text about the contact. */
  note: v.nullish(writtenText),
  /** Language, and maybe region. */
  locale: v.nullish(writtenText),
  /** Time zone. */
  timezone: v.nullish(writtenText),
  /** The array replaces what is there. */
  tags: v.nullish(writtenArray(writtenText)),
  /** The provider's own word. */
  status: v.nullish(writtenText),
  /** Merged by key into what is there; a key that is `null` is removed, `null` for the whole removes all. */
  customFields: v.nullish(writtenCustomFields),
  /** When the contact was verified: an ISO 8601 time with its zone. */
  verifiedAt: v.nullish(writtenTime),
}

const otherKey = (): string => 'is not a field of a contact; put fields of your own into customFields'

/** Checks what a create or an upsert is given. */
export const ContactInputSchema = writtenObject(
  {
    /** The provider's own id, for the few providers whose caller chooses it. */
    id: v.optional(requiredText),
    ...writableEntries,
  },
  otherKey,
)

/** Checks what an update is given. */
export const ContactPatchSchema = writtenObject(writableEntries, (key) =>
  key === 'id' ? 'cannot be changed' : otherKey(),
)

/**
 * A contact to create or upsert. `undefined` leaves a field alone, `null` clears it (on a create: leaves it empty).
 * An adapter's own input type has only the fields that its provider can store.
 */
export interface ContactInput extends v.InferInput<typeof ContactInputSchema> {}

/** Changes to a contact. `undefined` leaves a field alone, `null` clears it, arrays replace, `customFields` merges by key. */
export interface ContactPatch extends v.InferInput<typeof ContactPatchSchema> {}

/** The name of a field that can be written. */
export type WritableField = keyof ContactInput

type Checked = v.InferOutput<typeof ContactInputSchema>

/**
 * A checked write, as an adapter gets it: only the fields that were given and that the provider can store; `null` clears.
 * `email` and `phone` agree with `contactMethods`, times are ISO 8601 in UTC.
 */
export type ContactWrite = { readonly [Field in keyof Checked]: Checked[Field] }
