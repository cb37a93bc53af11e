import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createImport, MESSY, rows } from '../testing/import.ts'

describe('import --dry-run', () => {
  it('tells where columns go and what would be done, and writes nothing', async () => {
    const { toBots, chatbotkit, emulator, cwd } = createImport(MESSY)
    chatbotkit.seed([{ name: 'Benjamin', email: 'ben@example.com', phone: '+14155550132' }])
    const { exitCode, stdout, stderr } = await toBots(['--dry-run'])
    expect(stdout).toBe(`Column     Goes to
Full Name  name
E-mail     email
Telephone  phone
Plan       custom field Plan
Notes      note

leads.csv to chatbotkit: 6 rows, 1 would be created, 1 changed, 0 unchanged, 4 refused.

Would be created:
  ana@example.com  Ana Souza

Would be changed:
  ben@example.com
    name: Benjamin → Ben

Refused:
  line 6: E-mail must look like an email address
  line 7: E-mail is the same as in line 2
  line 8: Telephone is a long number that a spreadsheet has shortened, such as 4.4E+11: make the column text there, and export it again
  line 9: has 2 cells where there are 5 columns

Nothing was written. chatbotkit itself may refuse more.
`)
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(emulator.audit().writes).toBe(0)
    expect(readdirSync(cwd)).toEqual(['leads.csv'])
  })

  it('shows the first of many, or all of them', async () => {
    const { toBots, chatbotkit } = createImport(rows(30))
    chatbotkit.seed(Array.from({ length: 12 }, (_, i) => ({ name: 'Old', email: `u${i}@example.com` })))
    const some = (await toBots(['--dry-run'])).stdout
    expect(some).toContain(
      'Would be changed, the first 10 of 12:\n  u0@example.com\n    name: Old → Name 0\n',
    )
    expect(some).toContain('Would be created, the first 10 of 18:\n  u12@example.com  Name 12\n')
    expect(some.match(/Old →/g)).toHaveLength(10)
    const all = (await toBots(['--dry-run', '--verbose'])).stdout
    expect(all.match(/Old →/g)).toHaveLength(12)
    expect(all).toContain('u29@example.com')
  })

  it('is one JSON object for programs', async () => {
    const { toBots } = createImport('email,id\nana@example.com,7\n')
    const { exitCode, stdout } = await toBots(['--dry-run', '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      rows: 1,
      created: 1,
      columns: [
        { header: 'email', to: 'email' },
        { header: 'id', to: 'customFields.id', reason: 'it can be the id of any system' },
      ],
    })
  })
})

describe('import', () => {
  it('imports what can be, writes the rest beside the file for its owner alone, and doubles nothing', async () => {
    const { toBots, chatbotkit, emulator, file, emails } = createImport(MESSY)
    chatbotkit.seed([{ name: 'Benjamin', email: 'ben@example.com', phone: '+14155550132' }])
    const first = await toBots()
    expect(first.stdout).toContain('6 rows, 1 created, 1 updated, 0 unchanged, 4 refused.')
    expect(first.stdout).toContain('These rows are in leads.refused.csv')
    expect(first.exitCode).toBe(1)
    expect(emails()).toEqual(['ana@example.com', 'ben@example.com'])
    // A blank cell says nothing.
    expect(chatbotkit.contacts).toMatchObject([
      { name: 'Ben', phone: '+14155550132' },
      { name: 'Ana Souza', phone: '+14155552671', meta: { Plan: 'pro' }, description: 'one\nmore' },
    ])
    const { writes } = emulator.audit()
    expect((await toBots()).stdout).toContain('0 created, 0 updated, 2 unchanged, 4 refused.')
    expect(emulator.audit()).toMatchObject({ writes, doubled: [] })
    const refused = readFileSync(file('leads.refused.csv'), 'utf8')
    expect(refused).toMatch(/^\uFEFFFull Name;E-mail;Telephone;Plan;Notes;importError\r\nCleo;no address;/)
    const modes = ['leads.refused.csv', '.anycontact', '.anycontact/emulator.db', '.anycontact/.gitignore']
    expect(modes.map((path) => (statSync(file(path)).mode & 0o777).toString(8))).toEqual([
      '600',
      '700',
      '600',
      '600',
    ])
  })

  it('imports refused rows when they are mended, and removes the file of those of before', async () => {
    const { toBots, file, emails, write, chatbotkit } = createImport(MESSY)
    await toBots()
    const refused = readFileSync(file('leads.refused.csv'), 'utf8')
    write(refused.replace('no address', 'cleo@example.com'), 'leads.refused.csv')
    const mended = await toBots([], 'leads.refused.csv')
    expect(mended.stdout).toContain('1 created, 1 updated, 0 unchanged, 2 refused.')
    expect(mended.stdout).toContain('These rows are in leads.refused.2.csv')
    expect(emails()).toEqual(['BEN@example.com', 'ana@example.com', 'cleo@example.com'])
    expect(readFileSync(file('leads.refused.2.csv'), 'utf8').split('\r\n')).toHaveLength(4)
    expect(chatbotkit.contacts).toMatchObject([{ name: 'Ana again' }, {}, {}])
    write('email\nana@example.com\n', 'leads.refused.csv')
    expect((await toBots([], 'leads.refused.csv')).exitCode).toBe(0)
    expect(existsSync(file('leads.refused.2.csv'))).toBe(false)
    expect(existsSync(file('leads.refused.csv'))).toBe(true)
  })

  it('writes over no file that is not one of refused rows', async () => {
    const { toBots, write, file, emulator } = createImport(MESSY)
    write('mine', 'leads.refused.csv')
    const { exitCode, stderr } = await toBots()
    expect(exitCode).toBe(2)
    expect(stderr).toContain('leads.refused.csv is there, and is no file of refused rows')
    expect((await toBots(['--refused', 'leads.csv'])).stderr).toContain('is the file that is imported')
    expect(emulator.audit().writes).toBe(0)
    await toBots(['--refused', 'other.csv'])
    expect(readFileSync(file('leads.refused.csv'), 'utf8')).toBe('mine')
    expect(readFileSync(file('other.csv'), 'utf8')).toContain('importError')
  })
})
