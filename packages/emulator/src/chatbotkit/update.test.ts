import { expect, test } from 'vitest'
import type { ContactSeed } from '../index.ts'
import { setUp, TEST_TIME } from '../test-client.ts'

function seeded(contact: ContactSeed) {
  const { emulator, clock, client } = setUp()
  const [{ id } = { id: '' }] = emulator.chatbotkit.seed([contact])
  clock.now += 60_000
  const update = (body: object) => client.post(`/contact/${id}/update`, body)
  const stored = () => emulator.chatbotkit.contacts[0]
  return { emulator, client, id, update, stored }
}

test('what is absent is left alone, and updatedAt moves even for nothing', async () => {
  const { update, stored, id } = seeded({
    name: 'Jane',
    email: 'a@example.com',
    meta: { a: 1 },
    verifiedAt: 7,
  })
  const { status, json } = await update({})
  expect([status, json]).toEqual([200, { id }])
  expect(stored()).toMatchObject({ name: 'Jane', email: 'a@example.com', meta: { a: 1 }, verifiedAt: 7 })
  expect([stored()?.createdAt, stored()?.updatedAt]).toEqual([TEST_TIME, TEST_TIME + 60_000])
})

test('null or the empty text clears', async () => {
  const full = {
    email: 'a@example.com',
    phone: '+14155552671',
    nick: 'jd',
    preferences: 'mail',
    verifiedAt: 7,
  }
  const { update, stored } = seeded({ ...full, name: 'Jane', description: 'text' })
  const cleared = { email: null, phone: null, nick: null, preferences: null, verifiedAt: null }
  await update({ ...cleared, name: '', description: '' })
  expect(stored()).toMatchObject({ ...cleared, name: '', description: '' })
  await update({ email: '', phone: '', nick: '', preferences: '' })
  expect(stored()).toMatchObject({ email: '', phone: '', nick: '', preferences: '' })
})

test.each([{ name: null }, { description: null }, { fingerprint: null }, { meta: null }])(
  '%j is a 500',
  async (body) => {
    const { update } = seeded({})
    expect(await update(body)).toMatchObject({
      status: 500,
      json: { code: 'GENERIC_ERROR', message: 'System error occurred' },
    })
  },
)

test.each([
  ['store', null],
  ['ignore', { a: 1 }],
] as const)('null meta under the switch %s', async (nullMeta, expected) => {
  const { emulator, client } = setUp({ chatbotkit: { nullMeta } })
  const id = await client.create({ meta: { a: 1 } })
  expect(await client.post(`/contact/${id}/update`, { meta: null })).toMatchObject({ status: 200 })
  expect(emulator.chatbotkit.contacts[0]?.meta).toEqual(expected)
})

test.each<[string, object, object]>([
  ['replaces', { b: 2 }, { b: 2 }],
  ['empties', {}, {}],
  ['merges shallowly under $update', { $update: { b: { z: 1 } } }, { a: 1, b: { z: 1 } }],
  ['drops the siblings of $update', { $update: { c: 3 }, d: 4 }, { a: 1, b: { y: 1 }, c: 3 }],
  ['keeps null in $update', { $update: { a: null } }, { a: null, b: { y: 1 } }],
  ['changes nothing under a $update that is no object', { $update: null, d: 4 }, { a: 1, b: { y: 1 } }],
  ['drops odd keys', { '-x': 1, '#x': 1, $x: 1, été: 1, '9': 1, Z: 1 }, { '9': 1, Z: 1 }],
  ['drops odd keys in $update', { $update: { _x: 1, '-x': 1, c: 3 } }, { a: 1, b: { y: 1 }, c: 3 }],
  ['keeps odd keys further down', { a: { _x: 1, '-y': 2 } }, { a: { _x: 1, '-y': 2 } }],
])('meta: %s', async (_name, sent, expected) => {
  const { update, stored } = seeded({ meta: { a: 1, b: { y: 1 } } })
  expect(await update({ meta: sent })).toMatchObject({ status: 200 })
  expect(stored()?.meta).toEqual(expected)
})

test('a top-level underscore key is a 400', async () => {
  const { update } = seeded({})
  expect(await update({ meta: { _x: 1 } })).toMatchObject({ status: 400 })
})

test('the fingerprint can change, to one that is free', async () => {
  const { update, stored, client, emulator } = seeded({ fingerprint: 'crm-user-000000000001' })
  emulator.chatbotkit.seed([{ fingerprint: 'crm-user-000000000002' }])
  expect(await update({ fingerprint: 'crm-user-000000000002' })).toMatchObject({ status: 409 })
  expect(await update({ fingerprint: 'crm-user-000000000001' })).toMatchObject({ status: 200 })
  expect(await update({ fingerprint: 'crm-user-000000000003' })).toMatchObject({ status: 200 })
  expect(stored()?.fingerprint).toBe('crm-user-000000000003')
  expect(await client.create({ fingerprint: 'crm-user-000000000001' })).toEqual(expect.any(String))
})

test('verifiedAt: a number sets, 0 leaves', async () => {
  const { update, stored } = seeded({ verifiedAt: 7 })
  await update({ verifiedAt: 0 })
  expect(stored()?.verifiedAt).toBe(7)
  await update({ verifiedAt: 9 })
  expect(stored()?.verifiedAt).toBe(9)
})

test('a time that no date can hold is a 500', async () => {
  const { update } = seeded({})
  expect(await update({ verifiedAt: 9_000_000_000_000_000 })).toMatchObject({ status: 500 })
})
