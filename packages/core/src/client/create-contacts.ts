import type { AnyAdapter } from '../adapter/adapter.ts'
import { OPERATIONS, type OperationName } from '../adapter/capabilities.ts'
import { ContactsError } from '../errors.ts'
import { isObject } from '../model/json.ts'
import { everyOperation, guard, inWords, readOptions, throwsAtOnce } from './calls.ts'
import { createGroups } from './groups.ts'
import { type ContactsPolicy, withOverrides } from './policy.ts'
import { createRuntime, type Runtime, unsupportedOperation } from './runtime.ts'
import { POLICY, SIGNATURES, type Signature } from './signatures.ts'
import type { Contacts } from './types.ts'

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
  const runtime = createRuntime(adapter, readPolicy(adapter.provider, policy))
  const supports = (operation: OperationName): boolean =>
    typeof operation === 'string' &&
    Object.hasOwn(OPERATIONS, operation) &&
    adapter.capabilities[operation] !== undefined
  const client = { ...everyOperation(runtime), ...createGroups(runtime), supports }
  for (const [operation, signature] of Object.entries<Signature>(SIGNATURES)) {
    const [name = '', method] = operation.split('.')
    const owner: unknown = method === undefined ? client : Reflect.get(client, name)
    if (isObject(owner)) guard(runtime, owner, method ?? name, operation, signature)
  }
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) withhold(runtime, client, operation)
  // Which of the operations are really there follows from the capabilities, which the loop above has made true.
  return client as unknown as Contacts<A>
}

/**
 * The policy that a client is made with. What else stands beside it is for the adapter to know.
 *
 * @throws ContactsError `config` with every issue, so that a slip of the pen does not wait for the first odd record
 */
function readPolicy(provider: string, given: ContactsPolicy): ContactsPolicy {
  const { options, issues } = readOptions(given, POLICY, 'leave')
  if (issues.length === 0) return withOverrides(options, {})
  throw new ContactsError({
    code: 'config',
    message: `The client cannot be made: ${inWords(issues)}.`,
    provider,
    issues,
  })
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
  return () => {
    const error = unsupportedOperation(runtime, operation)
    if (throwsAtOnce(operation)) throw error
    return Promise.reject(error)
  }
}

function checkVersion(adapter: unknown): void {
  if (isObject(adapter) && adapter.specVersion === 1) return
  const provider = isObject(adapter) && typeof adapter.provider === 'string' ? adapter.provider : undefined
  throw new ContactsError({
    code: 'config',
    message:
      'The adapter keeps another version of the contract than 1: install versions of its package and of @anycontact/core that fit.',
    provider,
  })
}
