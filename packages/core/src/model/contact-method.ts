import * as v from 'valibot'
import { writtenCustomFields } from './custom-fields.ts'
import { isPlainObject, type JsonObject } from './json.ts'
import { looksLikeEmail, looksLikePhone, requiredText, writtenText, writtenTime } from './text.ts'
import { writtenObject } from './written-object.ts'

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

const otherKey = (): string =>
  'is not a field of a contact method; put fields of your own into its customFields'

const methodType = v.picklist(CONTACT_METHOD_TYPES, `must be one of ${CONTACT_METHOD_TYPES.join(', ')}`)
const trueOrFalse = v.boolean('must be true or false')

const changeableEntries = {
  /** What the user calls it, such as `work`. `null` clears. */
  label: v.nullish(writtenText),
  /** Whether it is the one to use among those of its type. @default false */
  primary: v.optional(trueOrFalse),
  /** Whether it has been checked, where the provider lets a caller say so. */
  verified: v.optional(trueOrFalse),
  /** When it was checked: an ISO 8601 time with its zone. `null` clears. */
  verifiedAt: v.nullish(writtenTime),
  /** Its id in the caller's system. `null` clears. */
  externalId: v.nullish(writtenText),
  /** Custom fields of this one method. */
  customFields: v.nullish(writtenCustomFields),
}

/** The same rules as for the `email` and `phone` of a contact, where both members are there to be compared. */
function isAddress({
  type,
  value,
}: {
  type?: ContactMethodType | undefined
  value?: string | undefined
}): boolean {
  if (type === undefined || value === undefined || type === 'other') return true
  return type === 'email' ? looksLikeEmail(value) : looksLikePhone(value)
}

const NO_ADDRESS = 'does not look like what its type says'

/** Checks one contact method as it is written. */
export const ContactMethodInputSchema = v.pipe(
  writtenObject(
    {
      /** The provider's id of an existing method; absent for a new one. */
      id: v.optional(requiredText),
      /** What kind of address it is. */
      type: methodType,
      /** The address or number itself. */
      value: requiredText,
      ...changeableEntries,
    },
    otherKey,
  ),
  v.forward(
    v.check((method) => isAddress(method), NO_ADDRESS),
    ['value'],
  ),
)

/** One way to reach a contact, as a caller writes it. */
export interface ContactMethodInput extends v.InferInput<typeof ContactMethodInputSchema> {}

/** Checks a change of one contact method. */
export const ContactMethodPatchSchema = v.pipe(
  writtenObject(
    {
      /** What kind of address it is. */
      type: v.optional(methodType),
      /** The address or number itself. */
      value: v.optional(requiredText),
      ...changeableEntries,
    },
    (key) => (key === 'id' ? 'cannot be changed' : otherKey()),
  ),
  v.forward(
    v.check((method) => isAddress(method), NO_ADDRESS),
    ['value'],
  ),
)

/** Changes to one contact method: `undefined` leaves, `null` clears, `customFields` merges by key. */
export interface ContactMethodPatch extends v.InferInput<typeof ContactMethodPatchSchema> {}

/** A checked contact method, as an adapter gets it: only the members that were given; times are ISO 8601 in UTC. */
export interface ContactMethodWrite extends v.InferOutput<typeof ContactMethodInputSchema> {}

/** A checked change of a contact method, as an adapter gets it: only the members that were given. */
export interface ContactMethodChange extends v.InferOutput<typeof ContactMethodPatchSchema> {}
