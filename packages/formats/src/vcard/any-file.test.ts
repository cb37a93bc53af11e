import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contactInput } from '../testing/inputs.ts'
import { bytesOf, cardsOf, vcard } from '../testing/vcards.ts'
import { refusedVCards } from './refused-vcards.ts'
import type { VCardRow } from './row.ts'
import { writeVCards } from './write-vcards.ts'

/** Lines as cards have them, good and bad; each character is one byte. */
const line = fc.oneof(
  fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'begin:vcard ',
    'VERSION:2.1',
    'VERSION:3.0',
    'VERSION:4.0',
    'FN:Ana',
    'N:Souza;Ana',
    '',
    ' folded',
    '\tfolded',
    'FN;CHARSET=windows-1252:J\u00f6rg',
    'FN:J\u00c3\u00b6rg',
    'NOTE;ENCODING=QUOTED-PRINTABLE:a=C3=',
    '=B6b',
    'AGENT:',
    'AGENT;X=1:',
    'TEL;CELL;PREF:+1 1',
    'EMAIL;TYPE="a:b;c":x@example.com',
    'EMAIL:x',
    'item1.TEL:1',
    'item1.X-ABLabel:_$!<Work>!$_',
    'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
    'AAAA',
    'no property',
    'KIND:group',
    'X-ANYCONTACT-FIELDS:;{"status":"x"}',
    ':',
    ';:',
    'TEL;"',
    'X-ANYCONTACT-FIELDS:;{"__proto__":{"a":1}}',
    'X-ANYCONTACT-ERROR:line 1: x',
    '__proto__:x',
    'constructor;TYPE=x:y',
    'UID:u-1',
    '\ufeff'.slice(1),
  ),
  fc.stringMatching(/^[A-Za-z;:="\\,^ .=-]{0,20}$/),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => String.fromCharCode(...bytes)),
)
const file = fc
  .array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r', '')), { maxLength: 30 })
  .map((lines) => lines.flat().join(''))

const said = (rows: readonly VCardRow[]): unknown =>
  rows.map(({ contact, error, line, text, ...others }) => ({
    contact,
    issues: error?.issues,
    line,
    text,
    ...others,
  }))

/** The rows of a file, or why it is none. */
async function readingOf(input: Iterable<Uint8Array> | Iterable<string>): Promise<unknown> {
  try {
    return said(await cardsOf(input))
  } catch (error) {
    return String(error)
  }
}

/** Longer than what tells text from what is none. */
const FIRST = vcard('VERSION:3.0', `FN:${'first'.repeat(20)}`)

describe('readVCards', () => {
  it('reads a file the same, wherever it is cut, and never throws but for a file without cards', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat({ max: 40 })), fc.boolean(), async (some, cuts, asBytes) => {
        const whole = asBytes ? bytesOf(some) : some
        const parts: (string | Uint8Array)[] = []
        let at = 0
        for (const cut of cuts) {
          parts.push(whole.slice(at, at + cut))
          at += cut
        }
        parts.push(whole.slice(at))
        const read = await readingOf([whole] as Iterable<string>)
        expect(await readingOf(parts as Iterable<string>)).toEqual(read)
        if (typeof read === 'string') {
          expect(read).toMatch(/it (?:is empty|has no card|is JSON|holds zero bytes)/)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('reads any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
        const rows = await cardsOf(
          vcard('FN:x') + texts.map((text) => vcard(text)).join('') + vcard('FN:last'),
        )
        expect(rows[0]).toMatchObject({ contact: { name: 'x' }, line: 1 })
      }),
    )
  })

  it('gives no card the lines of another, whatever stands before it', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (some) => {
        // A card that is open ends where the next begins, unless that is what it says of an agent.
        const text = `${FIRST}${some}\r\nNOTE:x\r\n${vcard('VERSION:3.0', 'FN:Zoe', 'UID:z-1')}`
        const last = (await cardsOf(bytesOf(text))).at(-1)
        expect(last).toMatchObject({ contact: { name: 'Zoe', externalId: 'z-1' } })
        expect(Object.keys(last?.contact ?? {})).toEqual(['name', 'externalId'])
      }),
      { numRuns: 1000 },
    )
  })

  it('reads what is refused as it was, once and again', async () => {
    const cards = fc.array(fc.oneof(file, contactInput), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(cards, async (some) => {
        let text = vcard('FN:first')
        for (const one of some) {
          if (typeof one === 'string') text += `${one}\r\n`
          else for await (const part of writeVCards([one])) text += part
        }
        const rows = await cardsOf(text)
        const refuse = (all: readonly VCardRow[]): string =>
          refusedVCards({
            failures: all.flatMap((row) => (row.error ? [{ line: row.line, error: row.error, row }] : [])),
          })
        // What stands between cards belongs to the one before it, where that has no end.
        const reasons = (all: readonly VCardRow[]): unknown =>
          all
            .flatMap(({ error }) => error?.issues ?? [])
            .filter(({ message }) => !message.startsWith('stands outside'))
            .map(({ path, message }) => [path, message.replace(/line \d+/, 'line')])
        const once = vcard('FN:first') + refuse(rows)
        const again = await cardsOf(once)
        expect(again.filter(({ contact }) => contact)).toHaveLength(1)
        expect(reasons(again)).toEqual(reasons(rows))
      }),
      { numRuns: 500 },
    )
  })
})
