import { afterEach, expect, test } from 'vitest'
import { runCli } from './cli.ts'
import type { EmulatorServer } from './index.ts'

const servers: EmulatorServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function run(...args: string[]) {
  let out = ''
  let err = ''
  const result = await runCli(args, { out: (text) => (out += text), err: (text) => (err += text) })
  if ('server' in result) servers.push(result.server)
  return { result, out, err }
}

async function items(url: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}/api/v1/contact/list`, {
    headers: { authorization: 'Bearer sk-emulator' },
  })
  return Object(await response.json()).items
}

test('serves sample contacts, and says how to connect', async () => {
  const { result, out } = await run('--port', '0')
  const url = 'server' in result ? result.server.url : ''
  expect(out).toContain(`chatbotkit({ secret: 'sk-emulator', baseUrl: '${url}' })`)
  expect(out).toContain(`new ContactClient({ secret: 'sk-emulator', baseUrl: '${url}' })`)
  const contacts = await items(url)
  expect(out).toContain(`${contacts.length} contacts`)
  expect(contacts.length).toBeGreaterThan(5)
  const [first] = contacts.filter((contact) => contact.name === 'Ana Souza')
  const listing = `${url}/v1/contact/${first?.id}/task/list`
  const tasks = await fetch(listing, { headers: { authorization: 'Bearer sk-emulator' } })
  expect(Object(await tasks.json()).items).toHaveLength(1)
})

test('--empty serves none', async () => {
  const { result } = await run('--port=0', '--empty')
  expect(await items('server' in result ? result.server.url : '')).toEqual([])
})

test('--help tells the options', async () => {
  const { result, out } = await run('--help')
  expect(result).toEqual({ exitCode: 0 })
  for (const option of ['--port', '--hostname', '--empty', '4010']) expect(out).toContain(option)
})

test.each([['--port', 'x'], ['--port', '70000'], ['--unknown']])(
  '%s %s is refused with the help',
  async (...args) => {
    const { result, out, err } = await run(...args)
    expect([result, out]).toEqual([{ exitCode: 1 }, ''])
    expect(err).toContain('--port <number>')
  },
)
