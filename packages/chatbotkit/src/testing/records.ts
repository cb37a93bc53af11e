import type { Contact } from '@anycontact/core'

/** When the first of the records was made. */
export const T0: number = Date.UTC(2026, 0, 1)

/** Records as the vendor keeps them, a second apart, oldest first. */
export function records(count: number): {
  id: string
  name: string
  createdAt: number
  fingerprint: string
  meta: { plan: string; seats: number }
}[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c${String(index).padStart(24, '0')}`,
    name: `Contact ${index}`,
    fingerprint: `crm-user-${String(index).padStart(12, '0')}`,
    createdAt: T0 + index * 1000,
    meta: { plan: index % 3 === 0 ? 'pro' : 'free', seats: index % 5 },
  }))
}

/** The names of what is iterated over, in order. */
export async function names(items: AsyncIterable<Contact>): Promise<(string | undefined)[]> {
  const result: (string | undefined)[] = []
  for await (const item of items) result.push(item.name)
  return result
}

/** The names of so many records in the order in which they are listed. */
export const newestFirst = (count: number): string[] =>
  records(count)
    .map(({ name }) => name)
    .reverse()

/** Contacts whose names take more than one byte a character, a second apart, oldest first. */
export function people(count: number): { name: string; createdAt: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Zoë 🦊 ${index}`,
    createdAt: T0 + index * 1000,
  }))
}
