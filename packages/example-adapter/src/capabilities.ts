import type { Capabilities } from '@anycontact/core'
import * as kit from '@anycontact/core/adapter-kit'
import type { ExampleCrmRecord } from './api/wire.ts'
import type { ExampleCrmAccount } from './options.ts'

type Crm = kit.Adapter<Capabilities, ExampleCrmRecord>

/** Methods of the adapter by name: each room makes some. */
export type Methods<Name extends keyof Crm> = Required<Pick<Crm, Name>>

/** The most people in one request of a batch. */
export const MAX_ITEMS = 20

/** What the CRM can do with the contacts of an account. */
export function capabilitiesOf<A extends ExampleCrmAccount>(account: A) {
  const externalId = kit.whenGiven(account, 'uniqueAttribute', () => ['externalId'])
  const fields = ['name', 'email', 'phone', 'contactMethods', 'tags', 'customFields', ...externalId] as const
  const slots = ['email', 'phone', 'mobile', 'fax'] as const
  const lookup = { mode: 'native', by: ['id', 'email', ...externalId] } as const
  const eq = ['eq'] as const
  const batch = { mode: 'native', maxItems: MAX_ITEMS } as const
  const customFields: A['customFields'] = account.customFields // its type tells the client each field
  return {
    list: {
      mode: 'native',
      pagination: 'cursor',
      maxPageSize: 25,
      complete: true,
      total: true,
      softDeletes: true,
      where: { name: eq, email: eq, tags: eq, 'customFields.*': eq, deleted: ['eq', 'ne', 'in', 'exists'] },
      orderBy: [],
    },
    get: lookup,
    find: lookup,
    create: { mode: 'native', fields, slots },
    update: { mode: 'native', by: ['id'], fields, slots },
    delete: { mode: 'native', by: ['id'] },
    upsert: { mode: 'native', by: ['email', ...externalId], fields, slots, outcome: 'stored' },
    search: { mode: 'native' },
    count: { mode: 'native' },
    createMany: batch,
    updateMany: batch,
    upsertMany: batch,
    deleteMany: { mode: 'emulated' },
    request: { mode: 'native' },
    customFields,
  } as const satisfies Capabilities
}
