import { type Adapter, defineAdapter } from '@anycontact/core'
import { ComplianceSDK, transportOf } from './api/client.ts'
import { capabilities } from './capabilities.ts'
import { PROVIDER } from './errors.ts'
import { canFilter } from './filters.ts'
import { createGroup } from './group.ts'
import { listPage } from './listing.ts'
import { get } from './lookup.ts'
import type { ContactMethodsClientRecord } from './mapping.ts'
import type { ClientSort, ContactMethodsOptions } from './options.ts'
import type { ContactMethodsRuntime } from './runtime.ts'
import { streamContacts } from './stream.ts'
import { create, remove, update } from './writes.ts'

/** The contact-methods adapter: its capabilities, as types, and the vendor's SDK underneath. */
export type ContactMethodsAdapter = Adapter<
  typeof capabilities,
  ContactMethodsClientRecord,
  never,
  ComplianceSDK
>

/** The usual names inside an entry of `sort`; the vendor does not publish its own. */
const CLIENT_SORT: ClientSort = {
  asc: [{ field: 'clientId', direction: 'asc' }],
  desc: [{ field: 'clientId', direction: 'desc' }],
}

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `contactMethods()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when a credential is missing or an option cannot work
 */
export function contactMethodsAdapter(options: ContactMethodsOptions): ContactMethodsAdapter {
  const sdk = new ComplianceSDK(options)
  const runtime: ContactMethodsRuntime = {
    sdk,
    transport: transportOf(sdk),
    now: () => options.clock?.now() ?? Date.now(),
    deadlineMs: options.deadlineMs,
    clientSort: options.clientSort ?? CLIENT_SORT,
    found: { sortsByClient: undefined, filtersBySeveral: undefined },
  }
  return defineAdapter<typeof capabilities, ContactMethodsClientRecord, never, ComplianceSDK>({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: sdk,
    canFilter,
    list: (query, context) => listPage(runtime, query, context),
    stream: (query, context) => streamContacts(runtime, query, context),
    get: (ref, context) => get(runtime, ref, context),
    create: (input, context) => create(runtime, input, context),
    update: (ref, patch, context) => update(runtime, ref, patch, context),
    delete: (ref, context) => remove(runtime, ref, context),
    contactMethods: createGroup(runtime),
  })
}
