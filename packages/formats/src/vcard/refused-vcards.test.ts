import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import type { FileInput } from '../source/input.ts'
import { bytesOf, cardsOf, readingOfCards, vcard } from '../testing/vcards.ts'
import { refusedVCards } from './refused-vcards.ts'

const error = new ContactsError({ code: 'conflict', message: 'Taken; ask, or wait.' })
const REASON = 'X-ANYCONTACT-ERROR:line 1: Taken\\; ask\\, or wait.'

/** All cards of a file, as if each had been refused. */
async function refused(file: FileInput): Promise<string> {
  const rows = await cardsOf(file)
  return refusedVCards({ failures: rows.map((row) => ({ line: row.line, error, row })) })
}

describe('refusedVCards', () => {
  it('prints each card as it stood, with the reason at its top', async () => {
    const lines = ['VERSION:4.0', 'FN:Ana', 'item1.TEL:+1 1', 'item1.X-ABLabel:x', 'NOTE:a', '  b']
    expect(await refused(vcard(...lines))).toBe(vcard('VERSION:4.0', REASON, ...lines.slice(1)))
    expect(await refused(vcard('FN:Ana', 'VERSION:3.0'))).toBe(vcard(REASON, 'FN:Ana', 'VERSION:3.0'))
    expect(refusedVCards({ failures: [] })).toBe('')
  })

  it('is read as the file was, and printed the same again', async () => {
    const file = [
      vcard(
        'VERSION:2.1',
        'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6=',
        'rg',
        'AGENT:',
        'BEGIN:VCARD',
        'FN:x',
        'END:VCARD',
      ),
      'BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE;ENCODING=QUOTED-PRINTABLE:x=\r\n',
      vcard('VERSION:3.0', 'FN:Ana'),
    ].join('')
    const once = await refused(file)
    expect(await readingOfCards(once)).toMatchObject([
      { name: 'Jörg' },
      [11, expect.stringContaining('has no END:VCARD')],
      { name: 'Ana' },
    ])
    expect((await refused(once)).replace(/line \d+/g, 'line')).toBe(once.replace(/line \d+/g, 'line'))
  })

  it('is UTF-8, whatever the card was in', async () => {
    const card = vcard('VERSION:2.1', 'FN;CHARSET=Windows-1252:J\u00f6rg', 'NOTE:M\u00c3\u00bcnchen')
    const printed = await refused(bytesOf(card))
    expect(printed).toContain('FN;CHARSET=UTF-8:Jörg\r\nNOTE:München\r\n')
    expect(await readingOfCards(new TextEncoder().encode(printed))).toEqual([
      { name: 'Jörg', note: 'München' },
    ])
  })

  it('does not end a card with what stood behind another', async () => {
    const file = `BEGIN:VCARD\r\nFN:cut\r\n${vcard('FN:Ana')}END:VCARD\r\n${vcard('FN:Eva')}`
    const rows = (await cardsOf(file)).filter((row) => row.error)
    const printed = refusedVCards({ failures: rows.map((row) => ({ line: row.line, error, row })) })
    expect(await readingOfCards(printed)).toEqual([
      [1, expect.stringContaining('stands outside of a card')],
      [3, expect.stringContaining('has no END:VCARD')],
    ])
  })

  it('is UTF-8 too where the file is not, and part of a card is', async () => {
    const card = vcard('VERSION:2.1', 'FN;CHARSET=UTF-8:J\u00c3\u00b6rg', 'NOTE:M\u00fcnchen')
    const [row] = await cardsOf(bytesOf(card), { encoding: 'windows-1252' })
    expect(row).toMatchObject({ contact: { name: 'Jörg', note: 'München' } })
    expect(row?.text).toContain('FN;CHARSET=UTF-8:Jörg\r\nNOTE:München\r\n')
  })
})
