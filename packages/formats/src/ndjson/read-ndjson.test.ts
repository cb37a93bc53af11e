import { describe, expect, it } from 'vitest'
import { importContacts } from '../import/import-contacts.ts'
import type { FileInput } from '../source/input.ts'
import { MOST_CHARACTERS } from './lines.ts'
import { type ReadNdjsonOptions, readNdjson } from './read-ndjson.ts'
import type { NdjsonRow } from './row.ts'

async function rowsOf(input: FileInput, options?: ReadNdjsonOptions): Promise<NdjsonRow[]> {
  const rows: NdjsonRow[] = []
  for await (const row of readNdjson(input, options)) rows.push(row)
  return rows
}

/** What is read of a file: contacts, and lines with their problems. */
async function reading(input: FileInput, options?: ReadNdjsonOptions): Promise<unknown[]> {
  const rows = await rowsOf(input, options)
  return rows.map(
    ({ contact, error, line }) =>
      contact ?? [line, ...(error?.issues ?? []).map(({ path, message }) => `${path}: ${message}`)],
  )
}

describe('readNdjson', () => {
  it('reads what a contact can be written with', async () => {
    const input = {
      externalId: 'u-1',
      name: 'Ana Souza',
      phone: null,
      email: 'ana@example.com',
      contactMethods: [{ type: 'mobile', value: '+351 912 345 678', label: 'private', primary: true }],
      tags: [],
      customFields: { plan: 'pro', seats: 3, old: null },
      verifiedAt: '2026-01-31T09:00:00Z',
    }
    const text = JSON.stringify(input)
    expect(await rowsOf(`${text}\n`)).toEqual([{ contact: input, line: 1, text }])
  })

  it('passes over blank lines, byte order marks and carriage returns, and counts lines', async () => {
    const file = '\uFEFF{"name":"a"}\r\n\r\n  \n\uFEFF{"name":"b"}\n{"name":"c"}'
    expect((await rowsOf(file)).map(({ contact, line, text }) => [contact?.name, line, text])).toEqual([
      ['a', 1, '{"name":"a"}'],
      ['b', 4, '\uFEFF{"name":"b"}'],
      ['c', 5, '{"name":"c"}'],
    ])
    expect(await rowsOf('')).toEqual([])
    expect(await rowsOf(new TextEncoder().encode('\uFEFF{"name":"é"}'))).toMatchObject([
      { contact: { name: 'é' } },
    ])
  })

  it('reads an exported contact as one to be written', async () => {
    const contact = {
      provider: 'chatbotkit',
      id: 'c-1',
      externalId: 'u-1',
      email: 'ana@example.com',
      contactMethods: [
        { id: 'm-1', type: 'email', value: 'ana@example.com', primary: true, verified: false },
      ],
      tags: [],
      customFields: {},
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      deleted: false,
      raw: 'raw',
    }
    // What is left out may be what nobody could write.
    const line = JSON.stringify(contact).replace('"raw":"raw"', '"raw":{"id":17841400008460057}')
    const written = { externalId: 'u-1', email: 'ana@example.com' }
    expect(await rowsOf(line)).toEqual([{ contact: written, line: 1, text: line }])
    expect(await reading(line, { by: 'id' })).toEqual([{ id: 'c-1', ...written }])
    const more = {
      ...contact,
      contactMethods: [
        ...contact.contactMethods,
        { id: 'm-2', type: 'fax', value: '1', primary: true, verified: true },
      ],
    }
    expect(await reading(JSON.stringify(more))).toEqual([
      {
        ...written,
        contactMethods: [
          { type: 'email', value: 'ana@example.com', primary: true },
          { type: 'fax', value: '1', primary: true, verified: true },
        ],
      },
    ])
    expect(await rowsOf(JSON.stringify({ ...contact, deleted: true }))).toMatchObject([
      { contact: written, notes: ['the contact is deleted where it comes from'] },
    ])
  })

  it('notes what it leaves out of a line that does not say from which provider it is', async () => {
    const [row] = await rowsOf(
      '{"id":"7","name":"Ana","createdAt":"x","contactMethods":[{"id":"m","type":"fax","value":"1","updatedAt":"x"}]}',
    )
    expect(row?.contact).toEqual({ name: 'Ana', contactMethods: [{ type: 'fax', value: '1' }] })
    expect(row?.notes).toEqual([
      "id was left out: it is the provider's own, by which nothing is looked up here",
      'createdAt was left out: no provider lets it be written',
      "contactMethods.id was left out: it is the provider's own",
      "contactMethods.updatedAt was left out: it is the provider's own",
    ])
  })

  it.each([
    ['{"name":', ': is not JSON; each line must be one whole object'],
    ['[', ': is not JSON; each line must be one whole object'],
    ['{"name":"a"}{"name":"b"}', ': is not JSON; each line must be one whole object'],
    ['[{"name":"a"}]', ': must be a JSON object'],
    ['"Ana"', ': must be a JSON object'],
    ['null', ': must be a JSON object'],
    ['{}', ': has nothing that is a field of a contact'],
    ['{"provider":"x","id":"1","customFields":{}}', ': has nothing that is a field of a contact'],
    [
      '{"name":"Ana","emial":"ana@example.com"}',
      'emial: is not a field of a contact; put fields of your own into customFields',
    ],
    [
      '{"email":"ana","contactMethods":[{"type":"fax","value":""}]}',
      'email: must look like an email address',
    ],
    [
      '{"contactMethods":[{"type":"fax","value":"1","area":7}]}',
      'contactMethods.0.area: is not a field of a contact method; put fields of your own into its customFields',
    ],
    [
      '{"customFields":{"a":{"b":[17841400008460057]}}}',
      'customFields.a.b.0: is a number with more digits than JavaScript numbers hold: write it as text',
    ],
    [
      '{"customFields":{"a":0.1234567890123456789}}',
      'customFields.a: is a number with more digits than JavaScript numbers hold: write it as text',
    ],
    ['{"__proto__":{"name":"x"},"name":"Ana"}', ': has a key named __proto__'],
    ['{"customFields":{"a":{"\\u005f_proto__":1}}}', 'customFields.a.__proto__: cannot be a key'],
    [
      '{"contactMethods":[{"type":"fax","value":"1","__proto__":{"primary":true}}]}',
      'contactMethods.0.__proto__: cannot be a key',
    ],
    ['{"name":"\\ud800"}', 'name: holds half a surrogate pair'],
  ])('refuses %s, and reads on', async (line, problem) => {
    const [bad, good] = await reading(`${line}\n{"name":"Ben"}\n`)
    expect((bad as string[]).slice(0, 2)).toEqual([1, problem])
    expect(good).toEqual({ name: 'Ben' })
    expect(({} as Record<string, unknown>).primary).toBeUndefined()
  })

  it('tells of all that is wrong with a line, each thing once', async () => {
    expect(await reading('{"email":"ana","phone":"x","customFields":{"n":17841400008460057}}')).toEqual([
      [
        1,
        'customFields.n: is a number with more digits than JavaScript numbers hold: write it as text',
        'email: must look like an email address',
        'phone: must look like a phone number',
      ],
    ])
  })

  it('refuses bytes that are no UTF-8, in the line that has them', async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('{"name":"'),
      0xe9,
      ...new TextEncoder().encode('"}\n{"name":"é"}'),
    ])
    expect(await reading(bytes)).toEqual([
      [1, ': holds bytes that are no UTF-8: save the file in that encoding'],
      { name: 'é' },
    ])
  })

  it('refuses a file that is no text', async () => {
    await expect(rowsOf(Uint8Array.from([0x7b, 0, 0x22, 0]))).rejects.toThrow(
      'it is no text, or UTF-16 without a byte order mark: save it as UTF-8.',
    )
  })

  it('refuses a line of gigantic length without keeping it, and reads on', async () => {
    const part = 'x'.repeat(64 * 1024)
    async function* file() {
      yield '{"name":"'
      for (let length = 0; length <= MOST_CHARACTERS * 4; length += part.length) yield part
      yield '"}\r\n{"name":"Ben"}'
    }
    const before = process.memoryUsage().heapUsed
    const [bad, good] = await rowsOf(file())
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_CHARACTERS * 2)
    expect(bad).toMatchObject({ line: 1, text: '' })
    expect(bad?.error?.message).toContain('is longer than 16777216 characters')
    expect(good).toMatchObject({ line: 2, contact: { name: 'Ben' } })
  })

  it('takes JSON of many levels for what it is', async () => {
    const deep = `{"customFields":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    const [row] = await rowsOf(deep)
    expect(row?.error?.message).toContain('is nested too deeply')
  })

  it('sees to keys, by the forms in which they are compared', async () => {
    const file = '{"email":"Ana@example.com"}\n{"name":"Ben"}\n{"email":"ana@example.com"}\n{"email":"bad"}\n'
    expect(await reading(file, { by: 'email' })).toEqual([
      { email: 'Ana@example.com' },
      [2, 'email: is missing, and tells contacts apart'],
      [3, 'email: is the same as in line 1'],
      [4, 'email: must look like an email address'],
    ])
    const [, , repeated] = await rowsOf(file, { by: 'email' })
    expect(repeated?.error).toMatchObject({
      code: 'conflict',
      message: 'The line is left out: its email is the same as in line 1.',
    })
  })

  it('can be read once', async () => {
    const rows = readNdjson('{"name":"a"}')
    for await (const _ of rows);
    await expect(async () => {
      for await (const _ of rows);
    }).rejects.toThrow('has been read already')
  })

  it.each<[string, unknown]>([
    ['by', { by: 'name' }],
    ['by', { by: null }],
    ['encoding', { encoding: 'utf-8' }],
    ['options', []],
  ])('refuses a bad %s before anything is read', (path, options) => {
    expect(() => readNdjson('', options as ReadNdjsonOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_input', issues: [expect.objectContaining({ path })] }),
    )
  })

  it('is what importContacts takes, and holds no value in its errors', async () => {
    const rows = readNdjson('{"externalId":"u-1","name":"Ana"}\n{"externalId":"u-2","email":"secret"}\n', {
      by: 'externalId',
    })
    const seen: unknown[] = []
    const report = await importContacts(rows, async function* (items) {
      let index = 0
      for await (const contact of items) {
        seen.push(contact)
        yield { index: index++, ok: true as const }
      }
    })
    expect(seen).toEqual([{ externalId: 'u-1', name: 'Ana' }])
    expect(report).toMatchObject({
      rows: 2,
      created: 1,
      failures: [{ line: 2, row: { text: expect.any(String) } }],
    })
    expect(report.failures[0]?.error.message).not.toContain('secret')
  })
})
