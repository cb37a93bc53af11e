import { type Adapter, defineAdapter } from '@anycontact/core'
import { CognipeerClient } from './api/client.ts'
import { callOf } from './calls.ts'
import { capabilities } from './capabilities.ts'
import { create } from './create.ts'
import { canFilter } from './filters.ts'
import { countMatching, laterCursors, listPage } from './listing.ts'
import { findRecord, lookupKeyOf } from './lookup.ts'
import { type CognipeerRecord, type CognipeerVendorFields, toContact } from './mapping.ts'
import type { CognipeerOptions } from './options.ts'
import type { CognipeerRuntime, LookupKey } from './runtime.ts'
import { update } from './update.ts'

/** The Cognipeer adapter: its capabilities, as types, and the vendor's client underneath. */
export type CognipeerAdapter = Adapter<
  typeof capabilities,
  CognipeerRecord,
  CognipeerVendorFields,
  CognipeerClient
>

/** What an attempt may take where nothing is said, as in every adapter. */
const DEFAULT_TIMEOUT_MS = 30_000

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `cognipeer()` makes the client.
 *
 * @param options - credentials and settings
 * @throws ContactsError `config` when the token or the hook id is missing, or an option cannot work
 */
export function cognipeerAdapter(options: CognipeerOptions): CognipeerAdapter {
  const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, uniqueKeys = [], ...rest } = options
  const client = new CognipeerClient({ ...rest, apiUrl: baseUrl, timeoutMs })
  const runtime: CognipeerRuntime = {
    client,
    now: () => options.clock?.now() ?? Date.now(),
    deadlineMs: options.deadlineMs,
    resends: options.retry !== false && options.retry?.attempts !== 1,
    uniqueKeys: new Set<LookupKey>(uniqueKeys.flatMap((key) => lookupKeyOf(key) ?? [])),
    seenUnique: new WeakMap(),
  }
  return defineAdapter({
    specVersion: 1,
    provider: 'cognipeer',
    capabilities,
    api: client,
    canFilter,
    list: (query, context) => listPage(runtime, query, context),
    laterCursors,
    async get(ref, context) {
      const { record, unique } = await findRecord(runtime, ref, callOf(runtime, context))
      runtime.seenUnique.set(record, unique)
      return toContact(record)
    },
    create: (input, context) => create(runtime, input, context),
    update: (ref, patch, context) => update(runtime, ref, patch, context),
    count: (where, context) => countMatching(runtime, where, context),
  })
}
