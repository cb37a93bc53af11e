import type { Condition } from '@anycontact/core'
import type { ContactMethodFilter } from './api/types.ts'

/** How the contacts that meet the pushed conditions are found. */
export type Selection =
  /** Every client. */
  | { readonly by: 'all' }
  /** These clients. */
  | { readonly by: 'ids'; readonly ids: readonly string[] }
  /** The clients of the methods that pass a filter, at most one a client; each is then read with all its methods. */
  | { readonly by: 'match'; readonly filter: ContactMethodFilter }

/**
 * Tells whether a condition can be pushed down. The server filters contact methods, not contacts, so only what names clients
 * (`id`) or a primary address (`email`, `phone`) can: the other methods of such a client are then read too.
 *
 * @param condition - one that the capabilities declare
 */
export function canFilter({ operator, value }: Condition): boolean {
  const isText = (one: unknown): boolean => typeof one === 'string' && one.trim() !== ''
  if (operator === 'eq') return isText(value)
  return operator === 'in' && Array.isArray(value) && value.every(isText)
}

/** The cheapest way to the contacts that meet some conditions; those it does not cover are checked on the contacts. */
export function selectionOf(conditions: readonly Condition[]): Selection {
  const idSets = conditions.filter(({ field }) => field === 'id').map(({ value }) => textsOf(value))
  const [first, ...others] = idSets
  if (first) {
    const ids = new Set(first.filter((id) => others.every((other) => other.includes(id))))
    return { by: 'ids', ids: [...ids] }
  }
  for (const { field, value } of conditions) {
    if ((field === 'email' || field === 'phone') && typeof value === 'string') {
      return { by: 'match', filter: { type: field, value, isPrimary: true } }
    }
  }
  return { by: 'all' }
}

function textsOf(value: Condition['value']): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one) => typeof one === 'string')
}
