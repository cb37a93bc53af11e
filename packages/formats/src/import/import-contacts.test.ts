import { ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../csv/read-csv.ts'
import type { ContactRow } from '../rows.ts'
import { importContacts } from './import-contacts.ts'

const FILE = [
  'externalId,name,email',
  'u-1,Ana,ana@example.com',
  'u-2,Ben,x',
  '"u-3","Eva\nof two lines",ana@example.com',
  'u-4,Zoe,zoe@example.com',
  '',
].join('\n')

/** Rows of any reader. */
async function* rowsOf(...rows: ContactRow[]): AsyncGenerator<ContactRow> {
  yield* rows
}

const by = 'externalId' as const
const error = new ContactsError({ code: 'invalid_input', message: 'Not a contact.' })

describe('importContacts', () => {
  it('tells what the reader and what the provider refuses, in the order of the file', async () => {
    const contacts = memory()
    const report = await importContacts(readCsv(FILE, { by }), (items) => contacts.upsertMany(items, { by }))
    expect(report).toMatchObject({ rows: 4, updated: 0, unchanged: 0, stored: 0 })
    expect(report.failures[0]).toMatchObject({
      line: 3,
      error: { code: 'invalid_input' },
      row: { cells: ['u-2', 'Ben', 'x'] },
    })
    expect(report).toMatchObject({ created: 3, failures: { length: 1 } })
  })

  it('names the line of what the provider refuses, whatever fails first', async () => {
    const rows = rowsOf(
      { contact: { id: 'a' }, line: 2 },
      { error, line: 3 },
      { contact: { id: 'b' }, line: 7 },
      { contact: { id: 'c' }, line: 9 },
    )
    const refused = new ContactsError({ code: 'conflict', message: 'Taken.' })
    const report = await importContacts(rows, (items) => ({
      async *[Symbol.asyncIterator]() {
        const taken = []
        for await (const item of items) taken.push(item)
        expect(taken).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
        yield { ok: false as const, index: 2, error: refused }
        yield { ok: true as const, index: 0, outcome: 'stored' }
        yield { ok: false as const, index: 1, error: refused }
      },
    }))
    expect(report).toEqual({
      rows: 4,
      created: 0,
      updated: 0,
      unchanged: 0,
      stored: 1,
      failures: [
        { line: 3, error, row: { error, line: 3 } },
        { line: 7, error: refused, row: { contact: { id: 'b' }, line: 7 } },
        { line: 9, error: refused, row: { contact: { id: 'c' }, line: 9 } },
      ],
    })
  })

  it('tells what a dry run would do, and counts what createMany creates', async () => {
    const contacts = memory()
    const plan = await importContacts(readCsv(FILE, { by }), (items) =>
      contacts.upsertMany(items, { by, dryRun: true }),
    )
    expect(plan).toMatchObject({ created: 3, failures: [{ line: 3 }] })
    expect(await contacts.count()).toBe(0)
    expect(await importContacts(readCsv(FILE), (items) => contacts.createMany(items))).toMatchObject({
      created: 3,
    })
    const again = await importContacts(readCsv(FILE.replace('Zoe', 'Zoé'), { by }), (items) =>
      contacts.upsertMany(items, { by }),
    )
    expect(again).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
  })

  it('throws what goes wrong before the first row', async () => {
    const contacts = memory()
    await expect(importContacts(readCsv(''), (items) => contacts.createMany(items))).rejects.toThrow(
      'is empty',
    )
    const signal = AbortSignal.abort(new Error('left'))
    await expect(
      importContacts(readCsv(FILE), (items) => contacts.createMany(items, { signal })),
    ).rejects.toThrow('left')
  })

  it('refuses a batch that was awaited, with what to do', async () => {
    const contacts = memory()
    const awaited = async (items: AsyncIterable<object>) => contacts.createMany(items)
    await expect(importContacts(readCsv(FILE), awaited as never)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('not awaited: (items) => contacts.upsertMany(items, { by })'),
    })
  })

  it('cannot import rows twice', async () => {
    const rows = readCsv(FILE)
    const contacts = memory()
    await importContacts(rows, (items) => contacts.createMany(items))
    await expect(importContacts(rows, (items) => contacts.createMany(items))).rejects.toThrow(
      'has been read already',
    )
  })
})
