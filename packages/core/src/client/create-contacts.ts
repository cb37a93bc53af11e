import type { AnyAdapter } from '../adapter/adapter.ts'
import { OPERATIONS, type OperationName } from '../adapter/capabilities.ts'
import type { ContactRef } from '../model/ref.ts'
import { createMany, deleteMany, updateMany, upsertMany } from './batches.ts'
import { createGroups } from './groups.ts'
import { countContacts, explainQuery, listContacts, searchContacts } from './listing.ts'
import { findContact, getContact } from './lookup.ts'
import type { ContactsPolicy } from './policy.ts'
import { perform, type Runtime, unsupportedOperation } from './runtime.ts'
import type { Contacts, EveryCapability } from './types.ts'
import { createContact, deleteContact, updateContact, upsertContact } from './writes.ts'
import type { Adapter } from '../adapter/adapter.ts'

type EveryAdapter = Adapter<EveryCapability, unknown, unknown, unknown>

/**
 * Makes the client of an adapter: validation, references, filters, paging, batches and emulation around the adapter's own
 * methods. The factories of the adapter packages call it for their users.
 *
 * @param adapter - an adapter from `defineAdapter`
 * @param policy - how to treat what does not fit
 */
export function createContacts<A extends AnyAdapter>(adapter: A, policy: ContactsPolicy = {}): Contacts<A> {
  const runtime: Runtime = { adapter, policy }
  const client = { ...everyOperation(runtime), ...createGroups(runtime) }
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) withhold(runtime, client, operation)
  // Which of the operations are really there follows from the capabilities, which the line above has made true.
  return client as unknown as Contacts<A>
}

function everyOperation(runtime: Runtime): Omit<Contacts<EveryAdapter>, keyof ReturnType<typeof createGroups>> {
  const { adapter } = runtime
  return {
    provider: adapter.provider,
    capabilities: adapter.capabilities as EveryCapability, // narrowed to what is there by the client's type
    api: adapter.api,
    supports(operation): this is never {
      const declared: object | undefined = Object.hasOwn(OPERATIONS, operation)
        ? adapter.capabilities[operation]
        : undefined
      return declared !== undefined
    },
    explain: (query) => explainQuery(runtime, query),
    list: (query) => listContacts(runtime, query),
    get: (ref: ContactRef, options) =>
      perform(runtime, 'get', () => getContact(runtime, ref, { ...options, operation: 'get' })),
    find: (ref: ContactRef, options) =>
      perform(runtime, 'find', () => findContact(runtime, ref, { ...options, operation: 'find' })),
    create: (input, options) =>
      perform(runtime, 'create', () => createContact(runtime, input, { ...options, operation: 'create' })),
    update: (ref: ContactRef, patch, options) =>
      perform(runtime, 'update', () => updateContact(runtime, ref, patch, { ...options, operation: 'update' })),
    delete: (ref: ContactRef, options) =>
      perform(runtime, 'delete', () => deleteContact(runtime, ref, { ...options, operation: 'delete' })),
    upsert: (input, options) =>
      perform(runtime, 'upsert', () => upsertContact(runtime, input, { ...options, operation: 'upsert' })),
    search: (text, query) => searchContacts(runtime, text, query),
    count: (query) => perform(runtime, 'count', () => countContacts(runtime, query)),
    createMany: (items, options) => createMany(runtime, items, options),
    updateMany: (items, options) => updateMany(runtime, items, options),
    upsertMany: (items, options) => upsertMany(runtime, items, options),
    deleteMany: (items, options) => deleteMany(runtime, items, options),
  }
}

/** Puts something that throws `unsupported` in the place of each operation that the adapter does not declare. */
function withhold(runtime: Runtime, client: object, operation: OperationName): void {
  const declared = runtime.adapter.capabilities[operation]
  const methods: readonly string[] = OPERATIONS[operation]
  if (methods.length === 0) {
    if (!declared) Reflect.set(client, operation, refusal(runtime, operation))
    return
  }
  const group: unknown = Reflect.get(client, operation)
  if (typeof group !== 'object' || group === null) return
  for (const method of methods) {
    const mode: unknown = Reflect.get(declared ?? {}, method)
    if (mode === undefined) Reflect.set(group, method, refusal(runtime, `${operation}.${method}`))
  }
}

/** Operations that give a pager or a batch throw at once; the others reject, as they do for every failure. */
function refusal(runtime: Runtime, operation: string): () => unknown {
  const throwsAtOnce = /(?:^|\.)(?:list|search|\w+Many)$/.test(operation)
  return () => {
    const error = unsupportedOperation(runtime, operation)
    if (throwsAtOnce) throw error
    return Promise.reject(error)
  }
}
