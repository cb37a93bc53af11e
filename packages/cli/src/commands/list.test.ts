import { describe, expect, it } from 'vitest'
import { createTestProgram } from '../testing/host.ts'

function createFilled() {
  const program = createTestProgram()
  program.emulator.chatbotkit.seed([
    { name: '山田 太郎', email: 'yamada@example.jp', meta: { plan: 'team' } },
    { name: 'Ana Souza', email: 'ana@example.com', meta: { plan: 'pro' } },
    { name: 'Red \u001b[31mHat\u0007\u202e', email: 'red@example.com' },
  ])
  return { ...program, list: ['list', '--emulator', '--provider', 'chatbotkit'] }
}

describe('list', () => {
  it('prints NDJSON in a pipe, with the columns that are asked for', async () => {
    const { run, list } = createFilled()
    const { exitCode, stdout } = await run([
      ...list,
      '--columns',
      'name,customFields.plan',
      '--where',
      'customFields.plan=pro,team',
    ])
    expect(exitCode).toBe(0)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .sort((a, b) => a.name.localeCompare(b.name)),
    ).toEqual([
      { name: 'Ana Souza', 'customFields.plan': 'pro' },
      { name: '山田 太郎', 'customFields.plan': 'team' },
    ])
  })

  it('prints a table on a terminal, with wide characters aligned and nothing that steers it', async () => {
    const { run, list } = createFilled()
    const { stdout } = await run([...list, '--columns', 'name,email'], {
      terminal: { columns: 60 },
      env: { NO_COLOR: '1' },
    })
    expect(stdout).toBe(
      [
        'name                 email',
        'Red ␛[31mHat␇\\u202e  red@example.com',
        'Ana Souza            ana@example.com',
        '山田 太郎            yamada@example.jp',
        '',
      ].join('\n'),
    )
  })

  it('has colours on a terminal alone, and not with NO_COLOR', async () => {
    const { run, list } = createFilled()
    const bold = '\u001b[1m'
    expect((await run(list, { terminal: { columns: 60 } })).stdout).toContain(bold)
    expect((await run(list, { terminal: { columns: 60 }, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b',
    )
    expect((await run(list, { terminal: { columns: 60 }, env: { TERM: 'dumb' } })).stdout).not.toContain(
      '\u001b',
    )
    expect((await run([...list, '--format', 'table'])).stdout).not.toContain('\u001b')
  })

  it('lists the contacts of one of the emulators where none is named', async () => {
    const { run } = createFilled()
    const { exitCode, stdout } = await run(['list', '--emulator'])
    expect(exitCode).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(3)
  })

  it('asks for the provider where several are configured, and none of them as the default', async () => {
    const { run } = createFilled()
    const env = {
      CHATBOTKIT_SECRET: 'sk-emulator',
      COGNIPEER_TOKEN: 'pat_emulator',
      COGNIPEER_HOOK_ID: 'hook',
    }
    const { exitCode, stdout, stderr } = await run(['list'], { env })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Say which provider: --provider chatbotkit or --provider cognipeer.')
  })

  it('ends with 1 where contacts may be missing, unless only some were asked for', async () => {
    const { run, emulator } = createFilled()
    emulator.cognipeer.seed([{ name: 'Ana' }])
    emulator.cognipeer.faults.add({
      path: /list/,
      times: Number.POSITIVE_INFINITY,
      rewrite: (answer) => ({ ...Object(answer), totalCount: 3, total: 3 }),
    })
    const list = ['list', '--emulator', '--provider', 'cognipeer', '--columns', 'name']
    const { exitCode, stdout, stderr } = await run(list)
    expect([exitCode, stdout]).toEqual([1, '{"name":"Ana"}\n'])
    expect(stderr).toContain('Not whole: 1 contact came')
    expect((await run([...list, '--limit', '1'])).exitCode).toBe(0)
    expect(await run([...list, '--format', 'vcard'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('A vCard has no columns'),
    })
  })

  it('refuses what is no option, no field and no provider before anything is asked for, with 2', async () => {
    const { run, list, emulator } = createFilled()
    for (const [args, message] of [
      [[...list, '--colums', 'name'], 'Did you mean --columns?'],
      [[...list, '--columns', 'name,colour'], 'colour must be'],
      [['list', '--emulator', '--provider', 'crm'], 'There is no provider crm'],
      [['lst'], 'Did you mean list?'],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(args)
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toContain(message)
    }
    expect(emulator.chatbotkit.requests).toHaveLength(0)
  })
})
