import * as v from 'valibot'
import { CONTACT_METHOD_TYPES, type ContactMethodType } from './contact-method.ts'
import type { JsonInputObject, JsonObject } from './json.ts'
import {
  type EntriesOf,
  looksLikeEmail,
  looksLikePhone,
  requiredKey,
  type WithoutUndefined,
  writtenCustomFields,
  writtenKey,
  writtenObject,
  writtenText,
  writtenTime,
} from './written.ts'

/** Changes to one contact method: `undefined` leaves, `null` clears, `customFields` merges by key. */
export interface ContactMethodPatch {
  /** What kind of address it is. */
  type?: ContactMethodType | undefined
  /** The address or number itself: it must look like what the type says. */
  value?: string | undefined
  /** What the user calls it, for example `work`. `null` clears. */
  label?: string | null | undefined
  /** Whether it is the one to use among those of its type. @default false */
  primary?: boolean | undefined
  /** Whether it has been checked, where the provider lets a caller say so. */
  verified?: boolean | undefined
  /** When it was checked: an ISO 8601 time with its zone. `null` clears. */
  verifiedAt?: string | null | undefined
  /** Its id in the caller's system. `null` clears. */
  externalId?: string | null | undefined
  /** Custom fields of this one method. */
  customFields?: JsonInputObject | null | undefined
}

/** One way to reach a contact, as a caller writes it. */
export interface ContactMethodInput extends ContactMethodPatch {
  /** The provider's id of an existing method; absent for a new one. */
  id?: string | undefined
  /** What kind of address it is. */
  type: ContactMethodType
  /** The address or number itself: it must look like what the type says. */
  value: string
}

/** A checked change of a contact method, as an adapter gets it: only the members that were given; times are ISO 8601 in UTC. */
export interface ContactMethodChange extends WithoutUndefined<Omit<ContactMethodPatch, 'customFields'>> {
  /** Custom fields of this one method, copied from what the caller gave. */
  customFields?: JsonObject | null
}

/** A checked contact method, as an adapter gets it: only the members that were given; times are ISO 8601 in UTC. */
export interface ContactMethodWrite extends WithoutUndefined<Omit<ContactMethodInput, 'customFields'>> {
  /** Custom fields of this one method, copied from what the caller gave. */
  customFields?: JsonObject | null
}

const methodType = v.picklist(CONTACT_METHOD_TYPES, `must be one of ${CONTACT_METHOD_TYPES.join(', ')}`)
const trueOrFalse = v.boolean('must be true or false')

const changeableEntries = {
  label: v.nullish(writtenText),
  primary: v.optional(trueOrFalse),
  verified: v.optional(trueOrFalse),
  verifiedAt: v.nullish(writtenTime),
  externalId: v.nullish(writtenKey),
  customFields: v.nullish(writtenCustomFields),
}

const otherKey = (): string =>
  'is not a field of a contact method; put fields of your own into its customFields'

const NO_ADDRESS = 'does not look like what its type says'

/** The same rules as for the `email` and `phone` of a contact, where both members are there to be compared. */
function isAddress({ type, value }: Pick<ContactMethodPatch, 'type' | 'value'>): boolean {
  if (type === undefined || value === undefined || type === 'other') return true
  return type === 'email' ? looksLikeEmail(value) : looksLikePhone(value)
}

/** Checks one contact method as it is written. */
export const ContactMethodInputSchema: v.GenericSchema<ContactMethodInput, ContactMethodWrite> = v.pipe(
  writtenObject(
    {
      id: v.optional(requiredKey),
      type: methodType,
      value: requiredKey,
      ...changeableEntries,
    } satisfies EntriesOf<ContactMethodInput>,
    otherKey,
  ),
  v.forward(
    v.check((method) => isAddress(method), NO_ADDRESS),
    ['value'],
  ),
)

/** Checks a change of one contact method. */
export const ContactMethodPatchSchema: v.GenericSchema<ContactMethodPatch, ContactMethodChange> = v.pipe(
  writtenObject(
    {
      type: v.optional(methodType),
      value: v.optional(requiredKey),
      ...changeableEntries,
    } satisfies EntriesOf<ContactMethodPatch>,
    (key) => (key === 'id' ? 'cannot be changed' : otherKey()),
  ),
  v.forward(
    v.check((method) => isAddress(method), NO_ADDRESS),
    ['value'],
  ),
)
