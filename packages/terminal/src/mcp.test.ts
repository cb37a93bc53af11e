import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'

const ARGS = ['mcp', '--emulator', '--provider', 'chatbotkit'] as const

/** The official client, with the program as the server that it starts. */
async function connect(scene: Scene, args: readonly string[]) {
  const { file, args: all, cwd, env } = scene.command(args)
  const transport = new StdioClientTransport({
    command: file,
    args: [...all],
    cwd,
    env: { ...env },
    stderr: 'pipe',
  })
  let said = ''
  transport.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport)
  return {
    client,
    pid: transport.pid,
    said: () => said,
    [Symbol.asyncDispose]: () => client.close(),
  }
}

describe.each(NODES)('the official client on $name', (node) => {
  test('finds a contact, sees what a change would do, and makes it', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed([
      { id: 'c1', name: 'Ana Souza', email: 'ana@example.com', meta: { plan: 'free' } },
      { id: 'c2', name: 'Bo Li', email: 'bo@example.com' },
    ])
    await using connected = await connect(scene, [...ARGS, '--write'])
    const { client } = connected
    const found = await client.callTool({ name: 'search_contacts', arguments: { text: 'souza' } })
    expect(found.structuredContent).toMatchObject({ untrustedContactData: [{ id: 'c1', name: 'Ana Souza' }] })

    const args = { by: 'id', value: 'c1', changes: { nickname: 'ana' } }
    const nicknames = (): readonly unknown[] => scene.emulator.chatbotkit.contacts.map(({ nick }) => nick)
    const preview = await client.callTool({ name: 'preview_update_contact', arguments: args })
    const token: unknown = Reflect.get(Object(preview.structuredContent), 'token')
    expect(preview.structuredContent).toMatchObject({ preview: 'update', token: expect.any(String) })
    expect(nicknames()).not.toContain('ana')
    const apply = {
      name: 'apply_update_contact',
      arguments: { ...args, token },
    }
    expect(await client.callTool(apply)).not.toHaveProperty('isError', true)
    expect(nicknames().filter((nick) => nick === 'ana')).toHaveLength(1)
    // The token is used once.
    expect(await client.callTool(apply)).toHaveProperty('isError', true)
    expect(connected.said()).toBe('')
  })

  test('sees no tool that writes, unless writes are allowed', async () => {
    await using scene = await Scene.create({ node })
    await using connected = await connect(scene, ARGS)
    const { tools } = await connected.client.listTools()
    expect(tools.map(({ name }) => name)).toContain('list_contacts')
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([])
  })
})

test('it ends when the client goes, and when it is stopped', async () => {
  await using scene = await Scene.create()
  const { code, stdout } = await scene.piped(ARGS)
  expect([code, stdout]).toEqual([0, ''])
  await using terminal = scene.terminal(ARGS)
  await terminal.until('Ctrl-C')
  terminal.press('\u0003')
  expect((await terminal.ended()).code).toBe(130)
})
