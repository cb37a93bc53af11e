import { expect, test } from 'vitest'
import { sdk, untyped } from './set-up.ts'

const fingerprint = 'crm-user-000000000042'

test('create and update answer an id only; fetch has the record', async () => {
  const { client } = await sdk()
  const created = await client.create({ name: 'Zoë 🦊', email: 'zoe@example.com', phone: '(415) 555-2671' })
  expect(Object.keys(created)).toEqual(['id'])
  expect(await client.update(created.id, { nick: 'zoe' })).toEqual({ id: created.id })
  expect(await client.fetch(created.id)).toMatchObject({
    id: created.id,
    name: 'Zoë 🦊',
    email: 'zoe@example.com',
    phone: '+14155552671',
    nick: 'zoe',
    preferences: null,
    verifiedAt: null,
    meta: null,
    createdAt: expect.any(Number),
  })
})

test('delete is for good', async () => {
  const { client } = await sdk()
  const { id } = await client.create({})
  expect(await client.delete(id)).toEqual({ id })
  await expect(client.fetch(id)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found' })
  await expect(client.delete(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('create with a taken fingerprint is a conflict, and is not repeated', async () => {
  const { client, emulator } = await sdk()
  await client.create({ fingerprint })
  emulator.requests.clear()
  await expect(client.create({ fingerprint })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'Unique constraint violation',
  })
  expect(emulator.requests).toHaveLength(1)
})

test('ensure creates a verified contact once, and never changes it', async () => {
  const { client } = await sdk()
  const { id } = await client.ensure({ fingerprint, name: 'Jane' })
  expect(await client.ensure({ fingerprint, name: 'Joan' })).toEqual({ id })
  expect(await client.fetch(id)).toMatchObject({ name: 'Jane', verifiedAt: expect.any(Number) })
})

test('ensure on an unverified record is a 500, which the client sends four times', async () => {
  const { client, emulator } = await sdk()
  const { id } = await client.create({ fingerprint })
  emulator.requests.clear()
  await expect(client.ensure({ fingerprint })).rejects.toMatchObject({
    code: 'GENERIC_ERROR',
    message: 'Contact is not verified',
  })
  expect(emulator.requests.map((request) => request.status)).toEqual([500, 500, 500, 500])
  await client.update(id, { verifiedAt: 1_718_000_000_000 })
  expect(await client.ensure({ fingerprint })).toEqual({ id })
})

test('ensure without a fingerprint goes by name, email, phone and nick, and refuses a verified record', async () => {
  const { client } = await sdk({ retries: 0 })
  const { id } = await client.ensure(untyped({ name: 'Guest User', email: 'guest@example.com' }))
  expect(await client.fetch(id)).toMatchObject({ fingerprint: '36133ebf-e743-5a8e-b513-74640424d5c0' })
  await client.update(id, { verifiedAt: 1_718_000_000_000 })
  await expect(
    client.ensure(untyped({ name: 'Guest User', email: 'guest@example.com' })),
  ).rejects.toMatchObject({
    message: 'Contact is verified',
  })
})

test('ensure wants 17 characters', async () => {
  const { client } = await sdk({ retries: 0 })
  await expect(client.ensure({ fingerprint: 'x'.repeat(16) })).rejects.toMatchObject({
    code: 'GENERIC_ERROR',
    message: 'fingerprint is too short',
  })
  await expect(client.ensure({ fingerprint: 'x'.repeat(15) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await client.ensure({ fingerprint: 'x'.repeat(17) })).toHaveProperty('id')
})

test('create with verifiedAt, then ensure, is one record', async () => {
  const { client } = await sdk()
  const { id } = await client.create({ fingerprint, verifiedAt: 1_718_000_000_000 })
  expect(await client.ensure({ fingerprint })).toEqual({ id })
})

test('meta: replaced, merged under $update, odd keys dropped on update without a word', async () => {
  const { client } = await sdk()
  const { id } = await client.create({ meta: { plan: 'pro', '-x': 1, score: 5 } })
  const meta = async () => (await client.fetch(id)).meta
  expect(await meta()).toEqual({ plan: 'pro', '-x': 1, score: 5 })
  await client.update(id, { meta: { $update: { score: 7, city: null, '-y': 1 } } })
  expect(await meta()).toEqual({ plan: 'pro', '-x': 1, score: 7, city: null })
  await client.update(id, { meta: { plan: 'free', '-x': 1, été: 1 } })
  expect(await meta()).toEqual({ plan: 'free' })
  await client.update(id, { meta: {} })
  expect(await meta()).toEqual({})
  await expect(client.update(id, { meta: { _x: 1 } })).rejects.toMatchObject({
    message: '"meta._x" is not allowed',
  })
})

test('clearing: null for email, phone and nick, the empty text for name and description', async () => {
  const { client } = await sdk({ retries: 0 })
  const { id } = await client.create({
    name: 'Jane',
    email: 'a@example.com',
    phone: '+14155552671',
    nick: 'jd',
  })
  await client.update(id, untyped({ email: null, phone: null, nick: null, name: '', description: '' }))
  expect(await client.fetch(id)).toMatchObject({
    name: '',
    description: '',
    email: null,
    phone: null,
    nick: null,
  })
  await expect(client.update(id, untyped({ name: null }))).rejects.toMatchObject({
    code: 'GENERIC_ERROR',
    message: 'System error occurred',
  })
})

test('a refused field is a BAD_REQUEST with the field named', async () => {
  const { client } = await sdk()
  await expect(client.create({ email: 'nope' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: '"email" must be a valid email',
  })
  await expect(client.create({ phone: '+1234567890' })).rejects.toMatchObject({
    message: '"phone" must be a phone number',
  })
})

test('an id with reserved characters arrives as one path segment when it is escaped', async () => {
  const { client, emulator } = await sdk()
  emulator.seed([{ id: '../x?y#z', name: 'Odd' }])
  expect(await client.fetch(encodeURIComponent('../x?y#z'))).toMatchObject({ name: 'Odd' })
  expect(emulator.requests.at(-1)?.path).toBe('/api/v1/contact/..%2Fx%3Fy%23z/fetch')
})
