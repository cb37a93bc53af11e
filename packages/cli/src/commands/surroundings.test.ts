import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { runCli } from '@anycontact/emulator/command'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CREDENTIALS } from '../config/credentials.ts'
import { Stopped } from '../host.ts'
import { type CliRun, createTestProgram } from '../testing/host.ts'

const TERMINAL = { terminal: { columns: 100 }, env: { NO_COLOR: '1' } }

const BOT = { adapter: 'chatbotkit', baseUrl: 'http://emulator.test' }
const CRM = {
  adapter: 'cognipeer',
  token: { env: 'CRM_TOKEN' },
  hookId: COGNIPEER_HOOK_ID,
  baseUrl: 'http://emulator.test/v1',
}

function createConfigured(providers: Readonly<Record<string, unknown>> = { bot: BOT, crm: CRM }, more = {}) {
  const program = createTestProgram()
  writeFileSync(join(program.cwd, 'anycontact.config.json'), JSON.stringify({ providers, ...more }))
  return program
}

const ENV = { CHATBOTKIT_SECRET, CRM_TOKEN: COGNIPEER_TOKEN, NO_COLOR: '1' }

describe('providers', () => {
  it('shows what each can do, within the width of a terminal', async () => {
    const { run } = createTestProgram()
    const { exitCode, stdout } = await run(['providers', '--emulator'], TERMINAL)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('                chatbotkit   cognipeer')
    expect(stdout).toMatch(/^get +id¹ +any key +id¹ +any but externalId$/m)
    expect(stdout).toMatch(/^delete +id¹ +– +id¹ +any but externalId$/m)
    expect(stdout).toMatch(/^upsert +externalId¹ +any but id² +a scan¹² +id²$/m)
    expect(stdout).toMatch(/^count +yes² +yes +yes² +yes²$/m)
    expect(stdout).toContain('¹ by other keys with --scan')
    for (const row of stdout.split('\n')) expect(row.length).toBeLessThanOrEqual(100)
  })

  it('leaves out what none of them can do', async () => {
    const { run } = createConfigured({ bot: BOT })
    const { stdout } = await run(['providers'], { ...TERMINAL, env: ENV })
    expect(stdout).toMatch(/^conversations +yes$/m)
    expect(stdout).not.toContain('comments')
  })

  it('gives programs what each declares', async () => {
    const { run } = createConfigured()
    const { stdout } = await run(['providers'], { env: ENV })
    const [bot, crm] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect([bot.name, bot.provider, crm.name, crm.provider]).toEqual([
      'bot',
      'chatbotkit',
      'crm',
      'cognipeer',
    ])
    expect(crm.capabilities.get.by).toContain('externalId')
  })

  it('says which cannot be used, shows the others, and ends with 1', async () => {
    const { run } = createConfigured()
    const { exitCode, stdout, stderr } = await run(['providers'], { env: { CHATBOTKIT_SECRET } })
    expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([1, 1])
    expect(stderr).toBe(
      'crm: The provider crm takes its token from the variable CRM_TOKEN, which is not set.\n',
    )
  })

  it('says how to configure where nothing is, with every variable that is needed', async () => {
    const { run } = createTestProgram()
    const { exitCode, stdout } = await run(['providers'], TERMINAL)
    expect(exitCode).toBe(0)
    const wanted = Object.values(CREDENTIALS).flat()
    for (const { variable, isNeeded, isSecret } of wanted) {
      if (isNeeded || isSecret) expect(stdout).toContain(variable)
    }
    expect((await run(['providers', '--help'])).stdout).toContain('To configure:')
    expect(await run(['providers'])).toMatchObject({ stdout: '' })
  })
})

describe('doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { run, emulator } = createConfigured()
    emulator.cognipeer.seed([{ name: 'A' }])
    const { exitCode, stdout, stderr } = await run(['doctor'], { ...TERMINAL, env: ENV })
    expect([exitCode, stderr]).toEqual([0, 'Nothing is wrong.\n'])
    expect(stdout.replace(/SQLite: .*/, 'SQLite: x')).toBe(
      [
        '  ok       Node 24.1.0.',
        '  ok       SQLite: x',
        '  ok       Providers of anycontact.config.json: bot, crm.',
        '  ok       The ledger .anycontact/ledger.db is not there yet; a sync makes it.',
        'bot',
        '  ok       secret from the variable CHATBOTKIT_SECRET.',
        '  ok       It answers.',
        '  ok       It may list contacts, and there are no contacts. Whether it may write, only a write would show.',
        '  –        No answer told the time.',
        'crm',
        '  ok       token from the variable CRM_TOKEN, hookId from the configuration.',
        '  ok       It answers.',
        '  ok       It may list contacts, and there is 1 contact. Whether it may write, only a write would show.',
        '  –        No answer told the time.',
        '',
      ].join('\n'),
    )
    expect(emulator.cognipeer.requests.map(({ path }) => path.split('/').at(-1))).toEqual(['list'])
  })

  it('tells refused credentials from missing ones and from no network', async () => {
    const { run, emulator } = createConfigured()
    const states = async (env: Record<string, string>) => {
      const { exitCode, stdout } = await run(['doctor', '--provider', 'crm'], { env })
      expect(stdout).not.toContain('"of":"bot"')
      const checks = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      return [
        exitCode,
        ...checks
          .filter(({ of }) => of === 'crm')
          .map(({ check, state, message }) => [check, state, message]),
      ]
    }
    expect(await states({})).toEqual([
      1,
      ['credentials', 'wrong', 'There is no token: set CRM_TOKEN, in the environment or in a file .env.'],
    ])
    expect(await states({ CRM_TOKEN: 'pat_wrong' })).toMatchObject([
      1,
      ['credentials', 'ok', expect.any(String)],
      [
        'answers',
        'wrong',
        expect.stringMatching(/^It answers and refuses the credentials.*\(status 401\)\.$/),
      ],
      ['clock', 'unknown', expect.any(String)],
    ])
    emulator.cognipeer.faults.add({ cut: 'connect' })
    const cut = await states(ENV)
    expect(cut[2]).toEqual(['answers', 'wrong', 'No answer: there is no network, or its address is wrong.'])
  })

  it('warns from a difference of 30 seconds between the clocks on', async () => {
    const { run, emulator } = createConfigured({ bot: BOT })
    const clock = async (date: string) => {
      emulator.chatbotkit.faults.add({ headers: { date } })
      const { exitCode, stdout } = await run(['doctor'], { env: ENV })
      const [check] = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ check }) => check === 'clock')
      return [exitCode, check.state, check.message]
    }
    const { now } = (await import('@anycontact/core/adapter-kit')).createTestClock()
    const at = (seconds: number) => new Date(Math.floor(now() / 1000) * 1000 + seconds * 1000).toUTCString()
    expect(await clock(at(0))).toEqual([0, 'ok', "This machine's clock and the provider's agree."])
    expect(await clock(at(29))).toMatchObject([0, 'ok', expect.any(String)])
    expect(await clock(at(31))).toEqual([
      0,
      'warning',
      expect.stringContaining('seconds behind the provider'),
    ])
    expect(await clock(at(-45))).toEqual([
      0,
      'warning',
      expect.stringContaining('seconds ahead of the provider'),
    ])
  })

  it('looks at Node, at the ledger that others can read, and at what cannot be configured', async () => {
    const { run, cwd } = createConfigured({ bot: BOT }, { ledger: 'kept/ledger.db' })
    mkdirSync(join(cwd, 'kept'))
    writeFileSync(join(cwd, 'kept/ledger.db'), '')
    chmodSync(join(cwd, 'kept/ledger.db'), 0o644)
    const seen = await run(['doctor'], { env: ENV, nodeVersion: '20.18.1' })
    expect(seen.exitCode).toBe(1)
    expect(seen.stdout).toContain('Node 20.18.1 is too old: install 20.19 or later.')
    expect(seen.stdout).toContain('Others can read the ledger kept/ledger.db (mode 644)')
    expect(seen.stderr).toBe('2 things are wrong.\n')
    chmodSync(join(cwd, 'kept/ledger.db'), 0o600)
    expect((await run(['doctor'], { env: ENV })).exitCode).toBe(0)
    const other = createConfigured({ bot: 'chatbotkit' })
    const wrong = await other.run(['doctor'], { env: ENV })
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, '1 thing is wrong.\n'])
    expect(wrong.stdout).toContain('anycontact.config.json cannot be used')
  })

  it('says of a ledger that it cannot look at why, and not that there is none', async () => {
    const { run, cwd } = createConfigured({ bot: BOT }, { ledger: 'kept/ledger.db' })
    writeFileSync(join(cwd, 'kept'), '')
    const { exitCode, stdout } = await run(['doctor'], { ...TERMINAL, env: ENV })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('The ledger kept/ledger.db cannot be looked at: its folder is a file.')
  })

  it('looks at the emulators too', async () => {
    const { run } = createTestProgram()
    const { exitCode, stdout } = await run(['doctor', '--emulator', '--provider', 'chatbotkit'], TERMINAL)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('chatbotkit\n  ok       Those of the emulators.\n  ok       It answers.\n')
  })

  it('knows which of two credentials is missing', async () => {
    const { run } = createConfigured({ inbox: { adapter: 'channel-inbox', baseUrl: 'http://emulator.test' } })
    expect((await run(['doctor'])).stdout).toContain('There is no apiKey or accessToken.')
    expect(await run(['doctor', '--provider', 'x'])).toMatchObject({ exitCode: 2 })
  })
})

describe('emulator', () => {
  it('serves until Ctrl-C, with the options of anycontact-emulator, and ends with 0', async () => {
    const { run, stop } = createTestProgram()
    let running: Promise<CliRun> | undefined
    const greeting = await new Promise<string>((resolve) => {
      running = run(['emulator', '--port', '0', '--empty'], { onStdout: resolve })
    })
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0] ?? ''
    const answer = await fetch(url, { headers: { accept: 'application/json' } })
    expect(await answer.text()).toContain('chatbotkit')
    stop.abort(new Stopped('SIGINT'))
    expect(await running).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining(`ANYCONTACT_EMULATOR_URL=${url}\n`),
    })
    await expect(fetch(url)).rejects.toThrow()
  })

  it('helps with every option of anycontact-emulator', async () => {
    const { run } = createTestProgram()
    const { stdout } = await run(['emulator', '--help'])
    const said: string[] = []
    await runCli(['--help'], { out: (text) => said.push(text), err: () => undefined })
    const names = [...said.join('').matchAll(/^ {2}(--[a-z]+)/gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(4)
    const own = names.filter((name) => name !== '--help' && name !== '--version')
    for (const name of own) expect(stdout).toContain(`  ${name}`)
  })

  it('ends with the exit codes of anycontact-emulator', async () => {
    const { run } = createTestProgram()
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    expect(await run(['emulator', '--port', port])).toMatchObject({ exitCode: 1 })
    expect(await run(['emulator', '--prt', '1'])).toMatchObject({ exitCode: 2 })
  })
})
