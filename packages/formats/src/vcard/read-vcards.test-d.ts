import type { Contact, ContactInput } from '@anycontact/core'
import { describe, expectTypeOf, it } from 'vitest'
import { importContacts } from '../import/import-contacts.ts'
import { readVCards } from './read-vcards.ts'
import { refusedVCards } from './refused-vcards.ts'
import type { VCardRow } from './row.ts'
import { writeVCards } from './write-vcards.ts'

declare const write: (items: AsyncIterable<ContactInput & { email: string }>) => AsyncIterable<never>
declare const listing: AsyncIterable<Contact<{ vendor: string }>>

describe('vCards', () => {
  it('have the key that they were read by', () => {
    expectTypeOf(readVCards('')).toEqualTypeOf<AsyncIterable<VCardRow>>()
    expectTypeOf<NonNullable<VCardRow<'email'>['contact']>['email']>().toEqualTypeOf<string>()
    importContacts(readVCards('', { by: 'email' }), write)
    // @ts-expect-error not each has an address
    importContacts(readVCards(''), write)
    // @ts-expect-error no such key
    readVCards('', { by: 'name' })
  })

  it('are printed of contacts, and back into a file where they were refused', async () => {
    expectTypeOf(writeVCards(listing, { version: '4.0' })).toEqualTypeOf<
      ReadableStream<string> & AsyncIterable<string>
    >()
    writeVCards([{ name: 'Ana' }])
    // @ts-expect-error it is only read
    writeVCards([], { version: '2.1' })
    const report = await importContacts(readVCards('', { by: 'email' }), write)
    expectTypeOf(refusedVCards(report)).toEqualTypeOf<string>()
  })
})
