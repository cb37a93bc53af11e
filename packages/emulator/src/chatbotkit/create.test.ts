import { expect, test } from 'vitest'
import { setUp, TEST_TIME } from '../test-client.ts'

test('an empty body makes a contact with the defaults', async () => {
  const { client, emulator } = setUp()
  const { status, json } = await client.post('/contact/create', {})
  const [contact] = emulator.chatbotkit.contacts
  expect([status, json]).toEqual([200, { id: contact?.id }])
  expect(contact).toEqual({
    id: expect.stringMatching(/^c[a-z0-9]{24}$/),
    name: '',
    description: '',
    fingerprint: expect.stringMatching(/^c[a-z0-9]{24}$/),
    email: null,
    phone: null,
    nick: null,
    preferences: null,
    verifiedAt: null,
    meta: null,
    createdAt: TEST_TIME,
    updatedAt: TEST_TIME,
  })
})

test('a fetch answers the fields in the order of the listing, null where unset', async () => {
  const { client } = setUp()
  const id = await client.create({
    name: 'Jane',
    phone: '(415) 555-2671',
    verifiedAt: 1_718_000_000_123,
    meta: { a: 1 },
  })
  const { status, json } = await client.get(`/contact/${id}/fetch`)
  expect([status, Object.entries(Object(json))]).toEqual([
    200,
    [
      ['id', id],
      ['name', 'Jane'],
      ['description', ''],
      ['fingerprint', expect.any(String)],
      ['email', null],
      ['phone', '+14155552671'],
      ['nick', null],
      ['preferences', null],
      ['verifiedAt', 1_718_000_000_123],
      ['meta', { a: 1 }],
      ['createdAt', TEST_TIME],
      ['updatedAt', TEST_TIME],
    ],
  ])
})

test('a fingerprint in use is 409; equal emails are not', async () => {
  const { client } = setUp()
  const fields = { fingerprint: 'crm-user-000000000042', email: 'a@example.com' }
  await client.create(fields)
  expect(await client.post('/contact/create', fields)).toMatchObject({
    status: 409,
    json: { code: 'CONFLICT', message: 'Unique constraint violation' },
  })
  expect(await client.post('/contact/create', { email: 'a@example.com' })).toMatchObject({ status: 200 })
})

test('the fingerprint is trimmed; an empty one is stored as it is, once', async () => {
  const { client, emulator } = setUp()
  await client.create({ fingerprint: '  crm-user-000000000042 ' })
  await client.create({ fingerprint: '' })
  expect(emulator.chatbotkit.contacts.map((contact) => contact.fingerprint).sort()).toEqual([
    '',
    'crm-user-000000000042',
  ])
  expect(await client.post('/contact/create', { fingerprint: '' })).toMatchObject({ status: 409 })
})

test('meta is stored raw, $update and all; members that begin with # are not sent', async () => {
  const { client, emulator } = setUp()
  const meta = { $update: { a: 1 }, '-x': 2, été: 3, '#hidden': 4, deep: [{ '#also': 5, shown: 6 }] }
  const id = await client.create({ meta })
  expect(emulator.chatbotkit.contacts[0]?.meta).toEqual(meta)
  const { json } = await client.get(`/contact/${id}/fetch`)
  expect(Object(json).meta).toEqual({ $update: { a: 1 }, '-x': 2, été: 3, deep: [{ shown: 6 }] })
})

test.each([{ name: null }, { description: null }, { fingerprint: null }, { meta: null }])(
  '%o is a 500 of the database unless the switches say otherwise',
  async (body) => {
    const answer = await setUp().client.post('/contact/create', body)
    expect(answer).toMatchObject({
      status: 500,
      json: { code: 'GENERIC_ERROR', message: 'System error occurred' },
    })
    const lenient = setUp({ chatbotkit: { nullText: 'ignore', nullMeta: 'store' } })
    expect(await lenient.client.post('/contact/create', body)).toMatchObject({ status: 200 })
    expect(lenient.emulator.chatbotkit.contacts).toMatchObject([{ name: '', description: '', meta: null }])
  },
)

test('verifiedAt 0 counts as not given, numeric text is converted', async () => {
  const { client, emulator } = setUp()
  await client.create({ verifiedAt: 0 })
  await client.create({ verifiedAt: '1718000000000' })
  expect(emulator.chatbotkit.contacts.map((contact) => contact.verifiedAt)).toEqual([null, 1_718_000_000_000])
})
