import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FetchFunction } from '@anycontact/core'
import { CHATBOTKIT_SECRET } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { createTestProgram } from '../testing/host.ts'

const BOT = "{ adapter: 'chatbotkit', baseUrl: 'http://emulator.test' }"

function createWith(files: Readonly<Record<string, string>>) {
  const program = createTestProgram()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(program.cwd, name)), { recursive: true })
    writeFileSync(join(program.cwd, name), text)
  }
  program.emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana', fingerprint: 'u-1' }])
  return {
    ...program,
    count: (args: readonly string[] = [], env: Record<string, string> = { CHATBOTKIT_SECRET }) =>
      program.run(['count', ...args], { env }),
  }
}

const ONE = { exitCode: 0, stdout: '1\n', stderr: '' }

describe('a configuration', () => {
  it('is TypeScript, with types and imports of what is installed nowhere beside it', async () => {
    const { count, run } = createWith({
      'anycontact.config.ts': `
        import { type Config, defineConfig } from 'anycontact'
        import { memory } from '@anycontact/memory'
        import { defineSync } from '@anycontact/sync'
        import { settings } from './settings'
        import { ContactsError } from '@anycontact/core'
        const store = memory({ onWarning: (warning: unknown) => ContactsError.is(warning) })
        const config: Config = defineConfig({
          providers: { bot: settings, kept: store, made: () => memory(), later: async () => memory() },
          default: 'bot',
          syncs: { inner: defineSync({ name: 'inner', source: store, target: memory(), by: 'externalId' }) },
        })
        export default config
      `,
      'settings.ts': `
        import type { ProviderSettings } from 'anycontact'
        export const settings = ${BOT} satisfies ProviderSettings
      `,
    })
    expect(await count()).toEqual(ONE)
    for (const name of ['kept', 'made', 'later']) {
      expect(await count(['--provider', name])).toEqual({ exitCode: 0, stdout: '0\n', stderr: '' })
    }
    const { exitCode, stdout } = await run(['sync', 'inner'], { env: { CHATBOTKIT_SECRET } })
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { sync: 'inner', created: 0 }])
  })

  it.each([
    ['anycontact.config.js', `export default { providers: { bot: ${BOT} } }`],
    [
      'anycontact.config.mjs',
      `import { defineConfig } from 'anycontact'\nexport default defineConfig({ providers: { bot: ${BOT} } })`,
    ],
    [
      'anycontact.config.json',
      '{ "providers": { "bot": { "adapter": "chatbotkit", "baseUrl": "http://emulator.test" } } }',
    ],
  ])('is %s', async (name, text) => {
    expect(await createWith({ [name]: text }).count()).toEqual(ONE)
  })

  it('is another file by --config, with its own .env beside it', async () => {
    const { count } = createWith({
      'other/mine.ts': `export default { providers: { bot: { ...${BOT}, secret: { env: 'MY_SECRET' } } } }`,
      'other/.env': `MY_SECRET=${CHATBOTKIT_SECRET}\n`,
    })
    expect(await count(['--config', 'other/mine.ts'], {})).toEqual(ONE)
    expect(await count(['--config', 'no.ts'], {})).toMatchObject({
      exitCode: 2,
      stderr: 'Error: There is no file no.ts.\n',
    })
  })

  it('takes variables of a .env file, as they are, and those of the environment before them', async () => {
    const { count, emulator } = createWith({
      'anycontact.config.json':
        '{ "providers": { "bot": { "adapter": "chatbotkit", "baseUrl": "http://emulator.test" } } }',
      '.env': `CHATBOTKIT_SECRET='sk-a$b\${HOME}#c'\n`,
    })
    await count([], {})
    const { authorization } = emulator.chatbotkit.requests.at(-1)?.headers ?? {}
    expect(authorization).toBe(`Bearer sk-a$b$${'{HOME}'}#c`)
    expect(await count([], { CHATBOTKIT_SECRET })).toEqual(ONE)
  })

  it('takes any text from the environment, however deep it stands', async () => {
    const { count, emulator } = createWith({
      'anycontact.config.ts': `export default { providers: { bot: { ...${BOT}, headers: { 'x-team': { env: 'TEAM' } } } } }`,
    })
    expect(await count([], { CHATBOTKIT_SECRET, TEAM: 'blue' })).toEqual(ONE)
    expect(emulator.chatbotkit.requests.at(-1)?.headers['x-team']).toBe('blue')
    expect(await count()).toMatchObject({
      exitCode: 2,
      stderr: 'Error: The provider bot takes its headers from the variable TEAM, which is not set.\n',
    })
  })

  it.each(['() => ({})', 'async () => undefined', '{ supports: 1 }'])(
    'says what is no client: %s',
    async (made) => {
      const { count, run } = createWith({
        'anycontact.config.js': `export default { providers: { bot: ${made} } }`,
      })
      const said = 'The provider bot is no client: '
      expect(await count()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(said) })
      expect(await run(['doctor'])).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(said) })
      expect(await run(['providers'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(said) })
    },
  )

  it('is not waited for where something listens that is no emulator, and says nothing', async () => {
    const { run } = createTestProgram()
    const silent: FetchFunction = (_, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    const env = { ANYCONTACT_EMULATOR_URL: '' }
    const args = ['count', '--emulator', '--provider', 'chatbotkit']
    const { exitCode, stderr } = await run(args, { env, fetch: silent })
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Emulators in this process')])
  })

  it('is not needed where the variables of a provider are set', async () => {
    const env = { CHATBOTKIT_SECRET, CHATBOTKIT_BASE_URL: 'http://emulator.test' }
    const { count } = createWith({})
    expect(await count([], env)).toEqual(ONE)
    expect((await count(['--provider', 'cognipeer'], env)).stderr).toContain(
      'There is no provider cognipeer; there is chatbotkit.',
    )
    expect((await count([], {})).stderr).toContain('Nothing is configured here')
  })

  it('is read of no other place: no rc file, no package.json, no extends', async () => {
    const { count } = createWith({
      '.anycontactrc': 'providers.bot.adapter=memory',
      'package.json': '{ "anycontact": { "providers": { "bot": { "adapter": "memory" } } } }',
    })
    expect(await count([], {})).toMatchObject({ exitCode: 2, stdout: '' })
    const beside = createWith({
      'anycontact.config.js': `export default { providers: { bot: ${BOT} } }`,
      '.anycontactrc': 'default=nothing',
      'package.json': '{ "anycontact": { "default": "nothing" } }',
    })
    expect(await beside.count()).toEqual(ONE)
    const extending = createWith({
      'anycontact.config.js': `export default { extends: './base', providers: { bot: ${BOT} } }`,
      'base/anycontact.config.js': "export default { default: 'bot' }",
    })
    expect((await extending.count()).stderr).toContain('extends is no part of a configuration')
    const extended = createWith({
      'anycontact.config.json': '{ "extends": "./base", "providers": { "bot": { "adapter": "memory" } } }',
      'base/anycontact.config.json': '{ "default": "nothing" }',
    })
    const { exitCode, stderr } = await extended.count([], {})
    expect([exitCode, stderr]).toEqual([
      2,
      'Error: anycontact.config.json cannot be used: extends is no part of a configuration; the parts are providers, default, syncs, ledger.\n',
    ])
  })

  it.each([
    ['{}', 'providers is missing.'],
    ['{ "providers": { "bot": "chatbotkit" } }', 'providers.bot must be a client'],
    ['{ "providers": {}, "default": "bot" }', 'default names bot, which is none of its providers'],
    ['{ "providers": {}, "ledger": 1 }', 'ledger'],
    ['{ "providers": {}, "syncs": { "n": { "source": "a" } } }', 'syncs.n must be what defineSync returned'],
    [
      '{ "providers": {}, "syncs": { "n": { "source": "a", "target": "b", "by": "email" } } }',
      'the source of the sync n is a, which is none of its providers',
    ],
    ['{ "providers": { "bot": { "adapter": "hubspot" } } }', 'there are chatbotkit, cognipeer,'],
    ['[]', 'it must be an object'],
    ['{ "providers": {}\n "ledger": "sk-secret" }', 'is not JSON: look at line 2.'],
    ['{ "providers": sk-secret }', 'is not JSON'],
    ['"sk-secret"', 'it must be an object'],
  ])('says in plain words what is wrong with %s', async (text, message) => {
    const { exitCode, stdout, stderr } = await createWith({ 'anycontact.config.json': text }).count([], {})
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('sk-secret')
  })

  it('that is no TypeScript says where, and shows nothing of it', async () => {
    const { count } = createWith({
      'anycontact.config.ts':
        "export default {\n  providers: { bot: { adapter: 'chatbotkit', secret: 'sk-secret' ) } }\n}",
    })
    const { exitCode, stderr } = await count(['--verbose'], {})
    expect(exitCode).toBe(2)
    expect(stderr).not.toContain('sk-secret')
    expect(stderr).toContain('(line 2)')
  })

  it('imports what the program has loaded itself, so that there is one copy of each', async () => {
    const { count } = createWith({
      'anycontact.config.ts': `
        import { defineConfig } from 'anycontact'
        import '@anycontact/sync'
        export default defineConfig({ providers: { bot: ${BOT} } })
      `,
      'node_modules/anycontact/index.js': "throw new Error('another copy')",
      'node_modules/@anycontact/sync/index.js': "throw new Error('another copy')",
    })
    expect(await count()).toEqual(ONE)
  })

  it('is kept in no cache, for there may be secrets in it', async () => {
    const { count, cwd } = createWith({
      'anycontact.config.ts': `export default { providers: { bot: ${BOT} } }`,
      'node_modules/something/package.json': '{}',
    })
    expect(await count()).toEqual(ONE)
    expect(readdirSync(join(cwd, 'node_modules'))).toEqual(['something'])
  })

  it('that fails says why, in one line', async () => {
    const { count } = createWith({
      'anycontact.config.ts': "import { nothing } from './nowhere'\nexport default nothing('sk-secret')",
    })
    const { exitCode, stderr } = await count([], {})
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^Error: anycontact\.config\.ts cannot be used: .*nowhere.*\n$/)
    expect(stderr).not.toContain('sk-secret')
  })
})
