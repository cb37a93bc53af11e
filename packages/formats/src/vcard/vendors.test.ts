import { readFileSync } from 'node:fs'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { importContacts } from '../import/import-contacts.ts'
import type { FileInput } from '../source/input.ts'
import { cardsOf, readingOfCards } from '../testing/vcards.ts'
import { readVCards } from './read-vcards.ts'
import { writeVCards } from './write-vcards.ts'

/** A file as that software writes it, of persons who are made up; and what is to be read of it. */
function fixture(name: string, ending: string): Uint8Array {
  return readFileSync(new URL(`../../test/vcards/${name}.${ending}`, import.meta.url))
}

const programs = ['google', 'icloud', 'outlook', 'android', 'nextcloud', 'fastmail']

describe.each(programs)('an export of %s', (name) => {
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

  it('changes nothing when it is imported again, also as the provider has it', async () => {
    const contacts = memory()
    const by = 'email' as const
    const run = (file: FileInput) =>
      importContacts(readVCards(file, { by }), (items) => contacts.upsertMany(items, { by }))
    const first = await run(fixture(name, 'vcf'))
    expect(first.created).toBe(first.rows - first.failures.length)
    expect(first.created).toBeGreaterThan(0)
    const same = { created: 0, updated: 0, unchanged: first.created }
    expect(await run(fixture(name, 'vcf'))).toMatchObject(same)
    expect(await run(writeVCards(contacts.list()))).toMatchObject({ ...same, failures: [] })
    const newer = writeVCards(contacts.list(), { version: '4.0' })
    expect(await run(newer)).toMatchObject({ ...same, failures: [] })
  })
})
