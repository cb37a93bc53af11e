import { describe, expectTypeOf, it } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import { createContacts } from '../client/create-contacts.ts'
import type { DeclaredFields } from '../client/custom-field-types.ts'
import type { ContactsWith } from '../client/types.ts'
import type { Contact } from '../model/contact.ts'
import { whenGiven } from './when-given.ts'

declare const stored: Contact<{ readonly crmId: string }>

interface CrmOptions {
  readonly token: string
  readonly externalIdProperty?: string | undefined
  readonly customFields?: DeclaredFields | undefined
}

/** A factory in which two capabilities follow from options. */
function configurableCrm<const Options extends CrmOptions>(
  options: Options & { readonly [Name in Exclude<keyof Options, keyof CrmOptions>]: never },
) {
  const given: Options = options
  const externalId = whenGiven(given, 'externalIdProperty', () => ['externalId'])
  return createContacts(
    defineAdapter({
      specVersion: 1,
      provider: 'crm',
      capabilities: {
        get: { mode: 'native', by: ['id', ...externalId] },
        create: { mode: 'native', fields: ['name', 'customFields', ...externalId] },
        update: { mode: 'native', by: ['id'], fields: ['name', 'customFields'] },
        ...whenGiven(given, 'externalIdProperty', () => ({
          upsert: { mode: 'emulated', by: ['externalId'], fields: ['name', 'externalId'] },
        })),
        ...whenGiven(given, 'customFields', (customFields) => ({ customFields })),
      },
      api: undefined,
      get: async () => stored,
      create: async () => stored,
      update: async () => stored,
    }),
  )
}

describe('capabilities that follow from options', () => {
  it('are there where the option is given', async () => {
    const contacts = configurableCrm({
      token: 't',
      externalIdProperty: 'customer_no',
      customFields: { seats: 'number' },
    })
    contacts.get({ externalId: 'x' })
    contacts.create({ externalId: 'x', customFields: { seats: 3 } })
    contacts.upsert({ externalId: 'x' }, { by: 'externalId' })
    expectTypeOf((await contacts.get('c1')).customFields.seats).toEqualTypeOf<number | undefined>()
    // @ts-expect-error nobody declared it
    contacts.create({ customFields: { plan: 'pro' } })
    expectTypeOf(contacts).toExtend<ContactsWith<{ upsert: { by: 'externalId'; fields: 'name' } }>>()
  })

  it('are not there where it is not', () => {
    const contacts = configurableCrm({ token: 't' })
    contacts.get('c1')
    contacts.create({ name: 'Ana', customFields: { plan: 'pro' } })
    // @ts-expect-error there is no lookup by it
    contacts.get({ externalId: 'x' })
    // @ts-expect-error there is no such field
    contacts.create({ externalId: 'x' })
    // @ts-expect-error there is no upsert
    contacts.upsert({ externalId: 'x' }, { by: 'externalId' })
    // @ts-expect-error the same when the option is there and undefined
    configurableCrm({ token: 't', externalIdProperty: undefined }).get({ externalId: 'x' })
  })

  it('have to be asked for where the types leave it open', () => {
    const contacts = configurableCrm({} as CrmOptions)
    // @ts-expect-error there may be no upsert
    contacts.upsert({ externalId: 'x' }, { by: 'externalId' })
    if (contacts.supports('upsert')) contacts.upsert({ externalId: 'x' }, { by: 'externalId' })
  })

  it('let no option be misspelt', () => {
    // @ts-expect-error there is no such option
    configurableCrm({ token: 't', externalIdproperty: 'customer_no' })
    // @ts-expect-error a field has a type
    configurableCrm({ token: 't', customFields: { seats: 'integer' } })
  })
})
