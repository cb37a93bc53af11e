import { PassThrough } from 'node:stream'
import { memory } from '@anycontact/memory'
import { Client } from '@modelcontextprotocol/client'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import { describe, expect, it } from 'vitest'
import { serveStdio } from './stdio.ts'
import { caller } from './testing/connect.ts'

/** A program that serves contacts, and the application that started it, with two pipes between them. */
async function start(options: Parameters<typeof serveStdio>[1] = {}, mode: 'legacy' | 'auto' = 'auto') {
  const contacts = memory()
  await contacts.create({ id: 'c1', name: 'Ana' })
  const [input, output] = [new PassThrough(), new PassThrough()]
  let written = ''
  output.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  const served = serveStdio(contacts, { input, output, ...options })
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } })
  // Both ends read lines from one stream and write them to another.
  await client.connect(new StdioServerTransport(output, input))
  return { served, input, contacts, ...caller(client), written: () => written }
}

describe('serveStdio', () => {
  it.each(['legacy', 'auto'] as const)(
    'serves clients of either revision (%s), two steps of a write too',
    async (mode) => {
      const { call, client, served, input, contacts, written } = await start({ write: true }, mode)
      expect(client.getInstructions()).toContain('untrustedContactData')
      const change = { by: 'id', value: 'c1', changes: { name: 'Ana Lima' } }
      const { said } = await call('preview_update_contact', change)
      expect((await call('apply_update_contact', { ...change, token: said.token })).said.done).toBe('updated')
      expect((await contacts.get('c1')).name).toBe('Ana Lima')
      input.end()
      await served
      for (const line of written().trimEnd().split('\n'))
        expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
    },
  )

  it.each(['its signal is aborted', 'its input is closed'])(
    'ends when %s, and cancels what is running',
    async (why) => {
      const abort = new AbortController()
      const { call, served, input, contacts } = await start({ signal: abort.signal })
      let cancelled = false
      contacts.find = (_ref: unknown, options?: { readonly signal?: AbortSignal | undefined }) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => {
            cancelled = true
            reject(options.signal?.reason)
          })
        })
      const calling = call('get_contact', { by: 'id', value: 'c1' })
      calling.catch(() => undefined) // looked at below
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (why === 'its input is closed') input.end()
      else abort.abort()
      await served
      await expect.poll(() => cancelled).toBe(true)
    },
  )

  it('does not begin where it has been stopped, nor with options that cannot work', async () => {
    await serveStdio(memory(), { signal: AbortSignal.abort() })
    await expect(serveStdio(memory(), { maxRead: -1 })).rejects.toMatchObject({ code: 'config' })
  })
})
