import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Stopped } from '../host.ts'
import { type CliRun, createTestProgram } from '../testing/host.ts'

/** An application that has started the command, and talks to it line by line. */
function start(args: readonly string[] = [], env: Record<string, string> = {}) {
  const program = createTestProgram()
  program.emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana', fingerprint: 'u1' }])
  const stdin = new PassThrough()
  const answers = new Map<unknown, (answer: Record<string, unknown>) => void>()
  let rest = ''
  const onStdout = (text: string): void => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const message: Record<string, unknown> = JSON.parse(line)
      answers.get(message.id)?.(message)
    }
  }
  const ended: Promise<CliRun> = program.run(['mcp', ...args], { stdin, onStdout, env })
  let id = 0
  return {
    ...program,
    stdin,
    ended,
    ask(method: string, params: Record<string, unknown> = {}) {
      id++
      const answer = new Promise<Record<string, unknown>>((resolve) => answers.set(id, resolve))
      stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
      return answer
    },
    tell: (method: string) => stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`),
  }
}

const HELLO = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'test', version: '1.0.0' },
}

describe('mcp', () => {
  it('serves the contacts of a provider until its input ends, with nothing but the protocol on its output', async () => {
    const { ask, tell, stdin, ended } = start(['--emulator', '--provider', 'chatbotkit'])
    expect(await ask('initialize', HELLO)).toMatchObject({ result: { serverInfo: { name: 'anycontact' } } })
    tell('notifications/initialized')
    const listed = await ask('tools/list')
    expect(JSON.stringify(listed)).toContain('list_contacts')
    expect(JSON.stringify(listed)).not.toContain('apply_')
    const got = await ask('tools/call', { name: 'get_contact', arguments: { by: 'id', value: 'c1' } })
    expect(got).toMatchObject({ result: { structuredContent: { untrustedContactData: [{ name: 'Ana' }] } } })
    stdin.end()
    const { exitCode, stdout, stderr } = await ended
    expect([exitCode, stderr]).toEqual([0, ''])
    for (const line of stdout.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
  })

  it('writes only with --write, and looks through the listing only with --scan', async () => {
    const { ask, tell, stdin, ended } = start(['--emulator', '--provider', 'chatbotkit', '--write', '--scan'])
    await ask('initialize', HELLO)
    tell('notifications/initialized')
    expect(JSON.stringify(await ask('tools/list'))).toContain('apply_delete_contact')
    const params = { name: 'get_contact', arguments: { by: 'externalId', value: 'u1' } }
    expect(JSON.stringify(await ask('tools/call', params))).toContain('Ana')
    stdin.end()
    expect((await ended).exitCode).toBe(0)
  })

  it('is stopped by Ctrl-C', async () => {
    const { ask, stop, ended } = start(['--emulator', '--provider', 'chatbotkit'])
    await ask('initialize', HELLO)
    stop.abort(new Stopped('SIGINT'))
    expect(await ended).toMatchObject({ exitCode: 130, stderr: 'Stopped by Ctrl-C.\n' })
  })

  it('says on standard error alone what it cannot do', async () => {
    expect(await start(['--emulator', '--provider', 'crm']).ended).toMatchObject({ exitCode: 2, stdout: '' })
    expect(await start().ended).toMatchObject({ exitCode: 2, stdout: '' })
  })
})
