import { expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

test('delete is for good, answers the id, and frees the fingerprint', async () => {
  const { client, emulator } = setUp()
  const fingerprint = 'crm-user-000000000042'
  const id = await client.create({ fingerprint })
  emulator.chatbotkit.seedConversations(id, [{ name: 'Talk' }])
  expect(await client.post(`/contact/${id}/delete`, 'not even json')).toMatchObject({
    status: 200,
    json: { id },
  })
  for (const again of [
    await client.post(`/contact/${id}/delete`, {}),
    await client.post(`/contact/${id}/update`, {}),
    await client.get(`/contact/${id}/fetch`),
    await client.get(`/contact/${id}/conversation/list`),
  ]) {
    expect(again).toMatchObject({ status: 404, json: { message: 'Not found', code: 'NOT_FOUND' } })
  }
  expect(emulator.chatbotkit.orphanedConversations).toMatchObject([{ name: 'Talk', contactId: null }])
  const { json } = await client.post('/contact/ensure', { fingerprint })
  expect(json).not.toEqual({ id })
})

test('a contact can be named by (Name); the real id is answered', async () => {
  const { client } = setUp()
  const id = await client.create({ name: 'Jane Doe' })
  const name = encodeURIComponent('(Jane Doe)')
  expect(await client.get(`/contact/${name}/fetch`)).toMatchObject({ status: 200, json: { id } })
  expect(await client.get('/contact/(%20Jane%20Doe%20)/fetch')).toMatchObject({ json: { id } })
  expect(await client.post(`/contact/%20${name}%20/update`, { nick: 'jd' })).toMatchObject({ json: { id } })
  expect(await client.get(`/contact/${encodeURIComponent('(jane doe)')}/fetch`)).toMatchObject({
    status: 404,
  })
})

test.each([
  ['()', 500, 'Name is required'],
  ['( )', 500, 'Name is required'],
  ['@', 500, 'Alias is required'],
  ['@alias', 500, 'System error occurred'],
  ['@@alias', 500, 'System error occurred'],
  ['jane@example.com', 404, 'Not found'],
  ['crm-user-000000000042', 404, 'Not found'],
  ['../x?y#z', 404, 'Not found'],
  [' ', 400, 'Bad request'],
])('the id %j is %i %s', async (id, status, message) => {
  const { client, emulator } = setUp()
  await client.create({ email: 'jane@example.com', fingerprint: 'crm-user-000000000042' })
  expect(await client.get(`/contact/${encodeURIComponent(id)}/fetch`)).toMatchObject({
    status,
    json: { message },
  })
  expect(emulator.chatbotkit.requests.at(-1)?.path).toBe(`/api/v1/contact/${encodeURIComponent(id)}/fetch`)
})

test('an id with reserved characters is one path segment', async () => {
  const { client, emulator } = setUp()
  emulator.chatbotkit.seed([{ id: '../x?y#z', name: 'Odd' }])
  const path = `/contact/${encodeURIComponent('../x?y#z')}/fetch`
  expect(await client.get(path)).toMatchObject({ status: 200, json: { name: 'Odd' } })
})
