import type { ContactInput } from '../../model/input.ts'
import type { BatchResult } from '../batch-types.ts'

/** By a key that the native client looks up, and the other one scans for. */
export const byExternalId = { by: 'externalId', scan: true } as const

/** Contacts to write, each with a key of its own. */
export function named(count: number): (ContactInput & { readonly externalId: string })[] {
  return Array.from({ length: count }, (_, index) => ({ name: `n${index}`, externalId: `x${index}` }))
}

/** Results as `position: code`. */
export function codes(results: readonly BatchResult<unknown>[]): string[] {
  return results.map((result) => `${result.index}: ${result.ok ? 'ok' : result.error.code}`)
}
