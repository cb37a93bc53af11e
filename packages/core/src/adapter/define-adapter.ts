import { ContactsError } from '../errors.ts'
import type { Adapter, AnyAdapter } from './adapter.ts'
import { type Capabilities, OPERATIONS, type OperationName } from './capabilities.ts'

/**
 * Checks an adapter and gives it back with the literal types of its capabilities, from which the client's types follow.
 *
 * @param adapter - the adapter as a plain object
 * @throws ContactsError `config` when it declares a native operation without a method, or has a method that it does not declare
 *
 * @example
 * ```ts
 * const adapter = defineAdapter({
 *   specVersion: 1,
 *   provider: 'crm',
 *   capabilities: { get: { mode: 'native', by: ['id'] }, find: { mode: 'native', by: ['id'] } },
 *   api: client,
 *   async get(ref, context) {
 *     return toContact(await client.fetch(ref.value, context.signal))
 *   },
 * })
 * ```
 */
export function defineAdapter<const C extends Capabilities, Raw, Vendor, Api>(
  adapter: Adapter<C, Raw, Vendor, Api>,
): Adapter<C, Raw, Vendor, Api> {
  const problems = findAdapterProblems(adapter)
  if (problems.length > 0) {
    throw new ContactsError({
      code: 'config',
      message: `The adapter ${adapter.provider} does not keep the contract: ${problems.join('; ')}.`,
      provider: adapter.provider,
    })
  }
  return adapter
}

/**
 * Lists where an adapter's methods and its capabilities disagree.
 *
 * @param adapter - any adapter
 * @returns one sentence a disagreement; empty when there is none
 */
export function findAdapterProblems(adapter: AnyAdapter): string[] {
  const problems: string[] = []
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
    const methods: readonly string[] = OPERATIONS[operation]
    if (methods.length === 0) {
      // `find` is `get` that may come back empty-handed: it has no method of its own.
      const method = operation === 'find' ? 'get' : operation
      const mode = Reflect.get(adapter.capabilities[operation] ?? {}, 'mode')
      problems.push(...disagreements(operation, mode, hasMethod(adapter, method), operation === 'find'))
      continue
    }
    const group: unknown = Reflect.get(adapter, operation)
    for (const method of methods) {
      const mode = Reflect.get(adapter.capabilities[operation] ?? {}, method)
      problems.push(...disagreements(`${operation}.${method}`, mode, hasMethod(group, method), false))
    }
  }
  return problems
}

function disagreements(name: string, mode: unknown, present: boolean, shared: boolean): string[] {
  if (mode === 'native' && !present) return [`${name} is declared native but has no method`]
  if (mode !== 'native' && present && !shared) return [`${name} has a method but is not declared native`]
  return []
}

function hasMethod(holder: unknown, name: string): boolean {
  return typeof holder === 'object' && holder !== null && typeof Reflect.get(holder, name) === 'function'
}
