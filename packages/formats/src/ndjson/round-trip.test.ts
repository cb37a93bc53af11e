import type { Contact, ContactInput } from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { parseJson } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asJson, contactInput, stored } from '../testing/inputs.ts'
import { textOf } from '../testing/text.ts'
import { readNdjson } from './read-ndjson.ts'
import { refusedNdjson } from './refused-ndjson.ts'
import type { NdjsonRow } from './row.ts'
import { writeNdjson } from './write-ndjson.ts'

async function rowsOf(input: string | Iterable<string> | Iterable<Uint8Array>): Promise<NdjsonRow[]> {
  const rows: NdjsonRow[] = []
  for await (const row of readNdjson(input)) rows.push(row)
  return rows
}

/** What is to be written of a contact that was exported. */
function wanted({ contactMethods = [], tags = [], ...fields }: ContactInput): unknown {
  return asJson({
    ...fields,
    ...(contactMethods?.length && { contactMethods }),
    ...(tags?.length && { tags }),
  })
}

/** Lines as files have them, good and bad. */
const lines = fc.array(
  fc.oneof(
    contactInput.map((contact) => JSON.stringify(contact)),
    fc.json({ maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      '{',
      '{"name":"é🙂"}\r',
      '{"name":"a","__proto__":1}',
      '\uFEFF{"name":"b"}',
      '{"tags":[1e99]}',
    ),
  ),
  { maxLength: 6 },
)

describe('readNdjson(writeNdjson(contacts))', () => {
  it('gives back every field of what is to be written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contactInput, { maxLength: 4 }), async (inputs) => {
        const rows = await rowsOf(await textOf(writeNdjson(inputs)))
        expect(rows.map(({ contact }) => contact)).toEqual(asJson(inputs))
      }),
      { numRuns: 500 },
    )
  })

  it('gives back every field of exported contacts that can be written, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contactInput, { minLength: 1, maxLength: 4 }), async (inputs) => {
        for await (const { contact, error, notes } of readNdjson(writeNdjson(inputs.map(stored)))) {
          expect([error, notes]).toEqual([undefined, undefined])
          expect(contact).toEqual(wanted(inputs.shift() ?? {}))
        }
        expect(inputs).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('readNdjson', () => {
  it('reads a file the same, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat({ max: 40 })), fc.boolean(), async (lines, cuts, asBytes) => {
        // A file of bytes that holds a zero byte is no text.
        const text = lines.join('\n').replaceAll('\0', '')
        const whole = asBytes ? new TextEncoder().encode(text) : text
        const parts: (string | Uint8Array)[] = []
        let at = 0
        for (const cut of cuts) {
          parts.push(whole.slice(at, at + cut))
          at += cut
        }
        parts.push(whole.slice(at))
        const said = (rows: readonly NdjsonRow[]): unknown =>
          rows.map(({ contact, error, line, text }) => ({ contact, issues: error?.issues, line, text }))
        expect(said(await rowsOf(parts as Iterable<string>))).toEqual(
          said(
            await rowsOf(
              asBytes
                ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))
                : text,
            ),
          ),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('never throws for text, and says of each line that is not blank what it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          lines.map((some) => some.join('\n')),
        ),
        async (text) => {
          const rows = await rowsOf(text)
          const said = new Set(rows.map(({ line }) => line))
          for (const [index, line] of text.split('\n').entries()) {
            if (/"importError"/.test(line)) continue
            expect([line, said.has(index + 1)]).toEqual([line, line.trim() !== ''])
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('refusedNdjson', () => {
  const error = new ContactsError({ code: 'conflict', message: 'Taken.' })
  const refuse = (rows: readonly NdjsonRow[]): string =>
    refusedNdjson({ failures: rows.map((row) => ({ line: row.line, error: row.error ?? error, row })) })

  it('prints each line as it stood, with the reason in front', async () => {
    const file = '{"name":"Ana"}\n  { "n": 17841400008460057 , "email":"x"}\r\n{}\n{"name":\n[1]\n'
    expect(refuse(await rowsOf(file)).split('\n')).toEqual([
      '{"importError":"line 1: Taken.","name":"Ana"}',
      expect.stringMatching(
        /^\{"importError":"line 2: The line cannot .*","n": 17841400008460057 , "email":"x"\}$/,
      ),
      '{"importError":"line 3: The line cannot be imported: it has nothing that is a field of a contact."}',
      expect.stringMatching(/^\{"importError":"line 4: .*"\}$/),
      '{"name":',
      expect.stringMatching(/^\{"importError":"line 5: .*"\}$/),
      '[1]',
      '',
    ])
    expect(refusedNdjson({ failures: [] })).toBe('')
  })

  it('is read as the file was, once and again, and does not grow', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (some) => {
        // An object without members is then a line that says nothing but why it was refused.
        const rows = (await rowsOf(some.join('\n'))).filter(({ text }) => !/^\s*\{\s*\}\s*$/.test(text))
        const once = refuse(rows)
        const again = await rowsOf(once)
        expect(again.map(({ contact, error }) => contact ?? error?.issues)).toEqual(
          rows.map(({ contact, error }) => contact ?? error?.issues),
        )
        const plain = (text: string): string =>
          text.replace(/"importError":"line \d+/g, '"importError":"line')
        expect(plain(refuse(again))).toBe(plain(once))
      }),
      { numRuns: 500 },
    )
  })

  it('takes the place of a reason that is there', async () => {
    const file = '{ "importError" : "line 9: a \\"quoted\\" \\\\" , "name" : "Ana"}'
    expect(refuse(await rowsOf(file))).toBe('{"importError":"line 1: Taken.","name" : "Ana"}\n')
  })
})

describe('writeNdjson', () => {
  const contact: Contact = {
    provider: 'memory',
    id: 'c-1',
    name: 'Ana\nSouza',
    contactMethods: [],
    customFields: {},
    raw: { secret: 1 },
  }

  it('prints every field but raw, in the order of the model, or the chosen ones in theirs', async () => {
    const { provider, ...others } = contact
    const shuffled: Contact = Object.assign({ extra: 7 }, others, { provider })
    expect(await textOf(writeNdjson([shuffled]))).toBe(
      '{"provider":"memory","id":"c-1","name":"Ana\\nSouza","contactMethods":[],"customFields":{}}\n',
    )
    expect(await textOf(writeNdjson([contact], { fields: ['raw', 'name', 'phone'] }))).toBe(
      '{"raw":{"secret":1},"name":"Ana\\nSouza"}\n',
    )
  })

  it('prints the digits that the provider sent', async () => {
    const text = '{"big":17841400008460057,"small":[0.12345678901234567891]}'
    const parsed = parseJson(text)
    const raw = parsed.ok ? parsed.value : undefined
    expect(await textOf(writeNdjson([{ ...contact, raw }], { fields: ['raw'] }))).toBe(`{"raw":${text}}\n`)
  })

  it('fails for what cannot be printed, behind what can', async () => {
    const reader = writeNdjson([contact, { ...contact, raw: 1n }], { fields: ['id', 'raw'] }).getReader()
    expect((await reader.read()).value).toBe('{"id":"c-1","raw":{"secret":1}}\n')
    await expect(reader.read()).rejects.toThrow()
    const strange = writeNdjson(['x'] as unknown as Contact[]).getReader()
    await expect(strange.read()).rejects.toMatchObject({
      issues: [{ path: 'contacts.0', message: 'is no contact' }],
    })
  })

  it.each<[string, unknown, unknown]>([
    ['contacts', undefined, {}],
    ['contacts', { list: () => [] }, {}],
    ['options', [], null],
    ['fields', [], { fields: [] }],
    ['fields.1', [], { fields: ['name', 'fullName'] }],
    ['columns', [], { columns: ['name'] }],
  ])('refuses bad %s at once', (path, contacts, options) => {
    expect(() => writeNdjson(contacts as Contact[], options as object)).toThrow(
      expect.objectContaining({ code: 'invalid_input', issues: [expect.objectContaining({ path })] }),
    )
  })
})
