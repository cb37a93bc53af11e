import { describe, expect, it } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { createContacts } from './create-contacts.ts'

/** A client whose provider does not tell what an upsert changed, and the calls of its adapter. */
function cheapClient() {
  const calls: string[] = []
  const stored = ({ externalId }: ContactWrite): Contact => ({
    provider: 'cheap',
    id: `id of ${externalId}`,
    externalId: String(externalId),
    contactMethods: [],
    customFields: {},
    raw: undefined,
  })
  const contacts = createContacts(
    defineAdapter({
      specVersion: 1,
      provider: 'cheap',
      capabilities: {
        create: { mode: 'native', fields: ['externalId'] },
        update: { mode: 'native', by: ['id'], fields: ['externalId'] },
        upsert: { mode: 'native', by: ['externalId'], fields: ['externalId'], outcome: 'stored' },
        upsertMany: { mode: 'native', maxItems: 10, atomic: true },
      },
      api: undefined,
      create: async (input) => stored(input),
      update: async (_ref, patch) => stored(patch),
      async upsert(input, _by, { exactOutcome }) {
        calls.push(exactOutcome ? 'upsert, exactly' : 'upsert')
        return { contact: stored(input), outcome: exactOutcome ? 'unchanged' : 'stored' }
      },
      async upsertMany(inputs) {
        calls.push(`upsertMany of ${inputs.length}`)
        return inputs.map((input) => ({ value: { contact: stored(input), outcome: 'stored' } }))
      },
    }),
  )
  return { contacts, calls }
}

describe('cheap outcomes', () => {
  const items = [{ externalId: 'a' }, { externalId: 'b' }]

  it('are what the adapter tells', async () => {
    const { contacts, calls } = cheapClient()
    expect(await contacts.upsert({ externalId: 'a' }, { by: 'externalId' })).toMatchObject({
      outcome: 'stored',
    })
    const { succeeded } = await contacts.upsertMany(items, { by: 'externalId' })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
    expect(calls).toEqual(['upsert', 'upsertMany of 2'])
  })

  it('are exact where that is asked for, in a batch by single upserts', async () => {
    const { contacts, calls } = cheapClient()
    const options = { by: 'externalId', outcome: 'exact' } as const
    expect(await contacts.upsert({ externalId: 'a' }, options)).toMatchObject({ outcome: 'unchanged' })
    const { succeeded } = await contacts.upsertMany(items, options)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
    expect(calls).toEqual(Array(3).fill('upsert, exactly'))
  })

  it('stay with the batch route where all or nothing was asked for', async () => {
    const { contacts, calls } = cheapClient()
    await contacts.upsertMany(items, { by: 'externalId', outcome: 'exact', atomic: true })
    expect(calls).toEqual(['upsertMany of 2'])
  })
})
