import { ContactsError } from '../errors.ts'
import type { Adapter } from './adapter.ts'
import type { Capabilities } from './capabilities.ts'
import { findAdapterProblems } from './find-problems.ts'

/**
 * Checks an adapter and gives it back with the literal types of its capabilities, from which the client's types follow.
 *
 * @param adapter - the adapter as a plain object
 * @throws ContactsError `config` when {@link findAdapterProblems} finds something, for example a native operation without a method
 *
 * @example
 * ```ts
 * const adapter = defineAdapter({
 *   specVersion: 1,
 *   provider: 'crm',
 *   capabilities: { get: { mode: 'native', by: ['id'] }, find: { mode: 'native', by: ['id'] } },
 *   api: client,
 *   async get(ref, context) {
 *     return toContact(await client.fetch(ref.value, context.call.signal))
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
