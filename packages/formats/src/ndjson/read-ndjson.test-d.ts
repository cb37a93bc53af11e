import type { Contact, ContactInput } from '@anycontact/core'
import { expectTypeOf, it } from 'vitest'
import { importContacts } from '../import/import-contacts.ts'
import { readNdjson } from './read-ndjson.ts'
import { writeNdjson } from './write-ndjson.ts'

declare const listing: AsyncIterable<Contact<{ vendor: string }>>
declare const inputs: readonly ContactInput[]

it('gives contacts with the key that was asked for', async () => {
  for await (const row of readNdjson('', { by: 'email' })) {
    expectTypeOf(row.text).toEqualTypeOf<string>()
    if (row.error) expectTypeOf(row.contact).toEqualTypeOf<undefined>()
    else expectTypeOf(row.contact.email).toEqualTypeOf<string>()
  }
  for await (const { contact } of readNdjson('')) {
    expectTypeOf(contact?.email).toEqualTypeOf<string | null | undefined>()
  }
  // @ts-expect-error: no contact is told apart by its name
  readNdjson('', { by: 'name' })
})

it('is read by importContacts, which hands the key on', () => {
  importContacts(readNdjson('', { by: 'externalId' }), async function* (contacts) {
    for await (const contact of contacts) {
      expectTypeOf(contact.externalId).toEqualTypeOf<string>()
      yield { index: 0, ok: true as const }
    }
  })
})

it('prints contacts that were read, and such as are to be written', () => {
  expectTypeOf(writeNdjson(listing, { fields: ['name', 'raw'] })).toExtend<ReadableStream<string>>()
  expectTypeOf(writeNdjson(inputs)).toExtend<AsyncIterable<string>>()
  // @ts-expect-error: it is no field
  writeNdjson(inputs, { fields: ['fullName'] })
  // @ts-expect-error: a client is nothing to iterate over
  writeNdjson({ list: () => listing })
})
