import { ofetch } from 'ofetch'
import { expect, test } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { sdk } from './chatbotkit-sdk/set-up.ts'

test('a client that sends every failed request again doubles a create, and the audit says so', async () => {
  const emulator = createEmulator()
  const server = await emulator.listen()
  emulator.chatbotkit.faults.add({ status: 502, applied: true })
  const create = (body: object) =>
    ofetch(`${server.url}/v1/contact/create`, {
      method: 'POST',
      retry: 2,
      headers: { authorization: 'Bearer sk-emulator' },
      body,
    })
  await create({ name: 'Ana' })
  await create({ name: 'Bo' })
  expect(emulator.audit()).toMatchObject({
    writes: 3,
    doubled: [{ vendor: 'chatbotkit', requests: [{}, {}] }],
  })
  await server.close()
})

test('the vendor’s own client doubles a create whose answer is lost', async () => {
  const { client, emulator } = await sdk()
  emulator.faults.add({ cut: 'answer' })
  await client.create({ name: 'Ana' })
  expect(emulator.contacts).toHaveLength(2)
  expect(emulator.audit().doubled).toHaveLength(1)
})
