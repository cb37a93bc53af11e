import { expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

const bearer = { authorization: 'Bearer sk-emulator' }

test.each(['https://api.chatbotkit.com/v1', 'http://localhost:3000/api/v1'])('serves %s', async (base) => {
  const { emulator } = setUp()
  const response = await emulator.chatbotkit.fetch(`${base}/contact/list`, { headers: bearer })
  expect([response.status, await response.json()]).toEqual([200, { items: [] }])
  expect(response.headers.get('content-type')).toBe('application/json')
})

test.each(['/contact', '/contact/list/more', '/conversation/list', '/contact/x/unknown'])(
  '%s is 404',
  async (path) => {
    const { status, json } = await setUp().client.get(path)
    expect([status, json]).toEqual([404, { message: 'Not found', code: 'NOT_FOUND' }])
  },
)

test.each([
  ['POST', '/contact/list'],
  ['DELETE', '/contact/abc/delete'],
  ['PUT', '/contact/create'],
  ['PATCH', '/contact/abc/update'],
  ['GET', '/contact/create'],
  ['POST', '/contact/abc/fetch'],
])('%s %s is 405, before authentication', async (method, path) => {
  const { emulator } = setUp()
  const response = await emulator.chatbotkit.fetch(`https://emulator.test/api/v1${path}`, { method })
  expect([response.status, await response.json()]).toEqual([
    405,
    { message: 'Method not allowed', code: 'METHOD_NOT_ALLOWED' },
  ])
})

test('HEAD is 200 and empty, OPTIONS is 200 and {}, both without authentication', async () => {
  const { emulator } = setUp()
  const url = 'https://emulator.test/api/v1/contact/create'
  const head = await emulator.chatbotkit.fetch(url, { method: 'HEAD' })
  const options = await emulator.chatbotkit.fetch(url, { method: 'OPTIONS' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect([options.status, await options.json()]).toEqual([200, {}])
})

test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonl']])(
  'a POST of %s is 400 before authentication',
  async (type) => {
    const { client } = setUp()
    const { status, json } = await client.post('/contact/create', '{}', {
      'content-type': type,
      authorization: 'x',
    })
    expect([status, json]).toEqual([400, { message: 'Bad request', code: 'BAD_REQUEST' }])
  },
)

test('the content type may carry parameters', async () => {
  const { client } = setUp()
  const { status } = await client.post(
    '/contact/create',
    {},
    { 'content-type': 'Application/JSON; charset=utf-8' },
  )
  expect(status).toBe(200)
})

test('authentication comes before the body, the body before the contact', async () => {
  const { client } = setUp()
  expect(await client.post('/contact/create', 'no json', { authorization: 'Bearer sk-wrong' })).toMatchObject(
    {
      status: 401,
    },
  )
  expect(await client.post('/contact/missing/update', { color: 'red' })).toMatchObject({ status: 400 })
  expect(await client.post('/contact/missing/update', {})).toMatchObject({ status: 404 })
})
