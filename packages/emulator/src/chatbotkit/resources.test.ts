import { expect, test } from 'vitest'
import { setUp, TEST_TIME } from '../test-client.ts'

const base = { name: '', description: '', meta: null, createdAt: TEST_TIME, updatedAt: TEST_TIME }
const id = expect.stringMatching(/^c[a-z0-9]{24}$/)

test('each kind is listed with its fields', async () => {
  const { client, emulator } = setUp()
  const { chatbotkit } = emulator
  const contactId = await client.create({})
  chatbotkit.seedConversations(contactId, [{ model: 'gpt-4o' }])
  chatbotkit.seedTasks(contactId, [{ schedule: '0 9 * * 1', status: 'running' }])
  chatbotkit.seedSpaces(contactId, [{ name: 'Files' }])
  chatbotkit.seedSecrets(contactId, [{ id: 's1', type: 'oauth' }])
  const items = async (kind: string) =>
    Object((await client.get(`/contact/${contactId}/${kind}/list`)).json).items
  const none = { taskId: null, botId: null, datasetId: null, skillsetId: null, backstory: null }
  expect(await items('conversation')).toEqual([{ ...base, id, contactId, ...none, model: 'gpt-4o' }])
  expect(await items('task')).toMatchObject([
    { id, contactId, schedule: '0 9 * * 1', status: 'running', outcome: 'pending', lastRunAt: null },
  ])
  expect(await items('space')).toEqual([{ ...base, id, contactId, name: 'Files' }])
  expect(await items('secret')).toEqual([{ ...base, id: 's1', type: 'oauth' }])
})

test('they page, stream and sort as contacts do, 100 a page', async () => {
  const { client, emulator } = setUp()
  const contactId = await client.create({})
  const seeded = emulator.chatbotkit.seedConversations(
    contactId,
    Array.from({ length: 150 }, (_, at) => ({ createdAt: 1000 + at })),
  )
  const path = `/contact/${contactId}/conversation/list`
  const first = Object((await client.get(path)).json)
  expect([first.items.length, first.items[0].id, first.cursor]).toEqual([
    100,
    seeded[149]?.id,
    seeded[50]?.id,
  ])
  expect(Object((await client.get(`${path}?cursor=${first.cursor}`)).json).items).toHaveLength(50)
  expect(await client.lines(path)).toHaveLength(150)
})

test('only conversations and secrets read a meta filter', async () => {
  const { client, emulator } = setUp()
  const contactId = await client.create({})
  const seeds = [{ meta: { a: 'x' } }, { meta: { a: 'y' } }]
  emulator.chatbotkit.seedConversations(contactId, seeds)
  emulator.chatbotkit.seedSecrets(contactId, seeds)
  emulator.chatbotkit.seedSpaces(contactId, seeds)
  const count = async (kind: string) =>
    Object((await client.get(`/contact/${contactId}/${kind}/list?meta.a=x`)).json).items.length
  expect([await count('conversation'), await count('secret'), await count('space')]).toEqual([1, 1, 2])
})

test.each([
  ['mysql', 500],
  ['sqlite', 200],
] as const)('a meta key that is no JSON path, on %s: %i', async (database, status) => {
  const { client } = setUp({ chatbotkit: { database } })
  const contactId = await client.create({})
  expect(await client.get(`/contact/${contactId}/conversation/list?meta.a-b=x`)).toMatchObject({ status })
})

test.each([
  ['stuck', 0],
  ['works', 1],
] as const)('the second page of secrets: %s', async (secretPaging, count) => {
  const { client, emulator } = setUp({ chatbotkit: { secretPaging } })
  const contactId = await client.create({})
  emulator.chatbotkit.seedSecrets(contactId, [{ id: 's1' }, { id: 's2' }, { id: 's3' }])
  const path = `/contact/${contactId}/secret/list`
  const first = Object((await client.get(`${path}?take=2`)).json)
  expect([first.items.length, first.cursor]).toEqual([2, 's2'])
  expect(Object((await client.get(`${path}?take=2&cursor=${first.cursor}`)).json).items).toHaveLength(count)
})

test('a secret is verified, authenticated and revoked', async () => {
  const { client, emulator } = setUp()
  const contactId = await client.create({})
  emulator.chatbotkit.seedSecrets(contactId, [{ id: 's1' }, { id: 's2', authenticated: false }])
  const post = async (path: string) => (await client.post(`/contact/${contactId}/secret/${path}`, {})).json
  expect(await post('s1/verify')).toEqual({ id: 's1', status: 'authenticated' })
  const url = expect.stringMatching(/^https:\/\//)
  const unauthenticated = { status: 'unauthenticated', action: { type: 'authenticate', url } }
  expect(await post('s2/verify')).toEqual({ id: 's2', ...unauthenticated })
  expect(await post('s2/authenticate')).toEqual({ id: 's2', url })
  expect(await post('s1/revoke')).toEqual({ id: 's1' })
  expect(await post('s1/verify')).toEqual({ id: 's1', ...unauthenticated })
  expect(await post('s3/verify')).toEqual({ message: 'Not found', code: 'NOT_FOUND' })
})

test.each(['conversation', 'task', 'space', 'secret'])('%s of no contact is 404', async (kind) => {
  expect(await setUp().client.get(`/contact/missing/${kind}/list`)).toMatchObject({ status: 404 })
})
