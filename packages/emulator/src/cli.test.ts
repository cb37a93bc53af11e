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
  for (const option of ['--port', '--host', '--seed', '--empty', '--log', '--help', '--version', '4010'])
    expect(out).toContain(option)
})

test.each([
  [['--port', 'x'], '--port x is no port: a whole number from 0 to 65535.'],
  [['--port', '70000'], '--port 70000 is no port: a whole number from 0 to 65535.'],
  [['--port'], '--port wants a value.'],
  [['--port', '--log'], '--port wants a value.'],
  [['--seed='], '--seed wants a value.'],
  [['--empty=yes'], '--empty takes no value.'],
  [['--prot', '4011'], 'Unknown option --prot. Did you mean --port?'],
  [['--hostname', '::1'], 'Unknown option --hostname. Did you mean --host?'],
  [['--unrelated'], 'Unknown option --unrelated.'],
  [['-x'], 'Unknown option -x.'],
  [['4010'], 'Unexpected argument 4010.'],
  [['--seed', 'a.json', '--empty'], '--seed and --empty exclude each other.'],
])('%o is refused in one line', async (args, message) => {
  const { result, out, err } = await run(...args)
  expect([result, out]).toEqual([{ exitCode: 2 }, ''])
  expect(err).toBe(`${message} --help shows what there is.\n`)
})

test('the address of every network is printed as one that can be asked', async () => {
  const { result } = await run('--port', '0', '--host', '0.0.0.0')
  expect('server' in result && result.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})
