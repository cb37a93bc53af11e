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
  expect(await items('space')).toEqual([{ ...base, id, blueprintId: null, contactId, name: 'Files' }])
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

const KINDS = ['conversation', 'task', 'space', 'secret'] as const

/** A contact on which two records of each kind hang, of meta `{ a: 'x', on: true }` and `{ a: 'y' }`. */
async function withMeta() {
  const { client, emulator } = setUp()
  const { chatbotkit } = emulator
  const contactId = await client.create({})
  const seeds = [
    { name: 'one', meta: { a: 'x', on: true } },
    { name: 'two', meta: { a: 'y' } },
  ]
  chatbotkit.seedConversations(contactId, seeds)
  chatbotkit.seedTasks(contactId, seeds)
  chatbotkit.seedSpaces(contactId, seeds)
  chatbotkit.seedSecrets(contactId, seeds)
  return { client, contactId }
}

test.each(KINDS)('the %s listing reads a meta filter, in JSON and in streams', async (kind) => {
  const { client, contactId } = await withMeta()
  const names = async (query: string) => {
    const path = `/contact/${contactId}/${kind}/list?order=asc${query}`
    const page = Object((await client.get(path)).json).items
    const streamed = (await client.lines(path)).map((line) => Object(line).data)
    expect(streamed).toEqual(page)
    return page.map((item: { name: string }) => item.name)
  }
  expect(await names('')).toEqual(['one', 'two'])
  expect(await names('&meta.a=y')).toEqual(['two'])
  expect(await names('&meta[a]=x&meta.on=true')).toEqual(['one'])
  expect(await names('&meta.a=x&meta.on=false')).toEqual([])
  expect(await names('&meta.a=')).toEqual(['one', 'two'])
})

test('what is hidden in meta is not sent with what hangs on a contact either', async () => {
  const { client, emulator } = setUp()
  const contactId = await client.create({})
  const meta = { shown: 1, '#hidden': 2, deep: [{ '#also': 3, a: 4 }] }
  emulator.chatbotkit.seedTasks(contactId, [{ meta }])
  emulator.chatbotkit.seedSecrets(contactId, [{ meta }])
  for (const kind of ['task', 'secret']) {
    const { json } = await client.get(`/contact/${contactId}/${kind}/list`)
    expect(Object(json).items[0].meta).toEqual({ shown: 1, deep: [{ a: 4 }] })
  }
})

test.each([
  ['mysql', 500],
  ['sqlite', 200],
] as const)('a meta key that is no JSON path, on %s: %i', async (database, status) => {
  const { client } = setUp({ chatbotkit: { database } })
  const contactId = await client.create({})
  for (const kind of KINDS)
    expect(await client.get(`/contact/${contactId}/${kind}/list?meta.a-b=x`)).toMatchObject({ status })
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

test.each([
  ['stuck', 100],
  ['works', 150],
] as const)('a stream of 150 secrets, where paging is %s, has %i', async (secretPaging, count) => {
  const { client, emulator } = setUp({ chatbotkit: { secretPaging } })
  const contactId = await client.create({})
  emulator.chatbotkit.seedSecrets(
    contactId,
    Array.from({ length: 150 }, () => ({})),
  )
  expect(await client.lines(`/contact/${contactId}/secret/list`)).toHaveLength(count)
})

test.each([
  ['application/jsonl', '{"type":"error","data":{"code":"NOT_FOUND","message":"Not found"}}\n'],
  ['text/event-stream', 'event: error\ndata: {"code":"NOT_FOUND","message":"Not found"}\n\n'],
  ['text/csv', ''],
])('a %s of a contact that is deleted meanwhile ends in the refusal', async (accept, ending) => {
  const { client, emulator } = setUp()
  const contactId = await client.create({})
  emulator.chatbotkit.seedTasks(
    contactId,
    Array.from({ length: 150 }, () => ({})),
  )
  const response = await emulator.chatbotkit.fetch(
    `https://emulator.test/v1/contact/${contactId}/task/list`,
    { headers: { accept, authorization: 'Bearer sk-emulator' } },
  )
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await client.post(`/contact/${contactId}/delete`, {})
  const { value } = (await reader?.read()) ?? {}
  expect(new TextDecoder().decode(value)).toBe(ending)
  if (ending !== '') expect(await reader?.read()).toMatchObject({ done: true })
})

test.each(KINDS)('%s of no contact is 404', async (kind) => {
  expect(await setUp().client.get(`/contact/missing/${kind}/list`)).toMatchObject({ status: 404 })
})

test.each([
  ['GET', 'memory/list'],
  ['POST', 'memory/search'],
  ['GET', 'rating/list'],
])('%s %s is not there', async (method, path) => {
  const { client } = setUp()
  const contactId = await client.create({})
  const url = `/contact/${contactId}/${path}`
  expect(await (method === 'GET' ? client.get(url) : client.post(url, {}))).toMatchObject({ status: 404 })
})
