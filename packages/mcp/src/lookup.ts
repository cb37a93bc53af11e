import { type Contact, ContactsError, type ContactsWith, type RefKey } from '@anycontact/core'
import { refBy } from '@anycontact/core/adapter-kit'

/** How contacts are looked up for tools. */
export interface Lookup {
  /** The keys that may be used. */
  readonly keys: readonly RefKey[]
  /** Of these, the keys for which the listing is read. */
  readonly scanned: readonly RefKey[]
  /** @throws ContactsError `ambiguous` where several contacts have the key */
  find(key: RefKey, value: string, signal: AbortSignal): Promise<Contact | undefined>
}

/**
 * Tells how a client looks contacts up.
 *
 * @param scan - whether the listing may be read for it
 */
export function lookupOf(contacts: ContactsWith<'list'>, scan: boolean): Lookup | undefined {
  // A key has been chosen from those that may be used: the types ask for the scan with all but the id.
  if (contacts.supports('find')) {
    const { by, scan: scanned = [] } = contacts.capabilities.find
    const find: Lookup['find'] = (key, value, signal) =>
      contacts.find(refBy(key, value), { scan: true, signal })
    return made(by, scan ? scanned : [], find)
  }
  if (contacts.supports('get')) {
    const { by, scan: scanned = [] } = contacts.capabilities.get
    const find: Lookup['find'] = (key, value, signal) =>
      contacts.get(refBy(key, value), { scan: true, signal }).catch((error: unknown) => {
        if (ContactsError.is(error) && error.code === 'not_found') return undefined
        throw error
      })
    return made(by, scan ? scanned : [], find)
  }
  return undefined
}

function made(by: readonly RefKey[], scanned: readonly RefKey[], find: Lookup['find']): Lookup | undefined {
  const keys = [...by, ...scanned.filter((key) => !by.includes(key))]
  return keys.length === 0 ? undefined : { keys, scanned: keys.filter((key) => !by.includes(key)), find }
}
