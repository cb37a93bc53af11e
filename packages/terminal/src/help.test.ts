import { expect, test } from 'vitest'
import { OLDEST } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'

test('--help names the commands and the exit codes, and that of each command has an example', async () => {
  await using scene = await Scene.create({ node: OLDEST })
  const { code, stdout } = await scene.piped(['--help'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Exit codes: 0 .*, 1 .*, 2 .*, 130 /m)
  const [, list = ''] = stdout.split('\nCommands:\n')
  const commands = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name)
  expect(commands).toEqual(expect.arrayContaining(['list', 'get', 'export', 'mcp']))
  const helps = await Promise.all(commands.map((name) => scene.piped([name, '--help'])))
  for (const [at, help] of helps.entries()) {
    expect([commands[at], help.code, help.stderr]).toEqual([commands[at], 0, ''])
    expect(help.stdout).toContain('\nExamples:\n')
    expect(help.stdout).toMatch(new RegExp(`^ +\\$ (\\S+=\\S+ )*anycontact ${commands[at]}\\b`, 'm'))
  }
})

test('help is as wide as the terminal', async () => {
  await using scene = await Scene.create()
  await using terminal = scene.terminal(['list', '--help'], { columns: 80, env: { NO_COLOR: '1' } })
  await terminal.ended()
  const [options = ''] = terminal.raw.replaceAll('\r', '').split('\nExamples:')
  expect(options.split('\n').filter((line) => line.length > 80)).toEqual([])
})
