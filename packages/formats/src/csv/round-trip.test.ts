import { type Contact, type ContactInput, type CsvColumn, exportCsv } from '@anycontact/core'
import { ContactInputSchema } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'

/** Text of what is hard to print and to read: no blanks around it, because a cell has none. */
const text = fc
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
    label: text,
    externalId: text,
    verified: fc.constant(true),
    verifiedAt: fc.constant('2026-01-31T09:00:00.000Z'),
    customFields: fc.dictionary(fc.constantFrom('a', 'b'), json),
  },
  { requiredKeys: ['type', 'value', 'primary'] },
)
const input = fc
  .record(
    {
      externalId: fc.constantFrom('u-1', '=u', "'t", '007', '1E5'),
      name: text,
      givenName: text,
      familyName: text,
      nickname: text,
      email: address,
      phone,
      contactMethods: fc.array(method, { minLength: 1, maxLength: 2 }),
      avatarUrl: fc.constant('https://example.com/a,b;c.png'),
      note: text,
      locale: text,
      timezone: text,
      tags: fc.array(text, { maxLength: 3 }),
      status: text,
      customFields: fc.dictionary(text, json, { minKeys: 1, maxKeys: 3 }),
      verifiedAt: fc.constant('2026-01-31T09:00:00.000Z'),
    },
    { requiredKeys: [] },
  )
  .map((fields): ContactInput & { name: string } => ({ name: 'x', ...fields }))
  // Large numbers, lone surrogates and the like are no contact that anybody could write.
  .filter((fields) => v.is(ContactInputSchema, fields))

/** The contact as a provider gives it. */
function stored(fields: ContactInput, index: number): Contact {
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

const sourceOf = (items: readonly Contact[]) => ({
  async *list(): AsyncGenerator<Contact> {
    yield* items
  },
})

/** As JSON says it: `-0` is 0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('readCsv(exportCsv(contacts))', () => {
  it('gives back every field that can be written', async () => {
    const form = fc.record({
      delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
      bom: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(input, { minLength: 1, maxLength: 4 }),
        form,
        fc.boolean(),
        async (inputs, options, asBytes) => {
          const csv = exportCsv(sourceOf(inputs.map(stored)), options)
          const found = await readingOf(asBytes ? csv.pipeThrough(new TextEncoderStream()) : csv)
          expect(found).toEqual(asJson(inputs))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('gives back custom fields that have columns of their own, as text', async () => {
    const keys = ['plan', 'a.b', '=x', 'constructor', 'Name', 'email']
    const columns = [
      'name',
      ...keys.map((key): CsvColumn => `customFields.${key}`),
    ] as const satisfies CsvColumn[]
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...keys), text, { minKeys: 1 }),
        async (customFields) => {
          const contact = stored({ name: 'x', customFields }, 1)
          const csv = exportCsv(sourceOf([contact]), { columns: [...columns] })
          expect(await readingOf(csv)).toEqual([{ name: 'x', customFields }])
        },
      ),
    )
  })

  it('gives back what no spreadsheet is to open, but for an apostrophe that looks like our own', async () => {
    const given = { name: "'t Hooft", note: '=1+1', nickname: "'=1+1" }
    const csv = exportCsv(sourceOf([stored(given, 1)]), { formulaEscape: false })
    expect(await readingOf(csv)).toEqual([{ ...given, nickname: '=1+1' }])
  })
})
