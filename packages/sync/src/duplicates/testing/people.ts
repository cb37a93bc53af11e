import type { Contact, ContactMethod } from '@anycontact/core'

/** A contact as an adapter would give it; its primary address and number are among its methods. */
export function person(
  id: string,
  fields: Partial<Omit<Contact, 'id' | 'contactMethods'>> = {},
  others: readonly Pick<ContactMethod, 'type' | 'value'>[] = [],
): Contact {
  const { email, phone } = fields
  return {
    provider: 'memory',
    customFields: {},
    raw: undefined,
    ...fields,
    id,
    contactMethods: [
      ...(email === undefined ? [] : [{ type: 'email' as const, value: email, primary: true }]),
      ...(phone === undefined ? [] : [{ type: 'phone' as const, value: phone, primary: true }]),
      ...others.map((method) => ({ ...method, primary: false })),
    ],
  }
}
