import { expect, test } from 'vitest'
import { collect, sdk } from './set-up.ts'

async function withContact() {
  const { client, emulator } = await sdk({ retries: 0 })
  const [contact] = emulator.seed([{ name: 'Jane', verifiedAt: 1 }])
  return { client, emulator, contactId: contact?.id ?? '' }
}

test('conversations, tasks and spaces are listed and streamed', async () => {
  const { client, emulator, contactId } = await withContact()
  const [conversation] = emulator.seedConversations(contactId, [{ name: 'Talk', model: 'gpt-4o' }])
  const [task] = emulator.seedTasks(contactId, [{ name: 'Report', status: 'idle' }])
  const [space] = emulator.seedSpaces(contactId, [{ name: 'Files' }])
  expect(await client.conversation.list(contactId)).toEqual({
    items: [conversation],
    cursor: conversation?.id,
  })
  expect(await client.task.list(contactId)).toEqual({ items: [task], cursor: task?.id })
  expect(await client.space.list(contactId)).toEqual({ items: [space], cursor: space?.id })
  expect(await collect(client.conversation.list(contactId).stream())).toEqual([
    { type: 'item', data: conversation },
  ])
})

test('secrets are listed, verified, authenticated and revoked', async () => {
  const { client, emulator, contactId } = await withContact()
  const [secret] = emulator.seedSecrets(contactId, [{ name: 'CRM', type: 'oauth' }])
  const secretId = secret?.id ?? ''
  expect(await client.secret.list(contactId)).toEqual({ items: [secret], cursor: secretId })
  expect(await client.secret.list(contactId, { cursor: secretId })).toEqual({ items: [] })
  expect(await client.secret.verify(contactId, secretId)).toEqual({ id: secretId, status: 'authenticated' })
  expect(await client.secret.authenticate(contactId, secretId)).toMatchObject({
    id: secretId,
    url: expect.stringMatching(/^https:/),
  })
  expect(await client.secret.revoke(contactId, secretId)).toEqual({ id: secretId })
  expect(await client.secret.list(contactId)).toEqual({ items: [] })
  expect(await client.secret.verify(contactId, secretId)).toMatchObject({ status: 'unauthenticated' })
})

test('of a contact that is gone they are 404', async () => {
  const { client } = await withContact()
  await expect(client.task.list('missing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(client.secret.verify('missing', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
