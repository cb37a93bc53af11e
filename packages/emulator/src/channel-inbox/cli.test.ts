import { afterEach, expect, test } from 'vitest'
import { runCli } from '../cli.ts'
import type { EmulatorServer } from '../index.ts'

const servers: EmulatorServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

test.each([
  [[], 6],
  [['--empty'], 0],
])('the program serves the inbox beside the others, and says how to connect: %o', async (more, count) => {
  let out = ''
  const result = await runCli(['--port', '0', ...more], { out: (text) => (out += text), err: () => {} })
  if (!('server' in result)) throw new Error('It did not start.')
  servers.push(result.server)
  const { url } = result.server
  expect(out).toContain(`channelInbox({ apiKey: 'api_emulator', baseUrl: '${url}' })`)
  expect(out).toContain(`${count} contacts`)
  const headers = { 'x-api-key': 'api_emulator' }
  const get = async (path: string) =>
    Object(await (await fetch(`${url}/channel-service/v1${path}`, { headers })).json())
  const { data } = await get('/contacts')
  expect(data).toHaveLength(count)
  const ana = data.find((contact: { display_name: string }) => contact.display_name === 'Ana Souza')
  if (count > 0) {
    expect((await get(`/contacts/${ana.id}/conversations`)).data).toHaveLength(1)
    expect(ana.labels).toEqual(['vip', 'pro plan'])
    expect(await get(`/contacts/${ana.id}/comments`)).toMatchObject([{ text: 'Called back on Monday' }])
    expect(await get('/contacts/by-board-item/bi_1')).toMatchObject({ id: ana.id })
    expect((await get('/contacts?q=souza')).data).toMatchObject([{ id: ana.id }])
  }
  expect((await get('/notifications')).unread_count).toBe(count > 0 ? 1 : 0)
})
