import { expect, test } from 'vitest'
import { setUp, TEST_TIME } from '../test-client.ts'
import { untrustedFingerprint } from './fingerprint.ts'

const fingerprint = 'crm-user-000000000042'

test.each([
  [{ name: 'Guest User', email: 'guest@example.com' }, '36133ebf-e743-5a8e-b513-74640424d5c0'],
  [{ email: 'guest@example.com' }, 'd2227346-a4f5-559d-8f00-36294ca0a0c0'],
  [{}, '18d29b66-d358-5f36-81a9-bdfcf8b73786'],
  [
    { name: 'zed', email: 'amy@example.com', phone: '+14155552671', nick: 'mm' },
    'c809301b-26d4-55e4-ada2-ef2fb1bd16a7',
  ],
  [{ name: 'zed' }, '76103ee2-f4a1-5d74-bedc-1a3f09511528'],
  [{ name: 'zed', email: null, phone: null, nick: null }, '5b6c0256-58b4-5d8b-842e-a81156dc67a5'],
])('%j has the fingerprint %s', async (fields, expected) => {
  expect(await untrustedFingerprint(fields)).toBe(expected)
  const { client, emulator } = setUp()
  await client.post('/contact/ensure', fields)
  expect(emulator.chatbotkit.contacts).toMatchObject([{ fingerprint: expected, verifiedAt: null }])
})

test('a trusted ensure creates a verified contact, and ignores verifiedAt', async () => {
  const { client, emulator } = setUp()
  await client.post('/contact/ensure', { fingerprint: ` ${fingerprint} `, name: 'Jane', verifiedAt: 5 })
  expect(emulator.chatbotkit.contacts).toMatchObject([{ fingerprint, name: 'Jane', verifiedAt: TEST_TIME }])
})

test('a found contact is answered and never changed', async () => {
  const { client, emulator, clock } = setUp()
  const first = await client.post('/contact/ensure', { fingerprint, name: 'Jane' })
  clock.now += 1000
  const second = await client.post('/contact/ensure', {
    fingerprint,
    name: 'Joan',
    email: 'joan@example.com',
  })
  expect(second.json).toEqual(first.json)
  expect(emulator.chatbotkit.contacts).toMatchObject([{ name: 'Jane', email: null, updatedAt: TEST_TIME }])
})

test('an untrusted ensure finds the same four values, whatever else is sent', async () => {
  const { client, emulator } = setUp()
  const first = await client.post('/contact/ensure', { name: 'Guest', phone: '(415) 555-2671' })
  const second = await client.post('/contact/ensure', {
    name: 'Guest',
    phone: '+14155552671',
    description: 'again',
  })
  const third = await client.post('/contact/ensure', {
    name: 'guest',
    phone: '+14155552671',
    fingerprint: '',
  })
  expect(second.json).toEqual(first.json)
  expect(third.json).not.toEqual(first.json)
  expect(emulator.chatbotkit.contacts).toHaveLength(2)
})

test('a state that does not fit is a 500', async () => {
  const { client, emulator } = setUp()
  await client.create({ fingerprint })
  expect(await client.post('/contact/ensure', { fingerprint })).toMatchObject({
    status: 500,
    json: { code: 'GENERIC_ERROR', message: 'Contact is not verified' },
  })
  const [untrusted] = emulator.chatbotkit.seed([
    { fingerprint: await untrustedFingerprint({ name: 'Guest' }), verifiedAt: TEST_TIME },
  ])
  expect(untrusted?.verifiedAt).toBe(TEST_TIME)
  expect(await client.post('/contact/ensure', { name: 'Guest' })).toMatchObject({
    status: 500,
    json: { code: 'GENERIC_ERROR', message: 'Contact is verified' },
  })
})

test('a record created with verifiedAt is accepted', async () => {
  const { client } = setUp()
  const id = await client.create({ fingerprint, verifiedAt: TEST_TIME })
  expect((await client.post('/contact/ensure', { fingerprint })).json).toEqual({ id })
})

test.each(['1234567890123456', '   '])('the fingerprint %j is too short to ensure', async (short) => {
  const { client } = setUp()
  expect(await client.post('/contact/ensure', { fingerprint: short })).toMatchObject({
    status: 500,
    json: { code: 'GENERIC_ERROR', message: 'fingerprint is too short' },
  })
})

test('17 characters are enough; null is untrusted', async () => {
  const { client, emulator } = setUp()
  expect(await client.post('/contact/ensure', { fingerprint: '12345678901234567' })).toMatchObject({
    status: 200,
  })
  expect(await client.post('/contact/ensure', { fingerprint: null })).toMatchObject({ status: 200 })
  expect(emulator.chatbotkit.contacts.map((contact) => contact.verifiedAt)).toEqual([TEST_TIME, null])
})
