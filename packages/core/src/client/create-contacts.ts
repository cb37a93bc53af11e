import type { Adapter, AnyAdapter } from '../adapter/adapter.ts'
import { OPERATIONS, type OperationName } from '../adapter/capabilities.ts'
import type { CallScope } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import { ContactsError } from '../errors.ts'
import type { ContactRef } from '../model/ref.ts'
import { createMany, deleteMany, updateMany, upsertMany } from './batches.ts'
import { deleteContact } from './deletes.ts'
import { explainQuery } from './explain.ts'
import { createGroups, type Groups } from './groups.ts'
import { listContacts } from './listing.ts'
import { findContact, getContact } from './lookup.ts'
import type { Operations } from './operations.ts'
import type { LookupOptions, UpdateOptions } from './options.ts'
import { type ContactsPolicy, checkPolicy, type PolicyOverrides, withOverrides } from './policy.ts'
import {
  type Call,
  checkOptions,
  createRuntime,
  perform,
  type Runtime,
  unsupportedOperation,
} from './runtime.ts'
import { countContacts, searchContacts } from './search-and-count.ts'
import type { Contacts, EveryCapability } from './types.ts'
import { checkUpsert, upsertContact } from './upserts.ts'
import { createContact, updateContact } from './writes.ts'

type EveryAdapter = Adapter<EveryCapability, unknown, unknown, unknown>
type Upsert = Operations<EveryAdapter>['upsert']
type UpsertMany = Operations<EveryAdapter>['upsertMany']

/**
 * Makes the client of an adapter: validation, references, filters, paging, batches and emulation around the adapter's own
 * methods. The factories of the adapter packages call it for their users.
 *
 * @param adapter - an adapter from `defineAdapter`
 * @param policy - how to treat what does not fit
 * @throws ContactsError `config` for a policy that cannot work, or an adapter of another version of the contract
 *
 * @example
 * ```ts
 * export function crm(options: CrmOptions): Contacts<CrmAdapter> {
 *   return createContacts(crmAdapter(options), options)
 * }
 * ```
 */
export function createContacts<A extends AnyAdapter>(adapter: A, policy: ContactsPolicy = {}): Contacts<A> {
  checkVersion(adapter)
  checkPolicy(adapter.provider, policy)
  const runtime = createRuntime(adapter, policy)
  const supports = (operation: OperationName): boolean =>
    Object.hasOwn(OPERATIONS, operation) && adapter.capabilities[operation] !== undefined
  const client = { ...everyOperation(runtime), ...createGroups(runtime), supports }
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) withhold(runtime, client, operation)
  // Which of the operations are really there follows from the capabilities, which the loop above has made true.
  return client as unknown as Contacts<A>
}

function everyOperation(runtime: Runtime): Omit<Contacts<EveryAdapter>, keyof Groups | 'supports'> {
  const { adapter } = runtime
  const given = <Options extends CallOptions>(
    operation: string,
    options: Options | undefined,
  ): Options | undefined => checkOptions(adapter.provider, operation, options)
  /** Runs an operation that gives a promise: bad options reject it, like everything else that is wrong. */
  const run = async <Result>(
    operation: string,
    options: OperationOptions | undefined,
    input: unknown,
    work: (call: Call) => Promise<Result>,
  ): Promise<Result> => {
    const { scan, vendor, outcome, ...settings } = given(operation, options) ?? {}
    const run = (scope: CallScope): Promise<Result> =>
      work({ scope, scan, vendor, exactOutcome: outcome === 'exact' })
    return perform(runtime, operation, settings, run, vendor === undefined ? input : [input, vendor])
  }
  return {
    provider: adapter.provider,
    capabilities: adapter.capabilities as EveryCapability, // narrowed to what is there by the client's type
    api: adapter.api,
    explain: (query) => explainQuery(runtime, given('explain', query)),
    list: (query) => listContacts(runtime, given('list', query)),
    get: (ref: ContactRef, options?: LookupOptions) =>
      run('get', options, ref, (call) => getContact(runtime, ref, call)),
    find: (ref: ContactRef, options?: LookupOptions) =>
      run('find', options, ref, (call) => findContact(runtime, ref, call)),
    create: (input, options) =>
      run('create', options, input, async (call) => createContact(forWrite(runtime, options), input, call)),
    update: (ref: ContactRef, patch, options?: UpdateOptions) =>
      run('update', options, [ref, patch], async (call) =>
        updateContact(forWrite(runtime, options), ref, patch, call),
      ),
    delete: (ref: ContactRef, options?: LookupOptions) =>
      run('delete', options, ref, (call) => deleteContact(runtime, ref, call)),
    upsert: ((input, options) =>
      run('upsert', options, input, async (call) => {
        const own = forWrite(runtime, options)
        const upsert = { ...call, by: options?.by }
        return upsertContact(own, checkUpsert(own, input, upsert), upsert)
      })) as Upsert, // which outcomes there are follows from the capabilities
    search: (text, query) => searchContacts(runtime, text, given('search', query)),
    count: (query) =>
      run('count', query, query?.where, ({ scope }) => countContacts(runtime, query ?? {}, scope)),
    createMany: (items, options) =>
      createMany(forWrite(runtime, options), items, given('createMany', options)),
    updateMany: (items, options) =>
      updateMany(forWrite(runtime, options), items, given('updateMany', options)),
    upsertMany: ((items, options) =>
      upsertMany(forWrite(runtime, options), items, given('upsertMany', options) ?? options)) as UpsertMany, // of its two results `dryRun` chooses
    deleteMany: (items, options) => deleteMany(runtime, items, given('deleteMany', options)),
  }
}

/** What an operation that gives a promise may be called with. */
interface OperationOptions extends CallOptions {
  readonly scan?: boolean | undefined
  readonly vendor?: unknown
  readonly outcome?: 'exact' | undefined
}

/** The runtime of one write, whose options may say differently what to do with fields that do not fit. */
function forWrite(runtime: Runtime, options: PolicyOverrides | undefined): Runtime {
  const isOverridden = options?.unsupportedFields !== undefined || options?.onWarning !== undefined
  if (!isOverridden) return runtime
  return { ...runtime, policy: withOverrides(runtime.adapter.provider, runtime.policy, options) }
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

function checkVersion({
  provider,
  specVersion,
}: {
  readonly provider: string
  readonly specVersion: number
}): void {
  if (specVersion === 1) return
  throw new ContactsError({
    code: 'config',
    message:
      'The adapter keeps another version of the contract than 1: install versions of its package and of @anycontact/core that fit.',
    provider,
  })
}
