import { type Mutant, mapping } from './mutant.ts'

/** The shape of contacts. */
export const shapesMutants: readonly Mutant[] = [
  mapping('contacts name another provider', /create stores name/, /provider is "other"/, (contact) => ({
    ...contact,
    provider: 'other',
  })),
  mapping('raw is missing', /create stores name/, /no raw/, (contact) => ({ ...contact, raw: undefined })),
  mapping('a field is undefined instead of absent', /create stores name/, /nickname/, (contact) => ({
    ...contact,
    nickname: undefined,
  })),
  mapping(
    'a contact has a field of the vendor',
    /create stores name/,
    /no field of a contact: vip/,
    (contact) => ({ ...contact, vip: true }),
  ),
  mapping('a time is not UTC', /create stores name/, /createdAt.*not an ISO 8601 time in UTC/, (contact) => ({
    ...contact,
    createdAt: '2026-01-31T09:00:00+01:00',
  })),
  mapping(
    'email is not among the contact methods',
    /create stores email/,
    /not the primary email/,
    (contact) => ({
      ...contact,
      contactMethods: contact.contactMethods.filter(({ type }) => type !== 'email'),
    }),
  ),
  mapping('two contact methods of a type are primary', /create stores email/, /two primaries/, (contact) => ({
    ...contact,
    contactMethods: contact.contactMethods.flatMap((method) => [method, { ...method }]),
  })),
  mapping('a Date is given instead of text', /create stores name/, /updatedAt/, (contact) => ({
    ...contact,
    updatedAt: new Date(0),
  })),
]
