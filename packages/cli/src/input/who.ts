import type { ContactsBase, LookupCapability, RefKey } from '@anycontact/core'
import { type BareRef, REF_KEYS, refBy } from '@anycontact/core/adapter-kit'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { UsageError } from '../errors/usage-error.ts'

/** How a command line names a contact. */
export interface Who {
  readonly key: RefKey
  readonly value: string
}

/** What the argument that names a contact is called, and what it says. */
export const WHO = '<who>'
/** See {@link WHO}. */
export const WHO_HELP = 'an id, or externalId=…, email=…, phone=…'

/**
 * Reads the argument that names a contact: `email=ana@example.com`, `externalId=user-42`, `phone=+351…`, `id=…`; what begins with none
 * of these is an id.
 */
export function readWho(text: string): Who {
  const key = REF_KEYS.find((one) => text.startsWith(`${one}=`)) ?? 'id'
  const value = text.startsWith(`${key}=`) ? text.slice(key.length + 1) : text
  if (value.trim() === '') throw new InvalidArgumentError(`Name a contact by ${WHO_HELP}.`)
  return { key, value }
}

/** The reference as clients take it. */
export function refOf({ key, value }: Who): BareRef {
  return refBy(key, value)
}

/** The option that lets a contact be looked for in the whole listing. */
export const SCAN_OPTION = [
  '--scan',
  'where the provider has no lookup by that key: look through all its contacts',
] as const

/**
 * Sees to it that a provider can look a contact up by a key, before anything is sent.
 *
 * @param operation - the operation that looks it up
 * @throws UsageError where it cannot, or only by reading its whole listing, which was not asked for
 */
export function checkKey(
  { name, contacts }: { readonly name: string; readonly contacts: ContactsBase },
  operation: 'get' | 'find' | 'upsert',
  key: RefKey,
  scan: boolean | undefined,
): void {
  const declared: LookupCapability | undefined = contacts.capabilities[operation]
  const { by = [], scan: scanned = [] } = declared ?? {}
  if (by.includes(key)) return
  if (!scanned.includes(key)) {
    const keys = [...by, ...scanned.map((one) => `${one} with --scan`)]
    throw new UsageError(
      `The provider ${name} cannot find contacts by ${key}; it can by ${keys.join(', ') || 'nothing'}.`,
    )
  }
  if (scan !== true) {
    throw new UsageError(
      `The provider ${name} finds a contact by ${key} only by looking through all its contacts: add --scan to have that done.`,
    )
  }
}
