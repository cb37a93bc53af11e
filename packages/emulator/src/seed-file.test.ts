import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createEmulator } from './index.ts'
import { readSeedFile } from './seed-file.ts'

const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function file(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seed-'))
  folders.push(folder)
  const path = join(folder, 'seed.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('every vendor has its records, in the seeds’ shape', async () => {
  const seed = readSeedFile(
    await file({
      chatbotkit: [{ name: 'Ana' }, { name: 'Bo' }],
      cognipeer: [{ name: 'Ana', properties: { plan: 'pro' } }],
      channelInbox: [{ display_name: 'Ana', labels: ['vip'] }],
      contactMethods: [{ clientId: 'c', type: 'email', value: 'ana@example.com' }],
    }),
  )
  const emulator = createEmulator()
  expect(seed(emulator)).toEqual({ chatbotkit: 2, cognipeer: 1, channelInbox: 1, contactMethods: 1 })
  expect(emulator.chatbotkit.contacts.map(({ name }) => name)).toEqual(['Ana', 'Bo'])
  expect(emulator.cognipeer.contacts).toMatchObject([{ properties: { plan: 'pro' } }])
  expect(emulator.channelInbox.contacts).toMatchObject([{ labels: ['vip'] }])
  expect(emulator.contactMethods.contactMethods).toMatchObject([{ value: 'ana@example.com' }])
})

test('an answer of the vendor’s is taken as it came', async () => {
  const source = createEmulator()
  source.chatbotkit.seed([{ name: 'Ana', email: 'ana@example.com', meta: { plan: 'pro' } }])
  source.channelInbox.seed([{ display_name: 'Ana' }])
  const ask = async (path: string, headers: Record<string, string>) =>
    (await source.fetch(`https://vendor.test${path}`, { headers })).json()
  const path = await file({
    chatbotkit: await ask('/v1/contact/list', { authorization: 'Bearer sk-emulator' }),
    channelInbox: await ask('/channel-service/v1/contacts', { 'x-api-key': 'api_emulator' }),
  })
  const emulator = createEmulator()
  expect(readSeedFile(path)(emulator)).toMatchObject({ chatbotkit: 1, cognipeer: 0, channelInbox: 1 })
  expect(emulator.chatbotkit.contacts).toEqual(source.chatbotkit.contacts)
  expect(emulator.channelInbox.contacts).toEqual(source.channelInbox.contacts)
})

test('a byte order mark is passed over', async () => {
  expect(readSeedFile(await file('\uFEFF{}'))(createEmulator())).toMatchObject({ chatbotkit: 0 })
})

test.each([
  [{ chatbotkit: [{}, { emial: 'a' }] }, 'chatbotkit[1].emial: unknown field. Did you mean "email"?'],
  [
    { channelInbox: [{}, { labels: ['vip'] }, { displayname: 'Ana' }] },
    'channelInbox[2].displayname: unknown field. Did you mean "display_name"?',
  ],
  [{ chatbotkit: [{ id: 'a' }, { id: 'a' }] }, "chatbotkit[1]: A seeded contact's id is taken: a"],
  [{ cognipeer: ['Ana'] }, 'cognipeer[0]: the contact is not an object'],
  [{ cognipeer: 'Ana' }, 'cognipeer: records come in an array.'],
  [{ chatbotkit: { rows: [] } }, 'chatbotkit: records come in an array.'],
  [{ 'channel-inbox': [] }, 'channel-inbox: there is no such vendor. Did you mean "channelInbox"?'],
  [[], 'it holds no object.'],
])('%j is refused with its place', async (content, message) => {
  const path = await file(content)
  expect(() => readSeedFile(path)).toThrow(`${path}: ${message}`)
})

test('what a terminal would obey is not printed', async () => {
  const message = (path: string): string => {
    try {
      readSeedFile(path)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
    return ''
  }
  for (const content of [
    '{"a": \u001b[31mX\u0007\u009b2J}',
    { '\u001b[2J': [] },
    { chatbotkit: [{ '\u001b[2J': 1 }] },
  ]) {
    const printed = message(await file(content))
    expect(printed).toContain('seed.json')
    expect(printed).not.toMatch(/\p{Cc}/u)
  }
})

test('no JSON and no file are told apart, in one line', async () => {
  const path = await file('{\n  "chatbotkit": [\n}')
  expect(() => readSeedFile(path)).toThrow(/^\S+seed\.json is not JSON: .+$/)
  expect(() => readSeedFile(`${path}.not`)).toThrow(`Cannot read ${path}.not: there is no such file.`)
  expect(() => readSeedFile(join(path, '..'))).toThrow('it is a folder.')
})
