import { describe, expectTypeOf, it } from 'vitest'
import type { Adapter } from '../adapter/adapter.ts'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput } from '../model/input.ts'
import type { JsonInputObject, JsonObject } from '../model/json.ts'
import type { ContactOf, CreateInput } from './adapter-types.ts'
import { createContacts } from './create-contacts.ts'
import type { ContactWithFields, DeclaredFields } from './custom-field-types.ts'
import type { Contacts, ContactsWith } from './types.ts'

interface CrmRecord {
  readonly crmId: string
}
declare const stored: Contact<CrmRecord>

const fields = ['externalId', 'name', 'customFields'] as const

/** A factory whose client has the custom fields that its caller declares. */
function crm<const Fields extends DeclaredFields>(options: { readonly customFields: Fields }) {
  return createContacts(
    defineAdapter({
      specVersion: 1,
      provider: 'crm',
      capabilities: {
        get: { mode: 'native', by: ['id'] },
        create: { mode: 'native', fields },
        update: { mode: 'native', by: ['id'], fields },
        upsert: { mode: 'native', by: ['externalId'], fields },
        customFields: options.customFields,
      },
      api: undefined,
      get: async () => stored,
      create: async () => stored,
      update: async () => stored,
      upsert: async () => ({ contact: stored, outcome: 'created' }),
    }),
  )
}

describe('custom fields that are declared', () => {
  const contacts = crm({ customFields: { plan: 'text', seats: 'number', vip: 'boolean', since: 'date' } })

  it('are read with their types', async () => {
    const contact = await contacts.get('c1')
    expectTypeOf(contact.customFields).toEqualTypeOf<{
      plan?: string
      seats?: number
      vip?: boolean
      since?: string
    }>()
    // @ts-expect-error nobody declared it
    contact.customFields.stage
    expectTypeOf(contact).toExtend<Contact<CrmRecord>>()
    expectTypeOf(contact).toEqualTypeOf<
      ContactWithFields<CrmRecord, { plan?: string; seats?: number; vip?: boolean; since?: string }>
    >()
    contacts.update(contact, { name: 'Ana' })
  })

  it('are written with their types, and no others', () => {
    contacts.create({ customFields: { plan: 'pro', seats: 3, vip: true, since: '2026-01-01' } })
    contacts.update('c1', { customFields: { plan: null, seats: undefined } })
    contacts.update('c1', { customFields: null })
    contacts.upsert({ externalId: 'x', customFields: { seats: 3 } }, { by: 'externalId' })
    // @ts-expect-error nobody declared it
    contacts.create({ customFields: { stage: 'new' } })
    // @ts-expect-error it is a number
    contacts.update('c1', { customFields: { seats: 'three' } })
    // @ts-expect-error a date is text
    contacts.upsert({ externalId: 'x', customFields: { since: new Date(0) } }, { by: 'externalId' })
    // @ts-expect-error other fields are those of the literal, as ever
    contacts.create({ email: 'ana@example.com' })
  })

  it('leave the client one that code for any provider takes', () => {
    expectTypeOf(contacts).toExtend<ContactsWith<'get' | 'create' | 'upsert'>>()
    expectTypeOf(contacts).toExtend<ContactsWith<{ create: 'customFields' }>>()
  })

  it('can be in a type that has a name', async () => {
    interface CrmCapabilities<Fields extends DeclaredFields> {
      readonly get: { readonly mode: 'native'; readonly by: readonly ['id'] }
      readonly customFields: Fields
    }
    interface CrmContacts<Fields extends DeclaredFields>
      extends Contacts<Adapter<CrmCapabilities<Fields>, CrmRecord, never, undefined>> {}
    const client = {} as CrmContacts<{ readonly seats: 'number' }>
    expectTypeOf((await client.get('c1')).customFields.seats).toEqualTypeOf<number | undefined>()
  })
})

describe('custom fields that are not declared', () => {
  type Plain = Adapter<
    { readonly create: { readonly mode: 'native'; readonly fields: typeof fields } },
    CrmRecord,
    never,
    undefined
  >

  it('have any name and any JSON value', () => {
    expectTypeOf<ContactOf<Plain>>().toEqualTypeOf<Contact<CrmRecord>>()
    expectTypeOf<ContactOf<Plain>['customFields']>().toEqualTypeOf<JsonObject>()
    expectTypeOf<CreateInput<Plain>>().toEqualTypeOf<Pick<ContactInput, (typeof fields)[number]>>()
    expectTypeOf<CreateInput<Plain>['customFields']>().toEqualTypeOf<JsonInputObject | null | undefined>()
  })
})
