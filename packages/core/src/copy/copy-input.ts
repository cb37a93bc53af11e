import type { Contact } from '../model/contact.ts'
import type { ContactMethod } from '../model/contact-method.ts'
import type { ContactMethodInput } from '../model/contact-method-input.ts'
import type { ContactInput, WritableField } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'

/** The fields that a copy takes over as they are. The key, the addresses and the provider's own fields are seen to apart. */
const plainFields = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'verifiedAt',
] as const satisfies readonly (keyof Contact & WritableField)[]

/**
 * What a contact is written as at another provider. What is absent is left out, so that it is left as it is there.
 *
 * @param contact - as it was read
 * @param by - the key that tells which contact it is at the target; where the contact has none, its provider and its id stand for it,
 * so that ids of two sources never meet
 * @param fields - what the target can store
 * @param hasOwnId - whether its id is the caller's own, and so its external id. @default false
 */
export function copyInput(
  contact: Contact,
  by: RefKey,
  fields: readonly WritableField[],
  hasOwnId = false,
): ContactInput {
  const input: ContactInput = {}
  for (const field of plainFields) {
    const value = contact[field]
    // No tags are absent tags: a provider that cannot store any has lost nothing then.
    if (value !== undefined && value.length > 0) Object.assign(input, { [field]: value })
  }
  if (Object.keys(contact.customFields).length > 0) input.customFields = contact.customFields
  Object.assign(input, addresses(contact, fields.includes('contactMethods')))
  if (by !== 'id' && by !== 'externalId') return input
  const { externalId = hasOwnId ? contact.id : `${contact.provider}:${contact.id}` } = contact
  if (by === 'externalId') return { ...input, externalId }
  // Where the id is the only place for an external id, it is kept there and not left out.
  if (!fields.includes('externalId')) delete input.externalId
  return { ...input, id: externalId }
}

/**
 * A target that stores contact methods gets them all. One that does not gets the primary address and number; the list is
 * given too when it holds more, so that what is left out is reported.
 */
function addresses({ email, phone, contactMethods }: Contact, storesMethods: boolean): ContactInput {
  const primary: ContactInput = {
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  }
  const isAllSaid = contactMethods.every((method) => saysNoMoreThan(method, primary))
  if (contactMethods.length === 0 || (isAllSaid && !storesMethods)) return primary
  return { ...primary, contactMethods: contactMethods.map(toInput) }
}

function saysNoMoreThan(method: ContactMethod, { email, phone }: ContactInput): boolean {
  const { type, value, primary, label, externalId, customFields, verified, verifiedAt } = method
  const isPrimary =
    primary && ((type === 'email' && value === email) || (type === 'phone' && value === phone))
  return (
    isPrimary &&
    label === undefined &&
    externalId === undefined &&
    verified !== true &&
    verifiedAt === undefined &&
    Object.keys(customFields ?? {}).length === 0
  )
}

/**
 * The id of a method and the times of its record are its provider's own. That it is verified is passed on: a target that does not
 * take another's word for it reports it as left out. That it is not is what is so anyway.
 */
function toInput({
  type,
  value,
  primary,
  label,
  externalId,
  customFields,
  verified,
  verifiedAt,
}: ContactMethod): ContactMethodInput {
  return {
    type,
    value,
    primary,
    ...(label !== undefined && { label }),
    ...(externalId !== undefined && { externalId }),
    ...(customFields !== undefined && { customFields }),
    ...(verified === true && { verified }),
    ...(verifiedAt !== undefined && { verifiedAt }),
  }
}
