import { afterEach, expect, test } from 'vitest'
import { runCli } from '../cli.ts'
import type { EmulatorServer } from '../index.ts'

const servers: EmulatorServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function run(...args: string[]): Promise<{ readonly url: string; readonly out: string }> {
  let out = ''
  const result = await runCli(['--port', '0', ...args], { out: (text) => (out += text), err: () => {} })
  if (!('server' in result)) throw new Error('It did not start')
  servers.push(result.server)
  return { url: result.server.url, out }
}

async function list(url: string): Promise<{ total: number; data: { name: string; deleted?: boolean }[] }> {
  const response = await fetch(`${url}/v1/sdk/contact/list`, {
    method: 'POST',
    headers: { authorization: 'Bearer pat_emulator', 'x-hook-id': 'emulatorhook' },
    body: JSON.stringify({ limit: 50 }),
  })
  return Object(await response.json())
}

test('the program serves sample contacts of Cognipeer too, and says how to connect', async () => {
  const { url, out } = await run()
  expect(out).toContain(`cognipeer({ token: 'pat_emulator', hookId: 'emulatorhook', baseUrl: '${url}/v1' })`)
  expect(out).toContain(`apiUrl: '${url}/v1'`)
  const { total, data } = await list(url)
  expect(out).toContain(`hook emulatorhook, ${total} contacts`)
  expect(data[0]?.name).toBe('Ana Souza')
  expect(data.filter(({ deleted }) => deleted)).toHaveLength(1)
})

test('--empty serves none', async () => {
  const { url } = await run('--empty')
  expect((await list(url)).total).toBe(0)
})
