import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ListQuery } from '../model/query.ts'
import { contact } from '../where/testing/arbitraries.ts'
import type { CsvColumn } from './columns.ts'
import { type CsvSource, type ExportCsvOptions, exportCsv } from './export-csv.ts'
import { parseCsv } from './testing/parse-csv.ts'

const DEFAULT_COLUMNS = [
  ...['provider', 'id', 'externalId', 'name', 'givenName', 'familyName', 'nickname', 'email', 'phone'],
  ...['contactMethods', 'avatarUrl', 'note', 'locale', 'timezone', 'tags', 'status', 'customFields'],
  ...['createdAt', 'updatedAt', 'verifiedAt', 'deleted'],
]

function contactWith(fields: Partial<Contact> = {}): Contact {
  return { provider: 'memory', id: '1', contactMethods: [], customFields: {}, raw: {}, ...fields }
}

function sourceOf(...items: Contact[]): CsvSource<ListQuery> {
  return {
    async *list() {
      yield* items
    },
  }
}

/** A listing that counts: how far it was read, and whether it was ended. */
function watchedSource(
  next: (index: number, signal: AbortSignal | undefined) => Promise<Contact | undefined>,
): {
  readonly source: CsvSource<ListQuery>
  readonly queries: (ListQuery | undefined)[]
  readonly seen: { read: number; returned: number }
} {
  const queries: (ListQuery | undefined)[] = []
  const seen = { read: 0, returned: 0 }
  const list = (query?: ListQuery): AsyncIterable<Contact> => {
    queries.push(query)
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          const value = await next(seen.read, query?.signal)
          if (value === undefined) return { done: true, value: undefined }
          seen.read++
          return { done: false, value }
        },
        async return() {
          seen.returned++
          return { done: true, value: undefined }
        },
      }),
    }
  }
  return { source: { list }, queries, seen }
}

async function textOf(stream: ReadableStream<string>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

async function rowsOf(items: Contact[], options: ExportCsvOptions = {}): Promise<string[][]> {
  return parseCsv(await textOf(exportCsv(sourceOf(...items), { header: false, ...options })))
}

async function cellOf(
  fields: Partial<Contact>,
  column: CsvColumn,
  options: ExportCsvOptions = {},
): Promise<string | undefined> {
  const [row] = await rowsOf([contactWith(fields)], { ...options, columns: [column] })
  return row?.[0]
}

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

  describe('flow', () => {
    it('asks for nothing before the first read', async () => {
      const { source, queries, seen } = watchedSource(async (index) => contactWith({ id: String(index) }))
      const stream = exportCsv(source)
      await new Promise((resolve) => setImmediate(resolve))
      expect(queries).toEqual([])
      await stream.cancel()
      expect(queries).toEqual([])
      expect(seen).toEqual({ read: 0, returned: 0 })
    })

    it('reads no further than the consumer: an endless listing stands still between reads', async () => {
      const { source, seen } = watchedSource(async (index) => contactWith({ id: String(index) }))
      const reader = exportCsv(source, { columns: ['id', 'name'] }).getReader()
      const first = await reader.read()
      const readOnce = seen.read
      await new Promise((resolve) => setImmediate(resolve))
      expect(seen.read).toBe(readOnce)
      // What was read is what was handed out.
      expect(parseCsv(first.value ?? '').length).toBe(readOnce + 1)
      expect((first.value ?? '').length).toBeLessThan(10_000)

      await reader.read()
      expect(seen.read).toBeGreaterThan(readOnce)
      await reader.cancel()
      expect(seen.returned).toBe(1)
    })

    it('hands out whole records, all of them, in order', async () => {
      const { source } = watchedSource(async (index) =>
        index < 3000 ? contactWith({ id: String(index), note: '"\n,' }) : undefined,
      )
      const ids: (string | undefined)[] = []
      let chunks = 0
      for await (const chunk of exportCsv(source, { columns: ['id', 'note'] })) {
        ids.push(...parseCsv(chunk).map(([id]) => id))
        chunks++
      }
      expect(ids).toEqual(['id', ...Array.from({ length: 3000 }, (_, index) => String(index))])
      expect(chunks).toBeGreaterThan(1)
    })

    it('ends the listing when it is cancelled while a contact is awaited', async () => {
      const left = { reason: undefined as unknown }
      const { source, seen } = watchedSource(
        (_index, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              left.reason = signal.reason
              reject(signal.reason)
            })
          }),
      )
      const reader = exportCsv(source).getReader()
      const read = reader.read()
      await new Promise((resolve) => setImmediate(resolve))
      const reason = new Error('enough')
      await reader.cancel(reason)
      expect(await read).toEqual({ done: true, value: undefined })
      expect(left.reason).toBe(reason)
      expect(seen.returned).toBe(1)
    })

    it("passes the caller's abort through untouched", async () => {
      const controller = new AbortController()
      const reason = new Error('changed my mind')
      const { source } = watchedSource(async (index, signal) => {
        if (index === 1000) controller.abort(reason)
        signal?.throwIfAborted()
        return contactWith()
      })
      await expect(textOf(exportCsv(source, { signal: controller.signal }))).rejects.toBe(reason)
    })

    it('fails at once when the listing fails before the first contact', async () => {
      const error = new ContactsError({ code: 'unauthenticated', message: 'no' })
      const { source } = watchedSource(async () => {
        throw error
      })
      await expect(exportCsv(source).getReader().read()).rejects.toBe(error)
      const refusing: CsvSource<ListQuery> = {
        list() {
          throw error
        },
      }
      await expect(exportCsv(refusing).getReader().read()).rejects.toBe(error)
    })

    it('hands out the rows before a failure, then fails with it', async () => {
      const error = new ContactsError({ code: 'network', message: 'cut' })
      const source: CsvSource<ListQuery> = {
        async *list() {
          yield contactWith({ id: '0' })
          yield contactWith({ id: '1' })
          throw error
        },
      }
      const reader = exportCsv(source, { columns: ['id'] }).getReader()
      expect(await reader.read()).toEqual({ done: false, value: 'id\r\n0\r\n1\r\n' })
      await expect(reader.read()).rejects.toBe(error)
    })

    it('ends the listing when a contact cannot be printed', async () => {
      const { source, seen } = watchedSource(async () => contactWith({ raw: { n: 1n } }))
      await expect(
        exportCsv(source, { columns: ['raw'] })
          .getReader()
          .read(),
      ).rejects.toThrow(TypeError)
      expect(seen.returned).toBe(1)
    })
  })
})
