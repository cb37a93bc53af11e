import type { Contact, ContactInput } from '@anycontact/core'
import { ContactInputSchema } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'

/** Text of what is hard to print and to read: no blanks around it, because a cell has none. */
export const hardText = fc
  .oneof(
    fc
      .array(
        fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          "'",
          '"',
          ',',
          ';',
          '\t',
          '\r\n',
          '\n',
          ' ',
          'a',
          '1',
          'é',
          '🙂',
          '[',
          '{',
          'sep=',
        ),
        {
          minLength: 1,
          maxLength: 8,
        },
      )
      .map((signs) => signs.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      "'t Hooft",
      "'=1",
      "''@x",
      '-12.5',
      '+1 (415) 555-2671',
      "'+1 415",
      '4.47E+11',
      'null',
      'true',
    ),
  )
  .map((value) => value.trim())
  .filter((value) => value !== '')
const json = fc.jsonValue({ maxDepth: 2 })
const address = fc.stringMatching(/^[=+'@-]?[a-z][a-z'+-]{0,5}@example\.com$/)
const phone = fc.constantFrom(
  '+14155552671',
  '+1 (415) 555-2671',
  '0041 44 668',
  '+49 30 1 ext. 5',
  '-1 555',
  '(0) 1',
)
const method = fc.record(
  {
    type: fc.constantFrom('email' as const, 'other' as const),
    value: address,
    primary: fc.constant(false),
    label: hardText,
    externalId: hardText,
    verified: fc.constant(true),
    verifiedAt: fc.constant('2026-01-31T09:00:00.000Z'),
    customFields: fc.dictionary(fc.constantFrom('a', 'b'), json),
  },
  { requiredKeys: ['type', 'value', 'primary'] },
)
/** A contact as somebody writes it, with any fields but `id`. */
export const contactInput = fc
  .record(
    {
      externalId: fc.constantFrom('u-1', '=u', "'t", '007', '1E5'),
      name: hardText,
      givenName: hardText,
      familyName: hardText,
      nickname: hardText,
      email: address,
      phone,
      contactMethods: fc.array(method, { minLength: 1, maxLength: 2 }),
      avatarUrl: fc.constant('https://example.com/a,b;c.png'),
      note: hardText,
      locale: hardText,
      timezone: hardText,
      tags: fc.array(hardText, { maxLength: 3 }),
      status: hardText,
      customFields: fc.dictionary(hardText, json, { minKeys: 1, maxKeys: 3 }),
      verifiedAt: fc.constant('2026-01-31T09:00:00.000Z'),
    },
    { requiredKeys: [] },
  )
  .map((fields): ContactInput & { name: string } => ({ name: 'x', ...fields }))
  // Large numbers, lone surrogates and the like are no contact that anybody could write.
  .filter((fields) => v.is(ContactInputSchema, fields))

/** The contact as a provider gives it. */
export function stored(fields: ContactInput, index: number): Contact {
  const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z' }
  const methods = (fields.contactMethods ?? []).map((one, at) => ({
    id: `m-${at}`,
    verified: false,
    ...one,
    ...times,
  }))
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
  const contact = {
    provider: 'memory',
    id: `c-${index}`,
    customFields: {},
    ...given,
    contactMethods: methods,
  }
  return { ...contact, ...times, deleted: false, raw: {} } as unknown as Contact // the fields are those of a contact
}

/** As JSON says it: `-0` is 0. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
