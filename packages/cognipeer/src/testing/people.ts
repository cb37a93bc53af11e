import type { Setup } from './setup.ts'

/** Seeds people with names n0, n1, …, in that order, and gives the names. */
export function people({ vendor }: Setup, count: number): string[] {
  return names(vendor.seed(Array.from({ length: count }, (_, n) => ({ name: `n${n}` }))))
}

/** The names of contacts or records. */
export function names(contacts: readonly { readonly name?: unknown }[]): string[] {
  return contacts.map(({ name }) => String(name ?? ''))
}

/** The pages that were asked for, as `page×limit`. */
export function pagesAsked({ vendor }: Setup): string[] {
  return vendor.requests.map(({ json }) => `${Object(json).page}×${Object(json).limit}`)
}
