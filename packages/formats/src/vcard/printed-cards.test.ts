import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { contactInput, stored } from '../testing/inputs.ts'
import { textOf } from '../testing/text.ts'
import { writeVCards } from './write-vcards.ts'

describe('what is printed', () => {
  it('has no line that a contact has begun, whatever is taken for a line end', async () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          '\n',
          '\r',
          '\v',
          '\f',
          '\u0085',
          '\u2028',
          '\u2029',
          '\u001e',
          ' ',
          'EMAIL:x@example.com',
          'END:VCARD',
          'a'.repeat(70),
          'é',
        ),
        { minLength: 2 },
      )
      .map((signs) => `a${signs.join('')}`)
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        fc.constantFrom('3.0' as const, '4.0' as const),
        async (text, other, version) => {
          const contact = {
            name: text,
            note: other,
            tags: [text],
            customFields: { [other]: text, jobTitle: other, 'X-A': text },
          }
          const printed = await textOf(writeVCards([contact], { version }))
          const lines = printed.replaceAll('\u001e', '\n').split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
          const names = lines
            .filter((line) => line !== '' && !line.startsWith(' '))
            .map((line) => /^[A-Z-]+(?=[:;])/.exec(line)?.[0])
          const known = [
            'BEGIN',
            'VERSION',
            'FN',
            ...(version === '3.0' ? ['N'] : []),
            'TITLE',
            'X-A',
            'NOTE',
            'CATEGORIES',
          ]
          expect(names.filter((name) => name !== 'X-ANYCONTACT-FIELDS')).toEqual([...known, 'END'])
          const octets = printed.split('\r\n').map((line) => new TextEncoder().encode(line).length)
          expect(Math.max(...octets)).toBeLessThanOrEqual(75)
        },
      ),
    )
  })

  it('is read the same by ical.js', async () => {
    await fc.assert(
      fc.asyncProperty(
        contactInput,
        fc.constantFrom('3.0' as const, '4.0' as const),
        async (input, version) => {
          const contact = stored(input, 1)
          const card = new ICAL.Component(ICAL.parse(await textOf(writeVCards([contact], { version }))))
          // It leaves the escape of a semicolon where it stands.
          const said = (name: string): unknown =>
            String(card.getFirstPropertyValue(name)).replaceAll('\\;', ';')
          const plain = (text: string | undefined): string =>
            String(text ?? null)
              .replace(/\r\n?/g, '\n')
              .replaceAll('\\;', ';')
          expect(said('version')).toBe(version)
          if (input.name) expect(said('fn')).toBe(plain(input.name))
          expect(said('note')).toBe(plain(contact.note))
          const hasEmail = contact.contactMethods.some(
            ({ type, value }) => type === 'email' && value === contact.email,
          )
          expect(card.getAllProperties('email').map((property) => property.getFirstValue())).toEqual([
            ...contact.contactMethods.filter(({ type }) => type === 'email').map(({ value }) => value),
            ...(contact.email === undefined || hasEmail ? [] : [contact.email]),
          ])
          expect(
            (card.getFirstProperty('categories')?.getValues() ?? []).map((tag) => plain(String(tag))),
          ).toEqual((contact.tags ?? []).map(plain))
          const [family, given] = [card.getFirstPropertyValue('n')].flat()
          if (input.familyName) expect(plain(String(family))).toBe(plain(contact.familyName))
          if (input.givenName) expect(plain(String(given))).toBe(plain(contact.givenName))
        },
      ),
      { numRuns: 500 },
    )
  })
})
