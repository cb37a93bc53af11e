import { expect, test } from 'vitest'
import { setUp, TEST_TIME, testClient } from '../test-client.ts'

const url = expect.stringMatching(/^https:\/\//)
const notFound = [404, { message: 'Not found', code: 'NOT_FOUND' }]
const unauthenticated = { status: 'unauthenticated', action: { type: 'authenticate', url } }

/** Two verified contacts, one that is not, and the answers to what is posted below them. */
function withContacts() {
  const { client, emulator } = setUp({ chatbotkit: { secrets: { 'sk-other': 'other' } } })
  const { chatbotkit } = emulator
  const [ana, bea, guest] = chatbotkit
    .seed([{ verifiedAt: TEST_TIME }, { verifiedAt: TEST_TIME }, { verifiedAt: null }])
    .map(({ id }) => id)
  const ids = { ana: ana ?? '', bea: bea ?? '', guest: guest ?? '' }
  const post = async (contact: keyof typeof ids, path: string) => {
    // The handlers do not read the body.
    const answer = await client.post(`/contact/${ids[contact]}/secret/${encodeURI(path)}`, 'no json')
    return answer.status === 200 ? answer.json : [answer.status, answer.json]
  }
  const listed = async (contact: keyof typeof ids) =>
    Object((await client.get(`/contact/${ids[contact]}/secret/list?order=asc`)).json).items.map(
      (item: { id: string }) => item.id,
    )
  return { client, chatbotkit, ids, post, listed }
}

test('a secret is verified and authenticated', async () => {
  const { chatbotkit, ids, post } = withContacts()
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1' }, { id: 's2', authenticated: false }])
  expect(await post('ana', 's1/verify')).toEqual({ id: 's1', status: 'authenticated' })
  expect(await post('ana', 's2/verify')).toEqual({ id: 's2', ...unauthenticated })
  expect(await post('ana', 's1/authenticate')).toEqual({ id: 's1', url })
  expect(await post('ana', 's2/authenticate')).toEqual({ id: 's2', url })
})

test('revoke takes the contact’s value away: it is listed no longer, and the secret stays', async () => {
  const { chatbotkit, ids, post, listed } = withContacts()
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1' }, { id: 's2' }])
  chatbotkit.seedSecrets(ids.bea, [{ id: 's1' }])
  expect(await post('ana', 's1/revoke')).toEqual({ id: 's1' })
  expect(await listed('ana')).toEqual(['s2'])
  expect(await listed('bea')).toEqual(['s1'])
  expect(await post('ana', 's1/verify')).toEqual({ id: 's1', ...unauthenticated })
  expect(await post('bea', 's1/verify')).toEqual({ id: 's1', status: 'authenticated' })
})

test('revoke of what the contact has no value for is a 401 that says where to authenticate', async () => {
  const { chatbotkit, ids, post } = withContacts()
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1' }])
  const refusal = [401, { code: 'NOT_AUTHENTICATED', message: expect.stringContaining('Missing value') }]
  expect(await post('bea', 's1/revoke')).toEqual(refusal)
  await post('ana', 's1/revoke')
  expect(await post('ana', 's1/revoke')).toEqual(refusal)
})

test('a secret is looked up in the whole account', async () => {
  const { chatbotkit, ids, post, listed } = withContacts()
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1', name: 'CRM' }])
  chatbotkit.seedAccountSecrets([{ id: 's2' }])
  expect(await post('bea', 's1/verify')).toEqual({ id: 's1', ...unauthenticated })
  expect(await post('bea', '(CRM)/verify')).toEqual({ id: 's1', ...unauthenticated })
  expect(await post('bea', 's2/authenticate')).toEqual({ id: 's2', url })
  expect(await listed('bea')).toEqual([])
  expect(await post('bea', 's3/verify')).toEqual(notFound)
  expect(await post('bea', '(crm)/verify')).toEqual(notFound)
  expect(await post('bea', '@crm/verify')).toEqual(notFound)
  expect(await post('bea', '()/verify')).toMatchObject([500, { message: 'Name is required' }])
})

test.each(['verify', 'authenticate', 'revoke'])('%s of another account’s secret is 403', async (action) => {
  const { chatbotkit, ids, post } = withContacts()
  chatbotkit.seedAccountSecrets([{ id: 's1', name: 'CRM' }], 'other')
  const [kid] = chatbotkit.seed([{ verifiedAt: TEST_TIME }], 'other')
  chatbotkit.seedSecrets(kid?.id ?? '', [{ id: 's2' }])
  const refusal = [403, { message: 'Not authorized', code: 'NOT_AUTHORIZED' }]
  expect(await post('ana', `s1/${action}`)).toEqual(refusal)
  expect(await post('ana', `s2/${action}`)).toEqual(refusal)
  expect(await post('ana', `(CRM)/${action}`)).toEqual(notFound)
  const other = testClient(chatbotkit.fetch, 'sk-other')
  expect(await other.post(`/contact/${kid?.id}/secret/s1/verify`, {})).toMatchObject({ status: 200 })
  expect(await other.post(`/contact/${ids.ana}/secret/s1/verify`, {})).toMatchObject({ status: 403 })
})

test('an unverified contact gets 409 on verify and authenticate, whatever it has', async () => {
  const { chatbotkit, ids, post, client } = withContacts()
  chatbotkit.seedSecrets(ids.guest, [{ id: 's1' }])
  const conflict = (action: string) => [
    409,
    { code: 'CONFLICT', message: `Cannot ${action} secret for this secret configuration` },
  ]
  expect(await post('guest', 's1/verify')).toEqual(conflict('verify'))
  expect(await post('guest', 's1/authenticate')).toEqual(conflict('authenticate'))
  expect(await post('guest', 's1/revoke')).toEqual([
    401,
    { code: 'NOT_AUTHENTICATED', message: 'Cannot obtain secret manager' },
  ])
  await client.post(`/contact/${ids.guest}/update`, { verifiedAt: TEST_TIME })
  expect(await post('guest', 's1/verify')).toEqual({ id: 's1', status: 'authenticated' })
})

test('a shared secret is authenticated for all contacts or for none, and never by one', async () => {
  const { chatbotkit, post } = withContacts()
  chatbotkit.seedAccountSecrets([
    { id: 's1', kind: 'shared' },
    { id: 's2', kind: 'shared', authenticated: false },
  ])
  const conflict = [409, { code: 'CONFLICT', message: 'Cannot obtain secret for this secret type' }]
  for (const contact of ['ana', 'guest'] as const) {
    expect(await post(contact, 's1/verify')).toEqual({ id: 's1', status: 'authenticated' })
    expect(await post(contact, 's2/verify')).toEqual(conflict)
    expect(await post(contact, 's1/authenticate')).toEqual(conflict)
    expect(await post(contact, 's1/revoke')).toMatchObject([500, { message: 'System error occurred' }])
    expect(await post(contact, 's2/revoke')).toEqual(notFound)
  }
})

test('what a value does not say is as its secret says it', async () => {
  const { client, chatbotkit, ids } = withContacts()
  chatbotkit.seedAccountSecrets([{ id: 's1', name: 'CRM', description: 'of sales', type: 'oauth' }])
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1', name: 'Ana’s CRM', meta: { a: 1 } }])
  chatbotkit.seedSecrets(ids.bea, [{ id: 's1' }])
  const listed = async (id: string) => Object((await client.get(`/contact/${id}/secret/list`)).json).items
  const common = { id: 's1', description: 'of sales', type: 'oauth' }
  expect(await listed(ids.ana)).toMatchObject([{ ...common, name: 'Ana’s CRM', meta: { a: 1 } }])
  expect(await listed(ids.bea)).toMatchObject([{ ...common, name: 'CRM', meta: null }])
})

test('a deleted contact’s values go with it, its account’s secrets do not; reset forgets both', async () => {
  const { client, chatbotkit, ids, post } = withContacts()
  chatbotkit.seedSecrets(ids.ana, [{ id: 's1' }])
  await client.post(`/contact/${ids.ana}/delete`, {})
  expect(await post('bea', 's1/verify')).toEqual({ id: 's1', ...unauthenticated })
  chatbotkit.reset()
  chatbotkit.seed([{ id: ids.bea, verifiedAt: TEST_TIME }])
  expect(await post('bea', 's1/verify')).toEqual(notFound)
})
