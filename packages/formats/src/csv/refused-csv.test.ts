import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { readingOf, rowsOf } from '../testing/rows.ts'
import type { ReadCsvOptions } from './options.ts'
import { refusedCsv } from './refused-csv.ts'

const error = new ContactsError({ code: 'conflict', message: 'Taken.' })

/** All rows of a file, as if each had been refused. */
async function refused(file: string, options?: ReadCsvOptions): Promise<string> {
  const rows = await rowsOf(file, options)
  return refusedCsv({ failures: rows.map((row) => ({ line: row.line, error, row })) })
}

describe('refusedCsv', () => {
  it('prints the columns of the file and one more, with its delimiter', async () => {
    expect(await refused('Name;E-Mail;Note\nAna;ana@example.com;"a;b"\n')).toBe(
      '\uFEFFName;E-Mail;Note;importError\r\nAna;ana@example.com;"a;b";line 2: Taken.\r\n',
    )
    expect(refusedCsv({ failures: [] })).toBe('')
  })

  it('takes no number for a formula, whatever kind of number it is', async () => {
    const file = 'Phone,Mobile,Fax,Note\n+1 (415) 555-2671,+1 (415) 555-2672,+1 (415) 555-2673,+1 (415)\n'
    expect(await refused(file, { addresses: 'contactMethods' })).toContain(
      "+1 (415) 555-2671,+1 (415) 555-2672,+1 (415) 555-2673,'+1 (415),line 2",
    )
  })

  it('is read as the file was, once and again', async () => {
    const file = [
      'name,phone,note,customFields.x,tags',
      `Ana,+1 (415) 555-2671,'=1+1,'@x,"[""a""]"`,
      `'t Hooft,-12,=1+1,+1 (415) 1,a;b`,
      '',
    ].join('\n')
    const once = await refused(file)
    expect(await readingOf(once)).toEqual(await readingOf(file))
    expect((await refused(once)).replace(/line \d/g, 'line')).toBe(once.replace(/line \d/g, 'line'))
  })

  it('prints nothing that runs as a formula', async () => {
    expect(await refused('name,=x,note\nAna,=1+1,"=HYPERLINK(""x"")"')).toBe(
      `\uFEFFname,'=x,note,importError\r\nAna,'=1+1,"'=HYPERLINK(""x"")",line 2: Taken.\r\n`,
    )
  })

  it('leaves cells empty where it is not certain to which columns they belong, and says how the row reads', async () => {
    const file = 'name,email\nAna\nBen,x,=1\n"Eva"x,y\nZoe,zoe@example.com,\n'
    const once = await refused(file)
    expect(once.split('\r\n').slice(1, -1)).toEqual([
      ',,line 2: Taken. It reads: Ana',
      `,,"line 3: Taken. It reads: Ben,x,'=1"`,
      ',,line 4: Taken.',
      'Zoe,zoe@example.com,line 5: Taken.',
    ])
    expect(await readingOf(once)).toMatchObject([
      [2, ': has nothing in the columns that are read'],
      [3, expect.anything()],
      [4, expect.anything()],
      { name: 'Zoe' },
    ])
    expect(await refused(once)).toBe(once)
  })

  it.each(['\n', '\r\n'])(
    'leaves a blank cell blank, also behind the last delimiter, with lines that end in %j',
    async (end) => {
      const file = ['name,note,plan', 'Ana,\t,', 'Ben,x, \t', 'Zoe,,"pro"', ''].join(end)
      expect((await refused(file)).split('\r\n').slice(1, -1)).toEqual([
        'Ana,,,line 2: Taken.',
        'Ben,x,,line 3: Taken.',
        'Zoe,,pro,line 4: Taken.',
      ])
      expect(await readingOf(await refused(file))).toEqual(await readingOf(file))
    },
  )

  it('has no header where the file has none', async () => {
    const printed = await refused('Ana,x\n', { columns: ['name', null] })
    expect(printed).toBe('\uFEFFAna,x,line 1: Taken.\r\n')
    expect(await readingOf(printed, { columns: ['name', null, null] })).toEqual([{ name: 'Ana' }])
  })
})
