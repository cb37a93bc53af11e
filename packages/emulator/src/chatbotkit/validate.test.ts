import { expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

const operations = ['/contact/create', '/contact/ensure', '/contact/abc/update']
const tooLong = 'x'.repeat(192)

test.each<[unknown, string]>([
  [{ email: 'nope' }, '"email" must be a valid email'],
  [{ email: `${'x'.repeat(65)}@example.com` }, '"email" must be a valid email'],
  [{ email: `a@${'x'.repeat(64)}.com` }, '"email" must be a valid email'],
  [{ email: 'a@b@c.com' }, '"email" must be a valid email'],
  [{ email: 'a@-b.com' }, '"email" must be a valid email'],
  [{ email: 'a..b@c.com' }, '"email" must be a valid email'],
  [{ email: 'a@b.1' }, '"email" must be a valid email'],
  [{ email: 'a@b' }, '"email" must be a valid email'],
  [{ email: 'a b@example.com' }, '"email" must be a valid email'],
  [{ phone: '12' }, '"phone" must be a phone number'],
  [{ phone: '+1234567890' }, '"phone" must be a phone number'],
  [{ phone: '020 7946 0958' }, '"phone" must be a phone number'],
  [{ nick: tooLong }, '"nick" must be less than or equal to 191 bytes long'],
  [{ name: '🦊'.repeat(48) }, '"name" must be less than or equal to 191 bytes long'],
  [{ description: 'x'.repeat(65_536) }, '"description" must be less than or equal to 65535 bytes long'],
  [{ preferences: 'é'.repeat(32_768) }, '"preferences" must be less than or equal to 65535 bytes long'],
  [{ fingerprint: tooLong }, '"fingerprint" must be less than or equal to 191 bytes long'],
  [{ fingerprint: 'short' }, 'Fingerprint is too short (fingerprint)'],
  [{ fingerprint: `${' '.repeat(10)}short${' '.repeat(10)}` }, 'Fingerprint is too short (fingerprint)'],
  [{ color: 'red' }, '"color" is not allowed'],
  [{ name: 5 }, '"name" must be a string'],
  [{ verifiedAt: '2024-01-01' }, '"verifiedAt" must be a number'],
  [{ verifiedAt: true }, '"verifiedAt" must be a number'],
  [{ verifiedAt: 1e17 }, '"verifiedAt" must be a safe number'],
  ['{"verifiedAt":1e999}', '"verifiedAt" cannot be infinity'],
  [{ verifiedAt: ' ' }, '"verifiedAt" must be a number'],
  [{ meta: { _x: 1 } }, '"meta._x" is not allowed'],
  [{ meta: { '': 1 } }, '"meta." is not allowed'],
  [{ meta: [] }, '"meta" must be of type object'],
  [{ meta: 'text' }, '"meta" must be of type object'],
  ['not json', 'Bad request'],
  ['', 'Bad request'],
  ['null', '"value" must be of type object'],
  ['[]', '"value" must be of type object'],
  // The first problem alone is told: fields in their order, then unknown names, then the fingerprint's length.
  [{ color: 'red', phone: '12', email: 'nope' }, '"email" must be a valid email'],
  [{ color: 'red', fingerprint: 'short' }, '"color" is not allowed'],
])('%j is refused by each operation: %s', async (body, message) => {
  const { client } = setUp()
  for (const operation of operations) {
    const { status, json } = await client.post(operation, body)
    expect([operation, status, json]).toEqual([operation, 400, { message, code: 'BAD_REQUEST' }])
  }
})

test.each([
  { name: '🦊'.repeat(47) },
  { nick: '', email: '', phone: '', preferences: '' },
  { email: null, phone: null, nick: null, preferences: null, verifiedAt: null },
  { email: "jörg.o'neil+x@sub.example.museum" },
  { email: 'a@bücher.example' },
  { email: `${'x'.repeat(64)}@${'y'.repeat(63)}.com` },
  { email: '用户@例子.广告' },
  { meta: { a: { _nested: 1 }, $update: 1, ключ: null } },
  { fingerprint: '  ' },
])('%j is accepted', async (body) => {
  expect(await setUp().client.post('/contact/create', body)).toMatchObject({ status: 200 })
})

test.each([
  ['+14155552671', '+14155552671'],
  ['(415) 555-2671', '+14155552671'],
  ['+44 20 7946 0958', '+442079460958'],
  ['call +14155552671 today', '+14155552671'],
])('the phone %s is stored as %s', async (phone, stored) => {
  const { client, emulator } = setUp()
  await client.create({ phone })
  expect(emulator.chatbotkit.contacts[0]?.phone).toBe(stored)
})

test('text around a phone number is refused under the switch', async () => {
  const { client } = setUp({ chatbotkit: { phoneText: 'refuse' } })
  expect(await client.post('/contact/create', { phone: 'call +14155552671 today' })).toMatchObject({
    status: 400,
  })
  expect(await client.post('/contact/create', { phone: '+1 415 555 2671' })).toMatchObject({ status: 200 })
})

test('the email is neither trimmed nor lower-cased', async () => {
  const { client, emulator } = setUp()
  await client.create({ email: 'Jane.Doe@Example.COM' })
  expect(emulator.chatbotkit.contacts[0]?.email).toBe('Jane.Doe@Example.COM')
  expect(await client.post('/contact/create', { email: ' jane@example.com' })).toMatchObject({ status: 400 })
})

test('a self-hosted database takes far longer texts', async () => {
  const { client } = setUp({ chatbotkit: { database: 'sqlite' } })
  expect(await client.post('/contact/create', { nick: tooLong })).toMatchObject({ status: 200 })
})

test('an email has 254 characters at most, whatever the database', async () => {
  const { client } = setUp({ chatbotkit: { database: 'sqlite' } })
  const email = (length: number) => `a@${`${'x'.repeat(49)}.`.repeat(5)}`.padEnd(length, 'c')
  expect(await client.post('/contact/create', { email: email(254) })).toMatchObject({ status: 200 })
  expect(await client.post('/contact/create', { email: email(255) })).toMatchObject({ status: 400 })
})

test('a token of an untrusted audience may not send a fingerprint', async () => {
  const { client } = setUp({
    chatbotkit: { secrets: { jwt: { account: 'emulator', kind: 'jwt', trusted: false } } },
  })
  const headers = { authorization: 'Bearer jwt' }
  const refused = await client.post('/contact/create', { fingerprint: 'crm-user-000000000042' }, headers)
  expect(refused).toMatchObject({
    status: 400,
    json: {
      code: 'BAD_REQUEST',
      message: 'Cannot use fingerprint with aud "untrusted" (fingerprint)',
    },
  })
  expect(await client.post('/contact/create', { fingerprint: 'short' }, headers)).toMatchObject({
    json: { message: 'Fingerprint is too short (fingerprint)' },
  })
  expect(await client.post('/contact/ensure', { name: 'Guest' }, headers)).toMatchObject({ status: 200 })
})
