import { expect, test } from 'vitest'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, testClient, write } from './testing/test-client.ts'

test('what the vendor says is wrong is passed on, without what was sent', async () => {
  const { http } = testClient([jsonAnswer({}, { status: 400 })], {
    retry: false,
    classify: () => ({
      issues: [
        { path: 'items.0.name', message: 'Ana Souza is no name' },
        { path: '', message: '' },
      ],
    }),
  })
  const { issues } = await contactsError(http.json(write))
  expect(issues).toEqual([
    { path: 'items.0.name', message: '[redacted] is no name' },
    { path: '', message: 'is refused' },
  ])
})

test('no more than twenty issues are passed on, and none where the vendor names none', async () => {
  const issues = Array.from({ length: 30 }, (_, index) => ({ path: `items.${index}`, message: 'is wrong' }))
  const many = testClient([jsonAnswer({}, { status: 400 })], { retry: false, classify: () => ({ issues }) })
  expect((await contactsError(many.http.json(write))).issues).toHaveLength(20)
  const none = testClient([jsonAnswer({}, { status: 400 })], { retry: false })
  expect(await contactsError(none.http.json(write))).not.toHaveProperty('issues')
})

test('the value of a header that is no secret stays in messages and hooks', async () => {
  const seen: Readonly<Record<string, string>>[] = []
  const options = {
    retry: false,
    authHeaders: () => ({ authorization: 'Bearer k-secret', 'X-Environment': 'test' }),
    onRequest: ({ headers }: { headers: Readonly<Record<string, string>> }) => void seen.push(headers),
    classify: () => ({ message: 'k-secret lacks test:contacts:delete' }),
  } as const
  const hidden = testClient([jsonAnswer({}, { status: 403 })], options)
  expect((await contactsError(hidden.http.json(write))).message).toContain('[redacted]:contacts:delete')
  const { http } = testClient([jsonAnswer({}, { status: 403 })], {
    ...options,
    publicHeaders: ['x-environment'],
  })
  expect((await contactsError(http.json(write))).message).toContain('[redacted] lacks test:contacts:delete')
  expect(seen.map((headers) => headers['x-environment'])).toEqual(['[redacted]', 'test'])
})
