import { expect, it } from 'vitest'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities } from './testing/capabilities.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { fakeContact } from './testing/fake-contacts.ts'

const capabilities = {
  ...nativeCapabilities,
  upsert: { ...nativeCapabilities.upsert, mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
} as const

function setup() {
  const ana = fakeContact('a', { externalId: 'x-1', name: 'Ana' })
  const adapter = fakeAdapter(capabilities, { contacts: [ana] })
  const updates = () => adapter.api.calls.filter(({ method }) => method === 'update')
  return { ana, updates, client: createContacts(adapter) }
}

it('an emulated upsert tells the update which contact it has read', async () => {
  const { client, ana, updates } = setup()
  await client.upsert({ externalId: 'x-1', name: 'Bea' }, { by: 'externalId' })
  expect(updates().map(({ context }) => context.current)).toEqual([ana])
})

it('an update by the caller tells nothing: what the caller holds may be old', async () => {
  const { client, ana, updates } = setup()
  await client.update(ana, { name: 'Bea' })
  await client.update('a', { name: 'Cy' })
  expect(updates().map(({ context }) => context.current)).toEqual([undefined, undefined])
})
