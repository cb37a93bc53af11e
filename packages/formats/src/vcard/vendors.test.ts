import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cardsOf, readingOfCards } from '../testing/vcards.ts'
import { writeVCards } from './write-vcards.ts'

/** A file as that software writes it, of persons who are made up; and what is to be read of it. */
function fixture(name: string, ending: string): Uint8Array {
  return readFileSync(new URL(`../../test/vcards/${name}.${ending}`, import.meta.url))
}

describe.each(['google', 'icloud', 'outlook', 'android', 'nextcloud', 'fastmail'])(
  'an export of %s',
  (name) => {
    it('is read', async () => {
      const wanted: unknown = JSON.parse(new TextDecoder().decode(fixture(name, 'json')))
      expect(await readingOfCards(fixture(name, 'vcf'))).toEqual(wanted)
    })

    it.each(['3.0', '4.0'] as const)(
      'can be printed as vCard %s, and is read the same then',
      async (version) => {
        const rows = await cardsOf(fixture(name, 'vcf'))
        const contacts = rows.flatMap(({ contact }) => contact ?? [])
        expect(await readingOfCards(writeVCards(contacts, { version }))).toEqual(contacts)
      },
    )
  },
)
