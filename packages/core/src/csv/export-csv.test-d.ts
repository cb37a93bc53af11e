import { describe, expectTypeOf, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { ListQuery } from '../model/query.ts'
import { exportCsv } from './export-csv.ts'

declare const client: { list(query?: ListQuery<'createdAt'>): AsyncIterable<Contact<{ vendor: string }>> }
declare const own: { list(): AsyncIterable<Contact> }
declare const broken: { list(query?: ListQuery): AsyncIterable<{ id: string }> }

describe('exportCsv', () => {
  it('takes any client and gives text', () => {
    expectTypeOf(exportCsv(client)).toEqualTypeOf<ReadableStream<string> & AsyncIterable<string>>()
    expectTypeOf(exportCsv(own, { columns: ['id'] })).toEqualTypeOf<
      ReadableStream<string> & AsyncIterable<string>
    >()
    // @ts-expect-error what it lists are no contacts
    exportCsv(broken)
  })

  it("takes the client's query beside its own options", () => {
    exportCsv(client, { where: { email: { exists: true } }, orderBy: { field: 'createdAt' }, header: false })
    exportCsv(client, { columns: ['name', 'raw', 'customFields.address.city'], signal: undefined })
    // @ts-expect-error the client does not sort by name
    exportCsv(client, { orderBy: { field: 'name' } })
    // @ts-expect-error no such field
    exportCsv(client, { columns: ['fullName'] })
    // @ts-expect-error no such option
    exportCsv(client, { separator: ';' })
  })
})
