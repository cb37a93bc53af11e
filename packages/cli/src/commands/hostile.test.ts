import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createImport } from '../testing/import.ts'

/** What a terminal obeys, and what turns text around; the program itself writes no more than line ends. */
const STEERING = /(?!\n)[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

const EVIL = '\u001b]0;title\u0007\u009b2J\u202e'

const HOSTILE = `email,name,${EVIL} plan\na@example.com,Ana${EVIL},pro${EVIL}\nnot${EVIL},Ben,\n`

describe('what is written to a terminal', () => {
  it.each([[''], ['--dry-run'], ['--verbose'], ['--json'], ['--dry-run --json'], [`--map ${EVIL}=name`]])(
    'obeys nothing that a file, or its name, has in it: import %s',
    async (more) => {
      const name = `leads${EVIL}.csv`
      const { toBots } = createImport(HOSTILE, name)
      const { stdout, stderr, exitCode } = await toBots(more === '' ? [] : more.split(' '), name)
      expect(stdout + stderr).not.toMatch(STEERING)
      expect(exitCode).toBeGreaterThan(0)
      expect(stdout + stderr).not.toBe('')
    },
  )

  it.each([
    [['list', '--json']],
    [['list', '--columns', 'name,customFields']],
    [['list', '--json', '--columns', 'name,raw']],
    [['list', '--format', 'csv']],
    [['list', '--format', 'vcard']],
    [['export', '--format', 'csv']],
    [['search', 'Ana', '--json']],
    [['get', 'email=a@example.com', '--scan']],
    [['get', 'email=a@example.com', '--scan', '--json']],
    [['update', 'email=a@example.com', '--scan', '--set', 'name=Bea', '--dry-run']],
    [['update', 'email=a@example.com', '--scan', '--set', 'name=Bea', '--dry-run', '--json']],
    [['delete', 'email=a@example.com', '--scan', '--dry-run']],
    [['delete', 'email=a@example.com', '--scan', '--dry-run', '--json']],
    [['duplicates', '--by', 'name']],
    [['duplicates', '--by', 'name', '--json']],
    [['copy', '--from', 'chatbotkit', '--to', 'cognipeer', '--by', 'email']],
    [['copy', '--from', 'chatbotkit', '--to', 'cognipeer', '--by', 'email', '--json']],
    [['get', EVIL]],
    [['list', '--where', `${EVIL}=1`]],
    [['list', '--columns', EVIL]],
    [['list', '--order-by', EVIL]],
    [['list', '--config', `${EVIL}.json`]],
    [['export', '--output', `none/${EVIL}.csv`]],
    [[EVIL]],
  ])('obeys nothing that a contact or an argument has in it: %j', async (args) => {
    const { run, chatbotkit } = createImport('')
    const contact = { name: `Ana${EVIL}`, email: 'a@example.com', meta: { [`k${EVIL}`]: EVIL } }
    chatbotkit.seed([contact, { ...contact, email: 'b@example.com' }])
    const given = args.includes('copy') || args.length === 1 ? [] : ['--provider', 'chatbotkit']
    const named = args[0] === 'export' ? ['--from', 'chatbotkit'] : given
    const emulator = args.includes('--config') ? [] : ['--emulator']
    const { stdout, stderr } = await run([...args, ...emulator, ...named], {
      terminal: { columns: 120 },
      env: { TERM: 'dumb' },
      answer: false,
    })
    // Lines of CSV and vCard end in both.
    expect((stdout + stderr).replaceAll('\r\n', '\n')).not.toMatch(STEERING)
    expect(stdout + stderr).not.toBe('')
  })

  it('is JSON that says the same', async () => {
    const { run, chatbotkit } = createImport('')
    chatbotkit.seed([{ name: `Ana${EVIL}\u007f`, email: 'a@example.com' }])
    const args = ['list', '--emulator', '--provider', 'chatbotkit', '--json', '--columns', 'name']
    const { stdout } = await run(args, { terminal: { columns: 80 } })
    expect(JSON.parse(stdout)).toEqual({ name: `Ana${EVIL}\u007f` })
    expect(stdout).not.toContain('\u007f')
  })
})

describe('the file of refused rows', () => {
  const GOOD = 'email,name\na@example.com,Ana\n'

  // Windows has neither.
  it.skipIf(process.platform === 'win32')('is left alone where it is a device or a pipe', async () => {
    const { toBots, file } = createImport(GOOD)
    execFileSync('mkfifo', [file('pipe')])
    expect((await toBots(['--refused', 'pipe'])).exitCode).toBe(0)
    expect(statSync(file('pipe')).isFIFO()).toBe(true)
  })

  it('is known to be possible before anything is imported', async () => {
    const { toBots, emails } = createImport(GOOD)
    const { exitCode, stderr } = await toBots(['--refused', 'none/refused.csv'])
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining(
        'cannot be written: its folder is not there. Refused rows go there: name another file',
      ),
    ])
    expect(emails()).toEqual([])
    expect((await toBots(['--refused', 'none/refused.csv', '--dry-run'])).exitCode).toBe(0)
  })

  it('takes nothing from the report where it cannot be written after all', async () => {
    const { toBots, file, emails } = createImport(`${GOOD}bad,Ben\n`)
    mkdirSync(file('out'))
    const { exitCode, stdout, stderr } = await toBots(['--refused', 'out/refused.csv'], 'leads.csv', {
      onRequest: () => rmSync(file('out'), { recursive: true, force: true }),
    })
    expect([exitCode, stdout, emails()]).toEqual([1, expect.stringContaining('1 created'), ['a@example.com']])
    expect(stderr).toBe(
      'Error: The rows that were refused are in no file: out/refused.csv cannot be written: its folder is not there. Import again with --refused to name another one: what is imported is not written again.\n',
    )
  })

  it('is not the file that is imported, by whatever name', async () => {
    const text = 'email,name,importError\na@example.com,Ana,once\n'
    const { toBots, file, emails } = createImport(text)
    symlinkSync('leads.csv', file('alias.csv'))
    const { exitCode, stderr } = await toBots(['--refused', 'alias.csv'])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is the file that is imported')])
    expect([readFileSync(file('leads.csv'), 'utf8'), emails()]).toEqual([text, []])
  })

  it('is a link that leads to a file of something else: neither is touched', async () => {
    const { toBots, file } = createImport('email,name\nbad,Ana\n')
    writeFileSync(file('theirs.txt'), 'theirs', { mode: 0o644 })
    symlinkSync('theirs.txt', file('leads.refused.csv'))
    expect((await toBots()).exitCode).toBe(2)
    expect(readFileSync(file('theirs.txt'), 'utf8')).toBe('theirs')
    expect(existsSync(file('leads.refused.csv'))).toBe(true)
  })
})
