import type { ContactInput, ContactsWarning } from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { readCsv } from '@anycontact/formats'
import { describe, expect, it } from 'vitest'
import { inputSource } from './input-source.ts'
import { quietly } from './quietly.ts'
import type { InputRow } from './row-reader.ts'

const rows = (...inputs: ContactInput[]): InputRow[] => inputs.map((contact) => ({ contact }))

const numbered = (count: number): InputRow[] =>
  rows(...Array.from({ length: count }, (_, i) => ({ externalId: `u${i}`, name: `Name ${i}` })))

describe('a source of inputs', () => {
  it('lists the rows of a CSV file as contacts that go by their key', async () => {
    const file = 'externalId,name,email,tags,Plan\nu-1,Ana,ana@example.com,"[""a""]",pro\nu-2,Bea,,,\n'
    const source = inputSource({
      provider: 'csv',
      by: 'externalId',
      fields: ['name', 'email', 'tags', 'customFields'],
      open: () => readCsv(file, { by: 'externalId' }),
    })
    expect(await source.list().toArray()).toEqual([
      {
        provider: 'csv',
        id: 'u-1',
        externalId: 'u-1',
        name: 'Ana',
        email: 'ana@example.com',
        contactMethods: [{ type: 'email', value: 'ana@example.com', primary: true }],
        tags: ['a'],
        customFields: { Plan: 'pro' },
        raw: expect.objectContaining({ name: 'Ana' }),
      },
      expect.objectContaining({ id: 'u-2', name: 'Bea', contactMethods: [], customFields: {} }),
    ])
    const pager = source.list()
    for await (const page of pager.pages()) expect(page.complete).toBe(true)
  })

  it('has no operation but list', async () => {
    const source = inputSource({ provider: 'csv', by: 'externalId', fields: [], open: () => [] })
    expect(source.supports('list')).toBe(true)
    expect(source.supports('create') || source.supports('get')).toBe(false)
    // @ts-expect-error there is no get
    await expect(source.get('u-1')).rejects.toMatchObject({ code: 'unsupported' })
    expect(await source.list()).toEqual({ items: [], complete: true })
  })

  it('knows an input by an address without regard to its spelling, and does not show it in the id', async () => {
    const idOf = async (email: string): Promise<string | undefined> => {
      const open = () => rows({ email })
      const [contact] = await inputSource({ provider: 'csv', by: 'email', fields: ['name'], open })
        .list()
        .toArray()
      return contact?.id
    }
    expect(await idOf('Ana@Example.com')).toBe(await idOf('ana@example.com'))
    expect(await idOf('bea@example.com')).not.toBe(await idOf('ana@example.com'))
    expect(await idOf('ana@example.com')).toMatch(/^[\w-]{22}$/)
  })

  it('makes the address of the shorthand the primary one among the others', async () => {
    const open = () =>
      rows({
        externalId: 'u',
        email: 'b@example.com',
        phone: '5550101',
        contactMethods: [
          { type: 'email', value: 'a@example.com', primary: true, label: 'home' },
          { type: 'email', value: 'B@example.com', customFields: { a: 1, b: null } },
        ],
      })
    const fields = ['email', 'phone', 'contactMethods'] as const
    const [contact] = await inputSource({ provider: 'csv', by: 'externalId', fields, open }).list().toArray()
    expect(contact).toMatchObject({ email: 'B@example.com', phone: '5550101' })
    expect(contact?.contactMethods).toEqual([
      { type: 'email', value: 'a@example.com', primary: false, label: 'home' },
      { type: 'email', value: 'B@example.com', primary: true, customFields: { a: 1 } },
      { type: 'phone', value: '5550101', primary: true },
    ])
  })

  it('takes what is cleared for absent', async () => {
    const open = () =>
      rows({ externalId: 'u', name: null, tags: null, customFields: { a: null, b: 1 }, status: null })
    const fields = ['name', 'tags', 'customFields'] as const
    const [contact] = await inputSource({ provider: 'csv', by: 'externalId', fields, open }).list().toArray()
    expect(contact).toMatchObject({ customFields: { b: 1 } })
    expect(contact).not.toHaveProperty('name')
    expect(contact).not.toHaveProperty('tags')
  })
})

describe('rows that are refused', () => {
  it('are told with their line, and do not end the reading', async () => {
    const file =
      'externalId,name,email\nu-1,Ana,ana@example.com\nu-2,Ben,no address\n,Cleo,c@example.com\nu-4,Dora,\n'
    const refused: unknown[] = []
    const warnings: ContactsWarning[] = []
    const source = inputSource({
      provider: 'csv',
      by: 'externalId',
      fields: ['name', 'email'],
      open: () => readCsv(file, { by: 'externalId' }),
      onRefused({ line, error }) {
        refused.push([line, error.code])
        throw new Error('what a listener throws is its own')
      },
    })
    const pager = source.list({ onWarning: (warning) => warnings.push(warning) })
    const ids: string[] = []
    for await (const { id } of pager) ids.push(id)
    expect(ids).toEqual(['u-1', 'u-4'])
    expect(refused).toEqual([
      [3, 'invalid_input'],
      [4, 'invalid_input'],
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['invalid_record', 'invalid_record'])
    expect(pager.complete).toBe(false)
  })

  it('are those whose key an earlier row has, and each is told once though rows are read again', async () => {
    const lines: unknown[] = []
    const inputs: InputRow[] = numbered(30).map((row, at) => ({ ...row, line: at + 2 }) as InputRow)
    inputs[4] = { contact: { externalId: 'u1', name: 'Another' }, line: 6 }
    inputs[7] = { contact: { externalId: 'u7', nickname: 'not announced' }, line: 9 }
    inputs[25] = { contact: { externalId: 'u0', name: 'Another' } }
    const make = () =>
      inputSource({
        provider: 'csv',
        by: 'externalId',
        fields: ['name'],
        open: () => inputs,
        onRefused: ({ line, error }) => lines.push([line, error.issues?.[0]?.message]),
      })
    const told = [
      [6, 'its key is the same as in line 3'],
      [9, expect.stringContaining('is not among the fields')],
      [undefined, 'its key is the same as in line 2'],
    ]
    const source = make()
    const first = await source.list({ pageSize: 10 })
    // Others have their readings meanwhile, and the place is read up to once more.
    for (let size = 1; size <= 3; size++) await quietly(source).list({ pageSize: size })
    let { nextCursor } = first
    while (nextCursor !== undefined)
      ({ nextCursor } = await source.list({ pageSize: 10, cursor: nextCursor }))
    expect(lines.splice(0)).toEqual(told)
    // A process that goes on knows of those before, too.
    await make().list({ cursor: first.nextCursor })
    expect(lines.splice(0)).toEqual(told)
    await source.list({ pageSize: 500 })
    expect(lines).toEqual(told)
  })

  it.each<[string, ContactInput, string]>([
    ['without the key', { name: 'Ana' }, 'externalId'],
    ['with a field that was not announced', { externalId: 'u', nickname: 'A' }, 'nickname'],
    ['that are no input', { externalId: 'u', email: 'none' }, 'email'],
  ])('are those %s', async (_, input, path) => {
    const errors: ContactsError[] = []
    const source = inputSource({
      provider: 'csv',
      by: 'externalId',
      fields: ['name', 'email'],
      open: () => [...rows(input), ...rows({ externalId: 'good' })],
      onRefused: ({ error }) => errors.push(error),
    })
    expect((await source.list().toArray()).map(({ id }) => id)).toEqual(['good'])
    expect(errors.map(({ code, issues }) => [code, issues?.[0]?.path])).toEqual([['bad_response', path]])
  })
})

describe('going on', () => {
  const read = async (source: ReturnType<typeof inputSource>, cursor?: string) =>
    await source.list({ pageSize: 10, cursor })

  it('is from any place at which a page ended, in another process too', async () => {
    let opened = 0
    const make = () =>
      inputSource({
        provider: 'csv',
        by: 'externalId',
        fields: ['name'],
        open: () => {
          opened++
          return numbered(25)
        },
      })
    const first = make()
    const one = await read(first)
    const two = await read(first, one.nextCursor)
    expect([one, two].map(({ items }) => items.length)).toEqual([10, 10])
    // The reading that went on by itself did not begin again.
    expect(opened).toBe(1)
    // Nor is the place lost for whoever reads from there once more.
    expect((await read(first, one.nextCursor)).items).toEqual(two.items)
    expect(opened).toBe(2)
    const other = make()
    const again = await read(other, one.nextCursor)
    expect(again.items.map(({ id }) => id)).toEqual(two.items.map(({ id }) => id))
    const three = await read(other, again.nextCursor)
    expect(three.items.map(({ id }) => id)).toEqual(['u20', 'u21', 'u22', 'u23', 'u24'])
    expect(three.nextCursor).toBeUndefined()
    expect(opened).toBe(3)
    // The same place can be read again.
    expect((await read(other, one.nextCursor)).items).toHaveLength(10)
  })

  it('is refused where other rows come before the place, or fewer', async () => {
    let inputs = numbered(25)
    const make = () =>
      inputSource({ provider: 'csv', by: 'externalId', fields: ['name'], open: () => inputs })
    const { nextCursor } = await read(make())
    inputs = numbered(25).map((row, i) => (i === 3 ? { contact: { externalId: 'u3', name: 'New' } } : row))
    await expect(read(make(), nextCursor)).rejects.toMatchObject({ code: 'invalid_input' })
    inputs = numbered(4)
    await expect(read(make(), nextCursor)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(read(make(), 'nonsense')).rejects.toMatchObject({ code: 'invalid_input' })
    inputs = [...numbered(25), ...rows({ externalId: 'u25' })]
    expect((await read(make(), nextCursor)).items).toHaveLength(10)
  })

  it('lets go of the inputs at their end, when they fail, when there are too many readings, and when it is told to', async () => {
    let open = 0
    async function* inputs(count: number) {
      open++
      try {
        yield* numbered(count)
        if (count === 13) throw new Error('the disk is gone')
      } finally {
        open--
      }
    }
    const make = (count: number) =>
      inputSource({ provider: 'csv', by: 'externalId', fields: ['name'], open: async () => inputs(count) })
    const source = make(30)
    expect(await source.list({ pageSize: 10 }).toArray()).toHaveLength(30)
    expect(open).toBe(0)
    for (let i = 0; i < 5; i++) await source.list({ pageSize: 1 + i })
    expect(open).toBe(2)
    await source[Symbol.asyncDispose]()
    expect(open).toBe(0)
    const failing = make(13)
    await expect(failing.list({ pageSize: 10 }).toArray()).rejects.toThrow('the disk is gone')
    expect(open).toBe(0)
    const stop = new AbortController()
    async function* stopping() {
      for await (const row of inputs(30)) {
        if (row.contact?.externalId === 'u5') stop.abort('enough')
        yield row
      }
    }
    const stopped = inputSource({ provider: 'csv', by: 'externalId', fields: ['name'], open: stopping })
    await expect(stopped.list({ signal: stop.signal }).toArray()).rejects.toBe('enough')
    await expect.poll(() => open).toBe(0)
  })
})

describe('what a source of inputs is made with', () => {
  it('is refused where it cannot work', () => {
    const bad = { provider: 'My CSV', by: 'name', fields: ['id'], open: 'file.csv' }
    let error: unknown
    try {
      // Programs without types may give anything.
      inputSource(bad as unknown as Parameters<typeof inputSource>[0])
    } catch (reason) {
      error = reason
    }
    expect(ContactsError.is(error) && [error.code, error.issues?.map(({ path }) => path)]).toEqual([
      'config',
      ['provider', 'by', 'fields', 'open'],
    ])
  })
})
