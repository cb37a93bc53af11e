import { expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

const limited = { code: 'LIMITS_REACHED', message: 'You have exceeded your allocated rate limits: rate/poll' }

test('without a limit nothing is refused', async () => {
  const { client } = setUp()
  for (let at = 0; at < 50; at += 1) expect((await client.get('/contact/list')).status).toBe(200)
})

test('a sliding window of 60 seconds, without Retry-After', async () => {
  const { client, clock } = setUp({ chatbotkit: { pollLimit: 2 } })
  expect((await client.get('/contact/list')).status).toBe(200)
  clock.now += 30_000
  expect((await client.get('/contact/list')).status).toBe(200)
  const refused = await client.get('/contact/list')
  expect([refused.status, refused.json, refused.headers.get('retry-after')]).toEqual([429, limited, null])
  clock.now += 29_999
  expect((await client.get('/contact/list')).status).toBe(429)
  clock.now += 1
  expect((await client.get('/contact/list')).status).toBe(200)
  expect((await client.get('/contact/list')).status).toBe(429)
})

test('a JSONL walk counts once, and its refusal is an HTTP error', async () => {
  const { client, emulator } = setUp({ chatbotkit: { pollLimit: 1 } })
  emulator.chatbotkit.seed(Array.from({ length: 350 }, () => ({})))
  expect(await client.lines('/contact/list')).toHaveLength(350)
  expect(await client.get('/contact/list', { accept: 'application/jsonl' })).toMatchObject({
    status: 429,
    json: limited,
  })
})

test('only listings count: not export, reads or writes', async () => {
  const { client } = setUp({ chatbotkit: { pollLimit: 1 } })
  const id = await client.create({})
  expect((await client.get(`/contact/${id}/space/list`)).status).toBe(200)
  expect((await client.get('/contact/list')).status).toBe(429)
  for (const answer of [
    await client.get('/contact/export'),
    await client.get(`/contact/${id}/fetch`),
    await client.post(`/contact/${id}/update`, {}),
  ]) {
    expect(answer.status).toBe(200)
  }
})

test('the limit comes after Accept and before the contact; a child counts for its parent', async () => {
  const { client } = setUp({ chatbotkit: { pollLimit: 1, accounts: { child: { parent: 'emulator' } } } })
  expect((await client.get('/contact/list', { accept: 'text/html' })).status).toBe(400)
  expect((await client.get('/contact/missing/task/list', { 'x-runas-user-id': 'child' })).status).toBe(404)
  expect((await client.get('/contact/missing/task/list')).status).toBe(429)
})

test('reset forgets what was counted', async () => {
  const { client, emulator } = setUp({ chatbotkit: { pollLimit: 1 } })
  await client.get('/contact/list')
  emulator.reset()
  expect((await client.get('/contact/list')).status).toBe(200)
})
