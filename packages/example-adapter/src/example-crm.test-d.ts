import type { ContactsWith } from '@anycontact/core'
import { describe, expectTypeOf, it } from 'vitest'
import { exampleCrm } from './index.ts'
import { setUp } from './testing/setup.ts'

describe('what follows from the options', () => {
  const { contacts } = setUp()

  it('are custom fields by name and type', async () => {
    const { customFields } = await contacts.get('1')
    expectTypeOf(customFields).toEqualTypeOf<{
      plan?: string
      seats?: number
      vip?: boolean
      since?: string
    }>()
    contacts.create({ customFields: { plan: 'pro', seats: null } })
    // @ts-expect-error nobody declared it
    contacts.create({ customFields: { stage: 'new' } })
    // @ts-expect-error it is a number
    contacts.update('1', { customFields: { seats: 'three' } })
  })

  it('is an external id, where an attribute is unique', () => {
    contacts.get({ externalId: 'm1' })
    contacts.upsert({ externalId: 'm1' }, { by: 'externalId' })
    expectTypeOf(contacts).toExtend<ContactsWith<{ upsert: { by: 'externalId'; fields: 'name' } }>>()
    const plain = exampleCrm({ token: 't', account: { customFields: {} } })
    plain.upsert({ email: 'ana@example.com' }, { by: 'email' })
    // @ts-expect-error there is no such key
    plain.get({ externalId: 'm1' })
    // @ts-expect-error there is no such field
    plain.create({ externalId: 'm1' })
  })

  it('is no outcome that is not told, unless it is asked for', async () => {
    const { outcome } = await contacts.upsert({ email: 'ana@example.com' }, { by: 'email' })
    expectTypeOf(outcome).toEqualTypeOf<'created' | 'updated' | 'unchanged' | 'stored'>()
    const exact = await contacts.upsert({ email: 'ana@example.com' }, { by: 'email', outcome: 'exact' })
    expectTypeOf(exact.outcome).toEqualTypeOf<'created' | 'updated' | 'unchanged'>()
  })
})
