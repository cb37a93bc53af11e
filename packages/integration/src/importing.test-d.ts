import type { ContactsWith } from '@anycontact/core'
import { type CsvRow, importContacts, readCsv } from '@anycontact/formats'
import { describe, expectTypeOf, it } from 'vitest'
import { clients } from './providers.ts'

const memory = clients.memory()
const chatbotkit = clients.chatbotkit()
const cognipeer = clients.cognipeer()
const inbox = clients['channel-inbox']()
const methods = clients['contact-methods']()

describe('the contacts of a CSV file', () => {
  it('can be written by every client, by a key that it has', () => {
    const byExternalId = readCsv('', { by: 'externalId' })
    importContacts(byExternalId, (items) => memory.upsertMany(items, { by: 'externalId' }))
    importContacts(byExternalId, (items) => chatbotkit.upsertMany(items, { by: 'externalId' }))
    importContacts(byExternalId, (items) => chatbotkit.upsertMany(items, { by: 'externalId', dryRun: true }))
    importContacts(byExternalId, (items) => cognipeer.upsertMany(items, { by: 'externalId' }))
    const byEmail = readCsv('', { by: 'email' })
    importContacts(byEmail, (items) => memory.upsertMany(items, { by: 'email', atomic: true }))
    importContacts(byEmail, (items) => cognipeer.upsertMany(items, { by: 'email' }))
    importContacts(byEmail, (items) => inbox.upsertMany(items, { by: 'email', scan: true }))
    importContacts(readCsv('', { by: 'id' }), (items) => methods.upsertMany(items, { by: 'id' }))
  })

  it('can be created by every client, with no key', () => {
    importContacts(readCsv(''), (items) => memory.createMany(items))
    importContacts(readCsv(''), (items) => chatbotkit.createMany(items))
    importContacts(readCsv(''), (items) => cognipeer.createMany(items))
    importContacts(readCsv(''), (items) => inbox.createMany(items))
    importContacts(readCsv(''), (items) => methods.createMany(items))
  })

  it('have the key that was asked for, and no other for sure', () => {
    // @ts-expect-error a contact may have no external id
    importContacts(readCsv(''), (items) => memory.upsertMany(items, { by: 'externalId' }))
    // @ts-expect-error a contact may have no email
    importContacts(readCsv('', { by: 'externalId' }), (items) => memory.upsertMany(items, { by: 'email' }))
  })

  it('can be written by code for any provider', () => {
    const write = (contacts: ContactsWith<'upsertMany'>, file: Blob) =>
      importContacts(readCsv(file, { by: 'externalId' }), (items) =>
        contacts.upsertMany(items, { by: 'externalId' }),
      )
    write(chatbotkit, new Blob())
    write(memory, new Blob())
  })

  it('come in rows, of which each is a contact or an error', async () => {
    for await (const row of readCsv('', { by: 'phone' })) {
      expectTypeOf(row).toEqualTypeOf<CsvRow<'phone'>>()
      if (row.error) expectTypeOf(row.contact).toEqualTypeOf<undefined>()
      else expectTypeOf(row.contact.phone).toEqualTypeOf<string>()
    }
  })

  it('are taken from a batch, and not from its totals', () => {
    // @ts-expect-error the batch would have been awaited
    importContacts(readCsv(''), async (items) => memory.createMany(items))
  })

  it('are read from whatever a file is', async () => {
    readCsv(await fetch('https://example.com'))
    readCsv(new File([], 'contacts.csv'))
    readCsv((await fetch('https://example.com')).body ?? '')
    readCsv(new Blob().stream().pipeThrough(new TextDecoderStream()))
    readCsv([new Uint8Array(), ''])
    // @ts-expect-error numbers are no text
    readCsv([1])
    // @ts-expect-error no such option
    readCsv('', { separator: ';' })
    // @ts-expect-error no such field
    readCsv('', { columns: { Name: 'fullName' } })
  })
})
