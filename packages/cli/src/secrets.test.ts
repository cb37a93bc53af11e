import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { FetchFunction } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { commandNames, createTestProgram } from './testing/host.ts'

/** What all secrets have in them, so that a part of one is found too. */
const MARK = 'MARKEDsecret'

const ENV = {
  BOT_SECRET: `sk-${MARK}0123456789`,
  COGNIPEER_TOKEN: `pat_${MARK}0123456789`,
  NO_COLOR: '1',
}

const CONFIG = {
  providers: {
    bot: { adapter: 'chatbotkit', baseUrl: 'http://emulator.test', secret: { env: 'BOT_SECRET' } },
    crm: { adapter: 'cognipeer', baseUrl: 'http://emulator.test/v1', hookId: `hook${MARK}` },
  },
  default: 'bot',
  syncs: { nightly: { source: 'crm', target: 'bot', by: 'externalId', lost: ['tags', 'status'] } },
}

/** A command line of each command, which asks a provider for something. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  providers: [],
  doctor: [],
  emulator: ['--help'],
  list: [],
  get: ['c1'],
  find: ['c1'],
  search: ['ana'],
  count: ['--provider', 'crm'],
  create: ['--set', 'name=Ana'],
  update: ['c1', '--set', 'name=Ana'],
  upsert: ['--by', 'externalId', '--set', 'externalId=u-1'],
  delete: ['c1', '--yes'],
  import: ['people.csv', '--to', 'bot', '--by', 'email', '--yes'],
  export: ['--from', 'crm'],
  copy: ['--from', 'crm', '--to', 'bot', '--by', 'externalId'],
  sync: ['nightly'],
  conflicts: ['nightly'],
  verify: ['nightly'],
  duplicates: [],
  mcp: [],
}

/** What was sent, as a careless server or network gives it back. */
async function echo(...[input, init]: Parameters<FetchFunction>): Promise<string> {
  const request = new Request(input, init)
  return JSON.stringify([request.url, ...request.headers.entries(), await request.text()])
}

const NETWORKS: Readonly<Record<string, FetchFunction>> = {
  'refuses the credentials': async (...sent) =>
    Response.json({ message: await echo(...sent) }, { status: 401 }),
  'refuses what was asked': async (...sent) =>
    Response.json({ message: await echo(...sent) }, { status: 400 }),
  fails: async (...sent) => new Response(await echo(...sent), { status: 500 }),
  'answers what nobody understands': async (...sent) =>
    Response.json({ items: [await echo(...sent)], data: await echo(...sent) }),
  'answers no JSON': async (...sent) => new Response(await echo(...sent)),
  'sends elsewhere': async (...sent) =>
    new Response(null, {
      status: 302,
      headers: { location: `http://other.test/${encodeURIComponent(await echo(...sent))}` },
    }),
  'cannot be reached': async (...sent) => {
    throw new TypeError(`fetch failed: ${await echo(...sent)}`, { cause: new Error(await echo(...sent)) })
  },
}

/** The input of a model's application, which calls one tool and goes. */
function asking(stdin: PassThrough) {
  const send = (message: object): boolean =>
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const clientInfo = { name: 'test', version: '1.0.0' }
  send({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
  })
  send({ method: 'notifications/initialized' })
  send({ id: 2, method: 'tools/call', params: { name: 'list_contacts', arguments: {} } })
  return {
    stdin,
    onStdout: (text: string): void => {
      if (text.includes('"id":2')) stdin.end()
    },
  }
}

describe('a secret is never printed', () => {
  it('by any command: all of them are tried here', async () => {
    const names = await commandNames(createTestProgram())
    expect(names.length).toBeGreaterThan(15)
    expect(names.filter((name) => !Object.hasOwn(LINES, name))).toEqual([])
  })

  it.each(Object.entries(LINES))('by %s', async (name, line) => {
    for (const [what, fetch] of Object.entries(NETWORKS)) {
      const { run, cwd } = createTestProgram()
      writeFileSync(join(cwd, 'anycontact.config.json'), JSON.stringify(CONFIG))
      writeFileSync(join(cwd, 'people.csv'), 'name,email\nAna,ana@example.com\n')
      for (const terminal of [{}, { terminal: { columns: 100 } }]) {
        const verbose = name === 'emulator' ? [] : ['--verbose']
        const stdin = new PassThrough()
        const options = { env: ENV, fetch, answer: true, ...terminal, ...(name === 'mcp' && asking(stdin)) }
        const { stdout, stderr } = await run([name, ...line, ...verbose], options)
        expect(`${what}: ${stdout}${stderr}`).not.toContain(MARK)
        // Where nothing was asked for, nothing could be told.
        if (name !== 'conflicts') expect(stdout + stderr).not.toBe('')
      }
    }
  })
})
