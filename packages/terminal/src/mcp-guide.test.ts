import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSampleEmulator } from '@anycontact/emulator/command'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, test } from 'vitest'
import { ROOT } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'

const PAGE = readFileSync(join(ROOT, 'docs/guides/mcp.md'), 'utf8')

/** The calls that the page shows, each with its answer. */
const EXCHANGES = [
  ...PAGE.matchAll(/^```json call\n([\s\S]*?)^```$\s+^```json answer\n([\s\S]*?)^```$/gm),
].map(([, call = '', answer = '']) => ({ call, answer: answer.trimEnd() }))

const TOKEN = /[0-9a-f]{32}/

/** The emulator's clock goes on with each look at it. */
const settled = (text: string): string => text.replace(/\.\d{3}Z/g, '.000Z')

test('the conversation of the guide is what the program answers', async () => {
  expect(EXCHANGES.length).toBeGreaterThan(3)
  expect(PAGE.match(/^```json (call|answer)$/gm)).toHaveLength(2 * EXCHANGES.length)
  await using scene = await Scene.create({ emulator: createSampleEmulator })
  const { file, args, cwd, env } = scene.command(['mcp', '--emulator', '--provider', 'chatbotkit', '--write'])
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: file, args: [...args], cwd, env: { ...env } }))
  await using _ = { [Symbol.asyncDispose]: () => client.close() }
  /** A token differs from one time to the next: the page's stands for the one of this run. */
  let given = ''
  for (const { call, answer } of EXCHANGES) {
    const { content } = await client.callTool(JSON.parse(call.replace(TOKEN, given)))
    const [block] = content
    const text = block?.type === 'text' ? block.text : ''
    given = TOKEN.exec(text)?.[0] ?? given
    expect(settled(text.replace(TOKEN, TOKEN.exec(answer)?.[0] ?? ''))).toBe(settled(answer))
  }
})
