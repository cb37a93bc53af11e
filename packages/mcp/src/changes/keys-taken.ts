import { ContactsError, type RefKey } from '@anycontact/core'
import { type ContactWrite, REF_KEYS } from '@anycontact/core/adapter-kit'
import type { Lookup } from '../lookup.ts'
import type { State } from './state.ts'

/** Tells who has the keys that a write gives to a contact, as far as they can be looked up. */
export async function keysTaken(
  lookup: Lookup | undefined,
  write: ContactWrite,
  own: string | undefined,
  signal: AbortSignal,
): Promise<State['taken']> {
  const taken: { [Key in RefKey]?: string } = {}
  for (const key of writtenKeys(write)) {
    if (lookup?.keys.includes(key)) taken[key] = await holderOf(lookup, key, write[key] ?? '', own, signal)
  }
  return taken
}

/** The keys of a write for which nobody can say who has them. */
export function uncheckedKeys(lookup: Lookup | undefined, write: ContactWrite): RefKey[] {
  return writtenKeys(write).filter((key) => !lookup?.keys.includes(key))
}

function writtenKeys(write: ContactWrite): RefKey[] {
  return REF_KEYS.filter((key) => write[key])
}

async function holderOf(
  lookup: Lookup,
  key: RefKey,
  value: string,
  own: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  try {
    const found = await lookup.find(key, value, signal)
    return found === undefined || found.id === own ? 'none' : found.id
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'ambiguous') return 'several'
    throw error
  }
}
