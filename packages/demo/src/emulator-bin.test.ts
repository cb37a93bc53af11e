import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const BIN = fileURLToPath(new URL('../../emulator/src/bin.ts', import.meta.url))

let server: ChildProcess
let folder: string
let printed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anycontact-printed-'))
  server = spawn(process.execPath, [BIN, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The program ended with ${code}: ${printed}`)
  })
  const greeted = new Promise<void>((resolve) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (printed.includes('Ctrl+C')) resolve()
    })
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  })
  await Promise.race([greeted, ended])
  // It is ended at the end.
  ended.catch(() => {})
})

afterAll(async () => {
  server.kill('SIGINT')
  await rm(folder, { recursive: true, force: true })
})

/** The paragraphs that are printed of a vendor: the lines that connect, the vendor's own client, a command. */
function paragraphs(heading: string): readonly string[] {
  const [, after = ''] = printed.split(heading)
  const [, ...rest] = after.split('\n\n')
  return rest.slice(0, 3).map((text) => text.replaceAll(/^ {2}/gm, ''))
}

/** Runs lines as a program of their own, and gives what it writes to the console. */
async function run(name: string, source: string): Promise<readonly string[]> {
  const path = join(folder, `${name}.ts`)
  await writeFile(path, source)
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await import(/* @vite-ignore */ path)
    return log.mock.calls.map((args) => args.join(' '))
  } finally {
    log.mockRestore()
  }
}

const VENDORS = [
  {
    name: 'chatbotkit',
    heading: 'ChatBotKit contacts API',
    firstOrLast: 'Ana Souza ana.souza@example.com',
    contacts: 10,
    ownCall: 'console.log((await client.list()).items.length)',
    ownAnswer: '10',
  },
  {
    name: 'cognipeer',
    heading: 'Cognipeer contacts API',
    firstOrLast: 'Ana Souza ana.souza@example.com',
    contacts: 9,
    ownCall: 'console.log((await client.contacts.list({ limit: 50 })).total)',
    ownAnswer: '10',
  },
  {
    name: 'channel-inbox',
    heading: 'Channel inbox (iMBrace) contacts API',
    firstOrLast: 'Ana Souza +5511961234567',
    contacts: 6,
    ownCall: 'console.log((await client.contacts.list()).data.length)',
    ownAnswer: '6',
  },
  {
    name: 'contact-methods',
    heading: 'Client contact-methods API (Artu)',
    firstOrLast: '11111111-1111-4111-8111-111111111111 ana.souza@example.com',
    contacts: 3,
    ownCall: 'console.log((await sdk.contactMethods.list()).data.length)',
    ownAnswer: '7',
  },
] as const

describe.each(VENDORS)('what the program prints of $name', ({ name, heading, ...expected }) => {
  test('connects in three lines, which list the sample contacts', async () => {
    const [lines = ''] = paragraphs(heading)
    expect(lines.split('\n')).toHaveLength(3)
    const output = await run(name, lines)
    expect(output).toContain(expected.firstOrLast)
    expect(output).toHaveLength(expected.contacts)
  })

  test('connects with the vendor’s own client', async () => {
    const [, lines = ''] = paragraphs(heading)
    expect(await run(`${name}-own`, `${lines}\n${expected.ownCall}\n`)).toEqual([expected.ownAnswer])
  })

  test('has a command that is answered', async () => {
    const [, , command = ''] = paragraphs(heading)
    const url = /(https?:[^\s']+)/.exec(command)?.[1] ?? ''
    const headers = [...command.matchAll(/-H '([^:']+): ([^']+)'/g)].map(
      ([, title = '', value = '']): [string, string] => [title, value],
    )
    const method = /-X ([A-Z]+)/.exec(command)?.[1] ?? 'GET'
    expect((await fetch(url, { method, headers })).status).toBe(200)
    expect((await fetch(url, { method })).status).toBe(401)
  })
})

test('all are on one port', () => {
  const ports = [...printed.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port)
  expect(ports.length).toBeGreaterThanOrEqual(4 * 4)
  expect(new Set(ports).size).toBe(1)
})
