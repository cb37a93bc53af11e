import type { Contacts } from '@anycontact/core'
import * as kit from '@anycontact/core/adapter-kit'
import { PROVIDER } from './api/errors.ts'
import { createApi, type ExampleCrmApi } from './api/index.ts'
import type { ExampleCrmRecord } from './api/wire.ts'
import { capabilitiesOf } from './capabilities.ts'
import { createListing } from './listing.ts'
import { createLookup } from './lookup.ts'
import { canonical, createMapping } from './mapping.ts'
import type { ExampleCrmAccount as Account, ExampleCrmOptions } from './options.ts'
import { createWrites } from './writes.ts'

/** The adapter: its capabilities as types, and the CRM's API underneath. */
export interface ExampleCrmAdapter<A extends Account>
  extends kit.Adapter<ReturnType<typeof capabilitiesOf<A>>, ExampleCrmRecord, never, ExampleCrmApi> {}

/** The client: exactly the operations that the CRM has. */
export interface ExampleCrmContacts<A extends Account> extends Contacts<ExampleCrmAdapter<A>> {}

/** Makes the plain adapter, for `createContacts` and for wrappers. @throws ContactsError `config` */
export function exampleCrmAdapter<const A extends Account>(
  options: ExampleCrmOptions<A>,
): ExampleCrmAdapter<A> {
  const api = createApi(kit.readFactoryOptions(options, PROVIDER, { token: 'any', account: 'any' }))
  const mapping = createMapping(options.account)
  return kit.defineAdapter({
    specVersion: 1,
    provider: PROVIDER,
    capabilities: capabilitiesOf(options.account),
    api,
    request: api.request,
    canonical,
    ...createListing(api, mapping),
    ...createLookup(api, mapping),
    ...createWrites(api, mapping),
  })
}

/** Makes a client. @throws ContactsError `config` for options that cannot work */
export function exampleCrm<const A extends Account>(options: ExampleCrmOptions<A>): ExampleCrmContacts<A> {
  return kit.createContacts(exampleCrmAdapter(options), options)
}
