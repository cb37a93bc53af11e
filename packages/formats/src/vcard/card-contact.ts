import type { ContactInput, ContactMethodInput, JsonValue, WritableField } from '@anycontact/core'

/** The fields of a contact that are one text, but for those that are contact methods too. */
export type TextField = Exclude<WritableField, 'email' | 'phone' | 'contactMethods' | 'tags' | 'customFields'>

/** By their names, so that the compiler sees one that is missing. */
const TEXTS: Readonly<Record<TextField, true>> = {
  id: true,
  externalId: true,
  name: true,
  givenName: true,
  familyName: true,
  nickname: true,
  avatarUrl: true,
  note: true,
  locale: true,
  timezone: true,
  status: true,
  verifiedAt: true,
}

/** All of them, in the order in which they are printed. */
export const TEXT_FIELDS: readonly TextField[] = Object.keys(TEXTS).filter(isTextField)

function isTextField(name: string): name is TextField {
  return Object.hasOwn(TEXTS, name)
}

/** What a card says of a contact, field by field. */
export interface CardContact {
  /** By field, or `customFields.<key>`; all numbers and addresses are under `contactMethods`. */
  readonly fields: Map<string, JsonValue>
  /** What was not read, in words and without values. */
  readonly notes: Set<string>
  /** What is wrong with it. */
  readonly issues: { readonly path: string; readonly message: string }[]
}

const CUSTOM = 'customFields.'

/** The name under which a custom field is kept. */
export function customField(key: string): string {
  return CUSTOM + key
}

/** The key of a custom field; nothing where the name is that of another field. */
export function customKey(name: string): string | undefined {
  return name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : undefined
}

/**
 * The contact as it is written: what is in it is for the schema to check.
 *
 * @param hasId - whether the provider's own id is wanted
 */
export function toInput({ fields }: CardContact, hasId: boolean): ContactInput {
  const plain: [string, JsonValue][] = []
  const custom: [string, JsonValue][] = []
  for (const [name, value] of fields) {
    const key = customKey(name)
    if (key !== undefined) custom.push([key, value])
    else if (name !== 'contactMethods' && (name !== 'id' || hasId)) plain.push([name, value])
  }
  const methods = fields.get('contactMethods')
  return {
    ...Object.fromEntries(plain),
    ...(Array.isArray(methods) && fieldsOfMethods(methods as unknown as ContactMethodInput[])),
    ...(custom.length > 0 && { customFields: Object.fromEntries(custom) }),
  }
}

/** The primary address and number, and all of them where that says more. */
function fieldsOfMethods(methods: readonly ContactMethodInput[]): ContactInput {
  const email = primaryOf(methods, 'email')
  const phone = primaryOf(methods, 'phone')
  const isMore = methods.some(
    ({ type, value, primary, ...others }) =>
      !((type === 'email' && value === email) || (type === 'phone' && value === phone)) ||
      primary !== true ||
      Object.keys(others).length > 0,
  )
  return {
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(isMore && { contactMethods: methods }),
  }
}

function primaryOf(methods: readonly ContactMethodInput[], wanted: 'email' | 'phone'): string | undefined {
  return methods.find(({ type, primary }) => type === wanted && primary === true)?.value
}
