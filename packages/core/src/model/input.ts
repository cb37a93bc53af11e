import * as v from 'valibot'
import {
  type ContactMethodInput,
  ContactMethodInputSchema,
  type ContactMethodWrite,
} from './contact-method-input.ts'
import type { JsonInputObject, JsonObject } from './json.ts'
import {
  type EntriesOf,
  requiredKey,
  type WithoutUndefined,
  writtenArray,
  writtenCustomFields,
  writtenEmail,
  writtenKey,
  writtenObject,
  writtenPhone,
  writtenText,
  writtenTime,
  writtenUrl,
} from './written.ts'

/** Changes to a contact. `undefined` leaves a field alone, `null` clears it, arrays replace, `customFields` merges by key. */
export interface ContactPatch {
  /** The id in the caller's system. */
  externalId?: string | null | undefined
  /** The full name. */
  name?: string | null | undefined
  /** Given name. */
  givenName?: string | null | undefined
  /** Family name. */
  familyName?: string | null | undefined
  /** What the contact is called informally. */
  nickname?: string | null | undefined
  /** The primary email address: shorthand for the primary `email` in `contactMethods`. */
  email?: string | null | undefined
  /** The primary phone number: shorthand for the primary `phone` in `contactMethods`. */
  phone?: string | null | undefined
  /** Every address and number; the array replaces what is there. */
  contactMethods?: readonly ContactMethodInput[] | null | undefined
  /** A picture of the contact: an http(s) URL. */
  avatarUrl?: string | null | undefined
  /** Free text about the contact. */
  note?: string | null | undefined
  /** Language, and maybe region, for example `pt-BR`. */
  locale?: string | null | undefined
  /** Time zone, for example `Europe/Lisbon`. */
  timezone?: string | null | undefined
  /** The array replaces what is there. */
  tags?: readonly string[] | null | undefined
  /** The provider's own word. */
  status?: string | null | undefined
  /** Merged by key into what is there; a key that is `null` is removed, `null` for the whole removes all. */
  customFields?: JsonInputObject | null | undefined
  /** When the contact was verified: an ISO 8601 time with its zone. */
  verifiedAt?: string | null | undefined
}

/**
 * A contact to create or upsert. `undefined` leaves a field alone, `null` clears it (on a create: leaves it empty).
 * An adapter's own input type has only the fields that its provider can store.
 */
export interface ContactInput extends ContactPatch {
  /** The provider's own id, for the few providers whose caller chooses it. */
  id?: string | undefined
}

/** The name of a field that can be written. */
export type WritableField = keyof ContactInput

type PlainFields = Omit<ContactInput, 'contactMethods' | 'tags' | 'customFields'>

/**
 * A checked write, as an adapter gets it: only the fields that were given and that the provider can store; `null` clears.
 * `email` and `phone` agree with `contactMethods`, times are ISO 8601 in UTC.
 */
export interface ContactWrite extends Readonly<WithoutUndefined<PlainFields>> {
  /** Every address and number; the array replaces what is there. */
  readonly contactMethods?: ContactMethodWrite[] | null
  /** The array replaces what is there. */
  readonly tags?: string[] | null
  /** To be merged by key; a key that is `null` is to be removed. Copied from what the caller gave. */
  readonly customFields?: JsonObject | null
}

const patchEntries = {
  externalId: v.nullish(writtenKey),
  name: v.nullish(writtenText),
  givenName: v.nullish(writtenText),
  familyName: v.nullish(writtenText),
  nickname: v.nullish(writtenText),
  email: v.nullish(writtenEmail),
  phone: v.nullish(writtenPhone),
  contactMethods: v.nullish(writtenArray(ContactMethodInputSchema)),
  avatarUrl: v.nullish(writtenUrl),
  note: v.nullish(writtenText),
  locale: v.nullish(writtenText),
  timezone: v.nullish(writtenText),
  tags: v.nullish(writtenArray(writtenText)),
  status: v.nullish(writtenText),
  customFields: v.nullish(writtenCustomFields),
  verifiedAt: v.nullish(writtenTime),
} satisfies EntriesOf<ContactPatch>

const otherKey = (): string => 'is not a field of a contact; put fields of your own into customFields'

/** Checks what a create or an upsert is given. */
export const ContactInputSchema: v.GenericSchema<ContactInput, ContactWrite> = writtenObject(
  { id: v.optional(requiredKey), ...patchEntries } satisfies EntriesOf<ContactInput>,
  otherKey,
)

/** Checks what an update is given. */
export const ContactPatchSchema: v.GenericSchema<ContactPatch, Omit<ContactWrite, 'id'>> = writtenObject(
  patchEntries,
  (key) => (key === 'id' ? 'cannot be changed' : otherKey()),
)
