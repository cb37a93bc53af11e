import { expect, test } from 'vitest'
import { setUp } from './testing.ts'

test('a listing is narrowed by q as the search is, and paged by offset', async () => {
  const { call, inbox } = setUp()
  inbox.seed(
    [1, 2, 3].map((day) => ({ display_name: `Ana ${day}`, created_at: `2025-01-0${day}T00:00:00.000Z` })),
  )
  inbox.seed([{ display_name: 'Bo' }])
  const { json } = await call('GET', '/contacts?q=ana&limit=1&offset=1')
  expect(json).toMatchObject({ object_name: 'list', has_more: true, count: 3, total: 1 })
  expect(json.data).toMatchObject([{ display_name: 'Ana 2' }])
  expect((await call('GET', '/contacts?q=nobody')).json).toMatchObject({ data: [], count: 0 })
  expect((await call('GET', '/contacts?q=')).json.count).toBe(4)
})

test.each([
  ['spec', { count: 1 }],
  ['sdk', { count: 2 }],
  ['web', { count: 2 }],
] as const)('q of a listing, understood as %s', async (requests, expected) => {
  const { call, inbox } = setUp({ requests })
  inbox.seed([{ display_name: 'Ana' }, { display_name: 'Bo' }])
  expect((await call('GET', '/contacts?q=ana')).json).toMatchObject(expected)
})

test('a search finds what was written since the last one', async () => {
  const { call, inbox } = setUp({ apiKeys: { api_other: 'org_other' } })
  const found = async (path = '/contacts?q=ana', headers?: Record<string, string>) =>
    (await call('GET', path, undefined, headers)).json.count
  const counts = [await found()]
  const [one] = inbox.seed([{ display_name: 'Ana' }])
  counts.push(await found(), await found('/contacts?q=%20ANA'), await found('/contacts/_search?q=bo'))
  counts.push(await found('/contacts?q=ana', { 'x-api-key': 'api_other' }))
  await call('POST', '/contacts', { first_name: 'Ana' })
  counts.push(await found())
  await call('PUT', `/contacts/${one?.id}`, { name: 'Bo' })
  counts.push(await found(), await found('/contacts/_search?q=bo'))
  await call('DELETE', `/contacts/${one?.id}`)
  counts.push(await found('/contacts/_search?q=bo'))
  inbox.reset()
  expect([...counts, await found()]).toEqual([0, 1, 1, 0, 0, 2, 1, 1, 0, 0])
})

test('the pages of a search search once', async () => {
  const { call, inbox } = setUp()
  inbox.seed(Array.from({ length: 2000 }, (_, at) => ({ display_name: `Ana ${at}` })))
  let read = 0
  const [first] = inbox.contacts
  Object.defineProperty(first, 'display_name', {
    get: () => {
      read += 1
      return 'Ana 0'
    },
  })
  for (const skip of [0, 500, 1000]) await call('GET', `/contacts?q=ana&limit=10&skip=${skip}`)
  expect(read).toBe(1)
})
