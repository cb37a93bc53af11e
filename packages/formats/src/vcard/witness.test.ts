import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { contactInput } from '../testing/inputs.ts'
import { readingOfCards } from '../testing/vcards.ts'

/** Text as vCard has it. ical.js writes a carriage return as it is, which ends a line. */
const plain = (text: string | null | undefined): string | undefined =>
  text?.replace(/\r\n?/g, '\n').trim() || undefined

describe('what ical.js prints', () => {
  it('is read as it was given', async () => {
    await fc.assert(
      fc.asyncProperty(contactInput, fc.constantFrom('3.0', '4.0'), async (input, version) => {
        const name = plain(input.name)
        const note = plain(input.note)
        const tags = (input.tags ?? []).flatMap((tag) => plain(tag) ?? [])
        const parts = [plain(input.familyName) ?? '', plain(input.givenName) ?? '', '', '', '']
        const properties: unknown[] = [['version', {}, 'text', version]]
        if (name) properties.push(['fn', {}, 'text', name])
        if (note) properties.push(['note', {}, 'text', note])
        if (tags.length > 0) properties.push(['categories', {}, 'text', ...tags])
        if (input.email) properties.push(['email', { type: ['WORK', 'INTERNET'] }, 'text', input.email])
        properties.push(['n', {}, 'text', parts], ['org', {}, 'text', ['Example', note ?? 'x']])
        const [contact] = await readingOfCards(ICAL.stringify(['vcard', properties, []]))
        const [familyName, givenName] = parts
        expect(contact).toEqual({
          ...(name && { name }),
          ...(note && { note }),
          ...(familyName && { familyName }),
          ...(givenName && { givenName }),
          ...(tags.length > 0 && { tags: [...new Set(tags)] }),
          ...(input.email && {
            email: input.email,
            contactMethods: [{ type: 'email', value: input.email, primary: true, label: 'work' }],
          }),
          customFields: { organization: 'Example', organizationUnits: [note ?? 'x'] },
        })
      }),
      { numRuns: 500 },
    )
  })
})
