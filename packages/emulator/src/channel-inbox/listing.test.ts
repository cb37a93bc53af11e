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
