import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import { contact } from '../where/testing/arbitraries.ts'
import type { CsvColumn } from './columns.ts'
import { type ExportCsvOptions, exportCsv } from './export-csv.ts'
import { parseCsv } from './testing/parse-csv.ts'
import {
  cellOf,
  contactWith,
  DEFAULT_COLUMNS,
  rowsOf,
  sourceOf,
  textOf,
  watchedSource,
} from './testing/sources.ts'

describe('exportCsv', () => {
  it('prints a header and one record a contact, with every field but raw', async () => {
    const ana = contactWith({
      name: 'Souza, Ana',
      email: 'ana@example.com',
      customFields: { plan: 'pro' },
      deleted: false,
    })
    const [header, row, ...more] = parseCsv(await textOf(exportCsv(sourceOf(ana))))
    expect(header).toEqual(DEFAULT_COLUMNS)
    expect(more).toEqual([])
    const cells = Object.fromEntries(DEFAULT_COLUMNS.map((name, index) => [name, row?.[index]]))
    expect(Object.entries(cells).filter(([, cell]) => cell !== '')).toEqual([
      ['provider', 'memory'],
      ['id', '1'],
      ['name', 'Souza, Ana'],
      ['email', 'ana@example.com'],
      ['customFields', '{"plan":"pro"}'],
      ['deleted', 'false'],
    ])
  })

  it('prints the same bytes for a small export as written by hand', async () => {
    const items = [
      contactWith({ name: 'José "Zé" Souza', phone: '+14155552671', tags: ['a', 'b'] }),
      contactWith({ id: '2', name: '=HYPERLINK("x")' }),
    ]
    const csv = exportCsv(sourceOf(...items), { columns: ['id', 'name', 'phone', 'tags'] })
    expect(await textOf(csv)).toBe(
      'id,name,phone,tags\r\n1,"José ""Zé"" Souza",+14155552671,"[""a"",""b""]"\r\n2,"\'=HYPERLINK(""x"")",,\r\n',
    )
  })

  it('loses nothing: the record tells every field of the contact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { maxLength: 4 }), async (items) => {
        const rows = await rowsOf(items, { formulaEscape: false })
        const json = ['contactMethods', 'tags', 'customFields', 'deleted']
        const read = rows.map((row) =>
          Object.fromEntries(
            row
              .map((cell, index): [string, string] => [DEFAULT_COLUMNS[index] ?? '?', cell])
              .filter(([, cell]) => cell !== '')
              .map(([name, cell]): [string, unknown] => [
                name,
                json.includes(name) ? JSON.parse(cell) : cell,
              ]),
          ),
        )
        // An empty text reads like an absent one: CSV has one way to write both.
        const expected = items.map(({ raw: _raw, contactMethods: _none, ...fields }) =>
          Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
        )
        expect(read).toEqual(expected)
      }),
    )
  })

  it('prints no cell that runs as a formula', async () => {
    const hostile = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '＝', ' =', '\t', ''), fc.string())
      .map((parts) => parts.join(''))
    const fields = fc.record({
      name: hostile,
      phone: hostile,
      note: hostile,
      id: hostile,
      tags: fc.array(hostile),
    })
    await fc.assert(
      fc.asyncProperty(fields, hostile, async (given, plan) => {
        const item = contactWith({ ...given, customFields: { plan, [plan]: plan } })
        const columns: CsvColumn[] = [
          'name',
          'phone',
          'note',
          'id',
          'tags',
          'customFields',
          'customFields.plan',
        ]
        const [row = []] = await rowsOf([item], { columns })
        expect(row.length).toBe(columns.length)
        for (const cell of row) {
          if (/^\s*[=+\-@＝]/.test(cell)) expect(cell).toMatch(/^[+-][\d ().,-]+(?:e[+-]?\d+)?$/i)
        }
      }),
    )
  })

  it('prints formulas as they are when told to', async () => {
    expect(await cellOf({ note: '=1+1' }, 'note', { formulaEscape: false })).toBe('=1+1')
    expect(await cellOf({ note: '=1+1' }, 'note')).toBe("'=1+1")
  })

  it('knows written phone numbers in the phone column', async () => {
    expect(await cellOf({ phone: '+1 (415) 555-2671' }, 'phone')).toBe('+1 (415) 555-2671')
    expect(await cellOf({ note: '+1 (415) 555-2671' }, 'note')).toBe("'+1 (415) 555-2671")
  })

  describe('cells', () => {
    it('prints custom fields by their dotted path', async () => {
      const customFields = {
        plan: 'pro',
        n: -1.5,
        on: true,
        none: null,
        list: [1],
        address: { city: 'Porto' },
      }
      const cell = (path: string): Promise<string | undefined> =>
        cellOf({ customFields }, `customFields.${path}`)
      const paths = [
        'plan',
        'n',
        'on',
        'none',
        'list',
        'address',
        'address.city',
        'absent',
        'constructor',
        'list.0',
      ]
      expect(await Promise.all(paths.map(cell))).toEqual([
        ...['pro', '-1.5', 'true', '', '[1]', '{"city":"Porto"}', 'Porto', '', '', ''],
      ])
    })

    it('tells no tags from tags that are not there', async () => {
      expect(await cellOf({ tags: [] }, 'tags')).toBe('[]')
      expect(await cellOf({}, 'tags')).toBe('')
    })

    it('prints raw as JSON when asked for', async () => {
      expect(await cellOf({ raw: { meta: null } }, 'raw')).toBe('{"meta":null}')
      expect(await cellOf({ raw: undefined }, 'raw')).toBe('')
    })

    it('leaves the contact methods out of the default when email and phone say as much', async () => {
      const email = { type: 'email', value: 'ana@example.com', primary: true } as const
      const column = DEFAULT_COLUMNS.indexOf('contactMethods')
      const byDefault = async (fields: Partial<Contact>): Promise<string | undefined> =>
        (await rowsOf([contactWith(fields)]))[0]?.[column]
      const fields = { email: email.value, contactMethods: [email] }
      expect(await byDefault(fields)).toBe('')
      expect(await cellOf(fields, 'contactMethods')).toBe(JSON.stringify([email]))

      const telling: Contact['contactMethods'][] = [
        [email, { type: 'email', value: 'other@example.com', primary: false }],
        [{ ...email, label: 'work' }],
        [{ ...email, primary: false }],
        [{ ...email, value: 'other@example.com' }],
        [email, { type: 'mobile', value: '+14155552671', primary: true }],
      ]
      for (const contactMethods of telling) {
        expect(await byDefault({ ...fields, contactMethods })).toBe(JSON.stringify(contactMethods))
      }
    })
  })

  describe('options', () => {
    it('prints the header alone for an empty listing', async () => {
      expect(await textOf(exportCsv(sourceOf(), { columns: ['id', 'name'] }))).toBe('id,name\r\n')
      expect(await textOf(exportCsv(sourceOf(), { columns: ['id', 'name'], header: false }))).toBe('')
    })

    it('begins with a byte order mark when asked to, once', async () => {
      const items = [contactWith(), contactWith({ id: '2' })]
      expect(await textOf(exportCsv(sourceOf(...items), { columns: ['id'], bom: true }))).toBe(
        '\ufeffid\r\n1\r\n2\r\n',
      )
      expect(await textOf(exportCsv(sourceOf(...items), { columns: ['id'], bom: true, header: false }))).toBe(
        '\ufeff1\r\n2\r\n',
      )
    })

    it('hands the query on to the listing and keeps its own options', async () => {
      const { source, queries } = watchedSource(async () => undefined)
      const where = { customFields: { plan: 'pro' } }
      await textOf(
        exportCsv(source, {
          where,
          pageSize: 10,
          columns: ['id'],
          bom: true,
          header: true,
          formulaEscape: true,
        }),
      )
      expect(queries).toEqual([{ where, pageSize: 10, signal: expect.any(AbortSignal) }])
    })

    it.each<[string, unknown, string]>([
      ['an unknown column', ['id', 'fullName'], 'columns.1'],
      ['a name from the prototype', ['toString'], 'columns.0'],
      ['a path with an empty key', ['customFields.'], 'columns.0'],
      ['a column twice', ['id', 'name', 'id'], 'columns.2'],
      ['a column that is no text', [1], 'columns.0'],
      ['no column', [], 'columns'],
      ['columns that are no array', 'id,name', 'columns'],
    ])('refuses %s before anything is listed', (_name, columns, path) => {
      const { source, queries } = watchedSource(async () => undefined)
      const options = { columns } as ExportCsvOptions // what TypeScript refuses, JavaScript can still pass
      expect(() => exportCsv(source, options)).toThrow(
        expect.objectContaining({ code: 'invalid_input', issues: [expect.objectContaining({ path })] }),
      )
      expect(queries).toEqual([])
    })
  })
})
