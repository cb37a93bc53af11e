import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'
import { readCsv } from './read-csv.ts'

describe('a header that is there several times', () => {
  it('does not sink a file of 70 columns, and loses nothing', async () => {
    const titles = [
      'Name',
      'Email',
      ...Array.from({ length: 66 }, (_, index) => `Field ${index % 33}`),
      '',
      '',
    ]
    const cells = titles.map((title, index) => (title === '' ? '' : `${index}`))
    cells[1] = 'ana@example.com'
    const text = `${titles.join(',')}\n${cells.join(',')}\n`
    const [read] = await readingOf(text)
    expect(Object.keys(Object(Object(read).customFields)).length).toBe(66)
    expect(read).toMatchObject({
      name: '0',
      customFields: { 'Field 0': '2', 'Field 0 (2)': '35', 'Field 32': '34', 'Field 32 (2)': '67' },
    })
    const { columns } = await readCsv(text).header()
    expect(columns[35]).toEqual({
      header: 'Field 0',
      to: 'customFields.Field 0 (2)',
      reason: 'it is no field of a contact, and another column has its header',
    })
  })

  it('is the field in the first of its columns, and each can be named', async () => {
    const text = 'Note,Note,City,City,City (2),City\na,b,c,d,e,f\n'
    const { columns } = await readCsv(text).header()
    expect(columns.map(({ to, reason }) => [to, reason])).toEqual([
      ['note', undefined],
      ['customFields.Note (2)', 'note is taken from the first column of that name'],
      ['customFields.City', 'it is no field of a contact'],
      ['customFields.City (3)', 'it is no field of a contact, and another column has its header'],
      ['customFields.City (2)', 'it is no field of a contact'],
      ['customFields.City (4)', 'it is no field of a contact, and another column has its header'],
    ])
    expect(
      await readingOf(text, { columns: { 'Note (2)': 'nickname', 'City (3)': 'status', 'City (4)': null } }),
    ).toEqual([{ note: 'a', nickname: 'b', status: 'd', customFields: { City: 'c', 'City (2)': 'e' } }])
    expect(await readingOf(text, { columns: { City: null, 'note (2)': null } })).toEqual([
      { note: 'a', customFields: { 'City (2)': 'e' } },
    ])
  })

  it('is refused where contacts are told apart by it', async () => {
    await expect(readingOf('externalId,name,externalId\n1,Ana,2\n')).rejects.toThrow(
      '"externalId" and "externalId (2)" are both called as externalId is: say in `columns` which it is',
    )
    expect(
      await readingOf('externalId,externalId\n1,2\n', { columns: { 'externalId (2)': 'externalId' } }),
    ).toEqual([{ externalId: '2', customFields: { externalId: '1' } }])
  })
})
