import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { Stopped } from '../host.ts'
import { createTestProgram, type TestHostOptions } from '../testing/host.ts'

function createImport(text: string, name = 'leads.csv') {
  const program = createTestProgram()
  const file = (path: string): string => join(program.cwd, path)
  writeFileSync(file(name), text)
  const { chatbotkit } = program.emulator
  return {
    ...program,
    file,
    chatbotkit,
    write: (content: string, path = name) => writeFileSync(file(path), content),
    toBots: (more: readonly string[] = [], path = name, options: TestHostOptions = {}) =>
      program.run(['import', path, '--emulator', '--to', 'chatbotkit', '--by', 'email', '--yes', ...more], {
        terminal: { columns: 160 },
        env: { TERM: 'dumb' },
        ...options,
      }),
    emails: () => chatbotkit.contacts.map(({ email }) => email).sort(),
  }
}

const MESSY = [
  'Full Name;E-mail;Telephone;Plan;Notes',
  ' Ana Souza ;ana@example.com;+14155552671;pro;"one\nmore"',
  'Ben;BEN@example.com;;;',
  ';;;;',
  'Cleo;no address;;;',
  'Ana again;Ana@Example.com;;;',
  'Dora;dora@example.com;4.47E+11;;',
  'Eve;eve@example.com',
  '',
].join('\n')

const rows = (count: number): string =>
  ['name,email', ...Array.from({ length: count }, (_, i) => `Name ${i},u${i}@example.com`)].join('\n')

/** Moves the clock on when a run says that it waits. */
const passWaits =
  (clock: TestClock) =>
  (text: string): void => {
    if (text.includes('waiting')) setImmediate(() => clock.advance(53_000))
  }

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

  it('goes on after Ctrl-C, and doubles nothing', async () => {
    const program = createImport(rows(300))
    const { toBots, chatbotkit, emulator, emails } = program
    chatbotkit.faults.add({
      path: '/create',
      skip: 99,
      rewrite(answer) {
        program.stop.abort(new Stopped('SIGINT'))
        return answer
      },
    })
    const stopped = await toBots()
    expect(stopped.exitCode).toBe(130)
    const { length } = emails()
    expect(length).toBeGreaterThanOrEqual(100)
    expect(length).toBeLessThan(120)
    expect(stopped.stderr).toBe(
      `Stopped by Ctrl-C. chatbotkit has ${length} of 300 rows; the same command goes on from there.\n`,
    )
    const { exitCode, stdout, stderr } = await toBots()
    expect(stderr).toBe('This import was interrupted before: it goes on where it was.\n')
    expect(stdout).toBe(
      `leads.csv to chatbotkit: 300 rows, 300 created, 0 updated, 0 unchanged, 0 refused.\n`,
    )
    expect(exitCode).toBe(0)
    expect(emails()).toEqual(Array.from({ length: 300 }, (_, i) => `u${i}@example.com`).sort())
    expect(emulator.audit()).toMatchObject({ writes: 300, doubled: [] })
  })

  it('says what is under way, and stays one line, on a terminal', async () => {
    const { toBots } = createImport(`${rows(300)}\nX,no address`)
    const { stderr, stdout } = await toBots([], 'leads.csv', { env: {} })
    expect(stdout).toContain('300 created')
    const clear = '\r\u001b[2K'
    const bars = stderr.split(clear)
    expect(bars.some((bar) => /Importing .*% {2}\d+ of 301 {2}\d+ created, 1 refused/.test(bar))).toBe(true)
    // What the bar leaves behind is nothing.
    expect(bars.at(-1)).toBe('')
    expect(bars.slice(1).every((bar) => !bar.includes('\n'))).toBe(true)
  })

  it('asks whoever sits at a terminal, and writes nothing where the answer is no', async () => {
    const { run, emulator } = createImport(rows(3))
    const args = ['import', 'leads.csv', '--emulator', '--to', 'chatbotkit', '--by', 'email']
    const terminal = { columns: 100 }
    const { exitCode, stderr } = await run(args, { terminal, answer: false })
    expect([exitCode, emulator.audit().writes]).toEqual([1, 0])
    expect(stderr).toMatch(/Nothing was imported\.\n$/)
    // Nobody sits at a pipe.
    expect((await run([...args, '--dry-run'])).exitCode).toBe(0)
    expect(await run(args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"created":3') })
  })

  it('goes on after a kill, says so, and waits for a write that may be under way', async () => {
    const { toBots, chatbotkit, emulator, clock, emails } = createImport(rows(40))
    // The process dies while a request is out: nothing of it is heard any more.
    chatbotkit.faults.add({ path: '/create', skip: 20, stall: 'answer', times: Number.POSITIVE_INFINITY })
    void toBots([], 'leads.csv', { clock: createTestClock() })
    await expect.poll(() => emulator.audit().writes).toBeGreaterThan(20)
    chatbotkit.faults.clear()
    expect(
      (await toBots([], 'leads.csv', { onStderr: (t) => console.log(t, clock.pending) })).stderr,
    ).toMatch(
      /^Error: leads\.csv is being imported into chatbotkit already, by process \d+ on \S+\. Wait for that to end/,
    )
    await clock.advance(61_000)
    const { exitCode, stderr } = await toBots([], 'leads.csv', { onStderr: passWaits(clock) })
    expect(stderr).toBe(
      'This import was interrupted before: it goes on where it was.\n' +
        'A write that was cut off may still be under way: waiting 52 seconds, so that nothing is written twice.\n',
    )
    expect(exitCode).toBe(0)
    expect(emails()).toEqual(Array.from({ length: 40 }, (_, i) => `u${i}@example.com`).sort())
    expect(emulator.audit().doubled).toEqual([])
  })

  it('waits for a write whose answer was lost, and says for how long', async () => {
    const { toBots, chatbotkit, emulator, clock } = createImport(rows(3))
    chatbotkit.faults.add({ path: '/create', cut: 'answer' })
    const { exitCode, stderr, stdout } = await toBots([], 'leads.csv', {
      onStderr: passWaits(clock),
    })
    expect(stderr).toBe(
      'A write that was cut off may still be under way: waiting 53 seconds, so that nothing is written twice.\n',
    )
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('3 rows, 2 created, 0 updated, 1 unchanged'),
    ])
    expect(emulator.audit()).toMatchObject({ writes: 3, doubled: [] })
  })

  it('ends right where the file was changed after it was stopped', async () => {
    const program = createImport(rows(900))
    const { toBots, chatbotkit, write, emails } = program
    chatbotkit.faults.add({
      path: '/create',
      skip: 700,
      rewrite(answer) {
        program.stop.abort(new Stopped('SIGINT'))
        return answer
      },
    })
    expect((await toBots()).exitCode).toBe(130)
    write(rows(900).replace('Name 3,', 'Three,').replace('Name 5,u5@', 'Five,five@'))
    const { exitCode, stdout } = await toBots()
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(' 900 rows, ')])
    expect(emails()).toHaveLength(901)
    expect(chatbotkit.contacts.find(({ email }) => email === 'u3@example.com')).toMatchObject({
      name: 'Three',
    })
  })
})

describe('import of what the provider cannot hold', () => {
  it('names the columns, and what to do, before anything is sent', async () => {
    const { toBots, emulator, chatbotkit } = createImport(
      'email,Labels,First Name\nana@example.com,"a, b",Ana\n',
    )
    const { exitCode, stderr } = await toBots()
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      "Error: chatbotkit has no place for tags (column Labels) and givenName (column First Name). Leave them out: --drop tags --drop givenName, or keep it: --map 'Labels=customFields.tags'.\n",
    )
    expect(emulator.audit().writes).toBe(0)
    const { exitCode: done, stdout } = await toBots([
      '--drop',
      'tags',
      '--map',
      'First Name=customFields.first',
    ])
    expect([done, stdout]).toEqual([0, expect.stringContaining('Left out: tags (1 row).')])
    expect(chatbotkit.contacts).toMatchObject([{ email: 'ana@example.com', meta: { first: 'Ana' } }])
  })

  it('says which keys there are', async () => {
    const { run } = createImport('id,email\n1,ana@example.com\n')
    const { stderr } = await run(['import', 'leads.csv', '--emulator', '--to', 'chatbotkit', '--by', 'id'])
    expect(stderr).toContain('--by id cannot be used: chatbotkit does not store contacts and find them by it')
  })
})
