import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { exceptional, type Program } from './project.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../../../docs/guides/migrating.md'), 'utf8')
const [, list = ''] = /\n## Exceptions\n(.+?)\n## /s.exec(guide) ?? []
const documented = [...list.matchAll(/^(\d+)\. \*\*(.+?)\*\*/gm)].map(([, number, title = '']) => ({
  number: Number(number),
  title,
}))

const project = exceptional()
let errors: readonly string[] = []
let running: Program = {}

beforeAll(async () => {
  errors = project.compile('NodeNext')
  running = await project.load('running')
}, 120_000)
afterAll(() => project.remove())
afterEach(() => vi.unstubAllGlobals())

async function run(name: string, ...args: readonly unknown[]): Promise<unknown> {
  const { [name]: program } = running
  if (program === undefined) throw new Error(`There is no ${name}.`)
  return program(...args)
}

/** What the compiler is to say, by the place that it must say it of. */
function wanted(name: string): ReadonlyMap<string, string> {
  const lines = readFileSync(
    resolve(import.meta.dirname, `../../fixtures/vendor-exceptions/${name}.ts`),
    'utf8',
  ).split('\n')
  const texts = lines.flatMap((line, index): [string, string][] => {
    const text = /^\/\/ says: (.+)$/.exec(line)?.[1]
    return text === undefined ? [] : [[`vendor-exceptions/${name}.ts:${index + 2}`, text]]
  })
  return new Map(texts)
}

/** Says that each of these is an error of the compiler, wherever it is. */
function areErrors(...texts: readonly string[]): void {
  for (const text of texts) expect(errors).toContainEqual(expect.stringContaining(text))
}

/** That each documented exception is one: when it is none any more, its proof fails, and the guide loses it. */
const proofs: Readonly<Record<string, () => unknown>> = {
  'Only contacts are there.': () =>
    areErrors(
      "'@anycontact/chatbotkit/api/conversation/index.js'",
      "no exported member 'ChatBotKit'",
      "'conversations' does not exist on type 'CognipeerClient'",
      "'messages' does not exist on type 'ImbraceClient'",
      "'clients' does not exist on type 'ComplianceSDK'",
    ),
  'ChatBotKit’s classes are other classes.': () => areErrors("'#private' is missing in type 'ContactClient'"),
  'The workings of ChatBotKit’s `ResponsePromise`': () =>
    areErrors("'url' does not", "'getRequest' does not"),
  'How clients send.': async () => {
    const { chatbotkit } = createEmulator()
    const server = await chatbotkit.listen()
    const given = await run('hints', CHATBOTKIT_SECRET, server.url)
    const { length } = chatbotkit.requests
    const refused = await run('ofOtherOrigin', CHATBOTKIT_SECRET, server.url)
    await server.close()
    expect(given).toContain('headers')
    expect(given).not.toContain('timeout')
    expect(given).not.toContain('retries')
    expect(refused).toMatchObject({ code: 'invalid_input' })
    expect(chatbotkit.requests).toHaveLength(length)
    const path = '/v1/contact/list'
    expect(await run('pathKept', 'sk-1', 'https://proxy.example/below')).toEqual([
      `https://proxy.example/below/api${path}`,
    ])
    expect(await run('pathKept', 'sk-1', 'https://api.chatbotkit.com/v1')).toEqual([
      `https://api.chatbotkit.com${path}`,
    ])
    expect(await run('imbraceSends', CHANNEL_INBOX_API_KEY)).toEqual([
      {
        input: expect.stringMatching(/^https:/),
        headers: expect.not.objectContaining({ get: expect.any(Function) }),
        read: ['/channel-service/v1/contacts', '1', CHANNEL_INBOX_API_KEY],
      },
    ])
  },
  '`code` of an error, at ChatBotKit and Artu,': async () => {
    const { chatbotkit, contactMethods } = createEmulator()
    const server = await chatbotkit.listen()
    const ofChatBotKit = await run('chatbotkitError', CHATBOTKIT_SECRET, server.url)
    await server.close()
    vi.stubGlobal('fetch', contactMethods.fetch)
    const code = { code: 'not_found', vendorCode: 'NOT_FOUND' }
    expect(ofChatBotKit).toMatchObject(code)
    expect(await run('artuError', CONTACT_METHODS_API_KEY)).toMatchObject(code)
  },
  'Messages of errors': async () => {
    const server = await createEmulator().channelInbox.listen()
    const error = await run('imbraceError', CHANNEL_INBOX_API_KEY, server.url)
    await server.close()
    expect(error).toMatchObject({ message: expect.stringMatching(/^\[404\] .*not found/i) })
    expect(error).toMatchObject({ message: expect.not.stringContaining('{') })
  },
  'Artu’s error classes are for `instanceof`.': () => areErrors('instance of an abstract class'),
  'A client without a credential': async () => {
    expect(await run('withoutSecret')).toMatchObject({ code: 'config' })
    const { channelInbox } = createEmulator()
    const server = await channelInbox.listen()
    const error = await run('withoutCredential', server.url)
    await server.close()
    expect(error).toMatchObject({ name: 'AuthError' })
    expect(channelInbox.requests).toHaveLength(0)
  },
  'The packages are ES modules alone.': () => {
    const require = createRequire(import.meta.url)
    const manifest = (name: string): string =>
      readFileSync(resolve(import.meta.dirname, '../../node_modules', name, 'package.json'), 'utf8')
    expect(manifest('@chatbotkit/sdk')).toContain('"require"')
    expect(manifest('@anycontact/chatbotkit')).not.toContain('"require"')
    expect(require('@anycontact/chatbotkit/api/contact/index.js')).toMatchObject({
      ContactClient: expect.any(Function),
    })
  },
}

describe('the exceptions that the guide to migrating lists', () => {
  it('are fewer than ten, counted through, each with a proof', () => {
    expect(documented.length).toBeLessThan(10)
    expect(documented.map(({ number }) => number)).toEqual(documented.map((_, index) => index + 1))
    expect(documented.map(({ title }) => title.replace(/'/g, '’'))).toEqual(Object.keys(proofs))
  })

  it.each(Object.entries(proofs))('%s', async (_, proof) => {
    await proof()
  })

  it.each(['chatbotkit', 'others', 'running'])('nothing else is wrong with %s', (name) => {
    const places = wanted(name)
    const found = errors.filter((error) => error.startsWith(`vendor-exceptions/${name}.ts`))
    expect(found).toEqual(
      [...places].map(([place, text]) => expect.stringMatching(startAndText(place, text))),
    )
  })
})

function startAndText(place: string, text: string): RegExp {
  const escaped = [place, text].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped[0]}: [^]*${escaped[1]}`)
}
