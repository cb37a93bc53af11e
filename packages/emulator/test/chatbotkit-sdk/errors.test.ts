import { expect, test } from 'vitest'
import { sdk } from './set-up.ts'

test('without a token a GET is 401 and a POST is 403; a wrong token is 401 for both', async () => {
  const anonymous = (await sdk({ secret: '' })).client
  await expect(anonymous.list()).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
  await expect(anonymous.create({})).rejects.toMatchObject({ code: 'NOT_AUTHORIZED' })
  const wrong = (await sdk({ secret: 'sk-wrong' })).client
  await expect(wrong.list()).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
  await expect(wrong.create({})).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
})

test('another account’s record is 403', async () => {
  const { client, emulator } = await sdk({ secret: 'sk-other' }, { secrets: { 'sk-other': 'other' } })
  const [contact] = emulator.seed([{}])
  await expect(client.fetch(contact?.id ?? '')).rejects.toMatchObject({ code: 'NOT_AUTHORIZED' })
})

test('the client can act for a child account, by id and by address', async () => {
  const chatbotkit = { accounts: { child: { parent: 'emulator', email: 'child@example.com' } } }
  for (const runAs of [{ runAsUserId: 'child' }, { runAsChildUserEmail: 'child@example.com' }]) {
    const { client, emulator } = await sdk(runAs, chatbotkit)
    await client.create({ name: 'Kid' })
    expect(emulator.contactsOf('child')).toMatchObject([{ name: 'Kid' }])
  }
  const { client } = await sdk({ runAsUserId: 'nobody' }, chatbotkit)
  await expect(client.list()).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
})

test('the poll limit answers 429 without Retry-After', async () => {
  const { client, emulator } = await sdk({}, { pollLimit: 1 })
  await client.list()
  await expect(client.list()).rejects.toMatchObject({
    code: 'LIMITS_REACHED',
    message: 'You have exceeded your allocated rate limits: rate/poll',
  })
  expect(emulator.requests.map((request) => request.status)).toEqual([200, 429, 429, 429, 429])
})

test('an HTML 502 is a generic error after four attempts', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ html: true, times: 4 })
  await expect(client.list()).rejects.toMatchObject({
    code: 'GENERIC_ERROR',
    message: 'There was a generic error',
  })
  expect(emulator.faults.pending).toBe(0)
})

test('a 503 that passes is survived', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ status: 503, times: 3 })
  expect(await client.list()).toEqual({ items: [] })
})

test('a 200 with an error object passes as an answer', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ errorObject: true })
  expect(await client.list()).toEqual({ code: 'GENERIC_ERROR', message: 'System error occurred' })
})

test('a create whose answer was lost is sent again, and so made twice', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ path: '/contact/create', cut: 'answer' })
  emulator.faults.add({ path: '/contact/create', status: 504, applied: true })
  await client.create({ name: 'Jane' })
  expect(emulator.contacts.map((contact) => contact.name)).toEqual(['Jane', 'Jane', 'Jane'])
})

test('with a fingerprint the second attempt is a conflict', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ cut: 'answer' })
  await expect(client.create({ fingerprint: 'crm-user-000000000042' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
})

test('truncated JSON throws', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ truncateBytes: 5 })
  await expect(client.list()).rejects.toThrow(SyntaxError)
})

test('a 413 that is not JSON is CONTENT_TOO_LARGE', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ status: 413, body: 'Request Entity Too Large' })
  await expect(client.create({})).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' })
})

test('an answer that never comes runs into the client’s time-out', async () => {
  const { client, emulator } = await sdk({ timeout: 20, retries: 0 })
  emulator.faults.add({ stall: 'request' })
  await expect(client.list()).rejects.toMatchObject({ name: 'TimeoutError' })
})
