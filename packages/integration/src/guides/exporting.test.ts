import { type ExportCsvOptions, exportCsv, memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { blocksOf, guide, programSource } from './blocks.ts'
import { forExcel, forProgram, forSheets } from './exporting.ts'

const contacts = memory()
await contacts.create({
  name: '=HYPERLINK("http://x")',
  email: 'ana@example.com',
  phone: '+14155552671',
  tags: ['a', 'b'],
  note: 'first,=1+1',
  customFields: { plan: 'pro', 'utm.source': 'ad', address: { city: 'Porto' } },
})

async function textOf(csv: ReadableStream<string>): Promise<string> {
  let text = ''
  for await (const chunk of csv) text += chunk
  return text
}
const print = (options: ExportCsvOptions): Promise<string> => textOf(exportCsv(contacts, options))

it('the guide shows these programs', () => {
  expect(blocksOf('exporting')).toContain(programSource('exporting.ts'))
})

describe('each option that the guide has', () => {
  const columns = ['email', 'phone'] as const

  it('columns: these, in this order, custom fields by their keys', async () => {
    const custom = ['customFields.utm.source', 'customFields.address.city', 'customFields.none'] as const
    expect(await print({ columns: ['phone', 'email', 'tags', ...custom] })).toBe(
      'phone,email,tags,customFields.utm.source,customFields.address.city,customFields.none\r\n' +
        '+14155552671,ana@example.com,"[""a"",""b""]",ad,Porto,\r\n',
    )
    expect((await print({})).split('\r\n')[0]).toMatch(/^provider,id,.*customFields,.*deleted$/)
    expect(await print({})).not.toContain('raw')
  })

  it('delimiter, header', async () => {
    expect(await print({ columns, delimiter: ';' })).toBe('email;phone\r\nana@example.com;+14155552671\r\n')
    expect(await print({ columns, delimiter: '\t', header: false })).toBe('ana@example.com\t+14155552671\r\n')
  })

  it('bom: the bytes that Excel knows UTF-8 by, and none without it', async () => {
    const bytes = async (bom: boolean): Promise<number[]> => [
      ...new TextEncoder().encode(await print({ columns, bom })).slice(0, 3),
    ]
    expect(await bytes(true)).toEqual([0xef, 0xbb, 0xbf])
    expect(await bytes(false)).toEqual([...new TextEncoder().encode('ema')])
  })

  it('formulaEscape: an apostrophe before what would run, and not before numbers', async () => {
    const name = ['name', 'phone'] as const
    const cells = '"=HYPERLINK(""http://x"")",+14155552671'
    expect(await print({ columns: name, header: false })).toBe(`${cells.replace('=', "'=")}\r\n`)
    expect(await print({ columns: name, header: false, formulaEscape: false })).toBe(`${cells}\r\n`)
  })

  it('excelSafe: inside a cell too', async () => {
    const note = ['note'] as const
    expect(await print({ columns: note, header: false })).toBe('"first,=1+1"\r\n')
    expect(await print({ columns: note, header: false, excelSafe: true })).toBe('"first,\'=1+1"\r\n')
  })

  it('is in the table of the guide, and there is no other', () => {
    const rows = [...guide('exporting').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    const options: Record<keyof ExportCsvOptions, true> = {
      columns: true,
      delimiter: true,
      header: true,
      bom: true,
      formulaEscape: true,
      excelSafe: true,
    }
    expect(rows).toEqual(Object.keys(options))
  })
})

it('Excel, Google Sheets and a program get what the guide says', async () => {
  const excel = await textOf(forExcel(contacts))
  expect(excel).toBe(
    '\uFEFFname;email;phone;customFields.plan\r\n' +
      '"\'=HYPERLINK(""http://x"")";ana@example.com;+14155552671;pro\r\n',
  )
  expect(await textOf(forSheets(contacts))).toBe(excel.replace('\uFEFF', '').replaceAll(';', ','))
  const program = await textOf(forProgram(contacts))
  expect(program).toMatch(/^provider,/)
  expect(program).toContain('"=HYPERLINK(""http://x"")"')
  expect(program).toContain('"{""plan"":""pro""')
})
