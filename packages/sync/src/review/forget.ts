import { ContactsError, type RefKey } from '@anycontact/core'
import { keyForm, REF_KEYS } from '@anycontact/core/adapter-kit'
import { checkOptions, ledger as ledgerCheck } from '../check-options.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { hashText } from '../merge/snapshot.ts'

/** Whose trace is to go: the value of the field that syncs of the ledger go by. */
export type ForgottenKey = {
  readonly [Field in RefKey]: { readonly [Name in Field]: string }
}[RefKey]

/**
 * Removes at once what a ledger keeps of a contact, in every sync of it: both ids, the agreed values, conflicts, and writes that are not
 * settled. Nothing is deleted at a provider: where the contact is still there, the next run finds it anew. So delete it there first, and do
 * not call this while a run is under way.
 *
 * @param key - the field that the sync goes by, and the contact's value of it: `{ externalId: 'user-42' }`. A contact that had no external id
 * goes by `provider:id`
 * @returns how many entries of the ledger were removed; 0 where it knew nobody by this key
 */
export async function forgetContact(ledger: Ledger, key: ForgottenKey): Promise<number> {
  // Programs without types may give anything.
  const [first, ...others] = Object.entries(key ?? {})
  const [field, value] = first ?? ['', '']
  if (!isRefKey(field) || typeof value !== 'string' || others.length > 0) {
    throw new ContactsError({
      code: 'invalid_input',
      operation: 'forgetContact',
      message: `Nobody can be forgotten by this: give one of ${REF_KEYS.join(', ')} with its value.`,
      issues: [{ path: 'key', message: `must have one of ${REF_KEYS.join(', ')}` }],
    })
  }
  checkOptions(
    { ledger },
    { ledger: ledgerCheck },
    { operation: 'forgetContact', cannot: 'Nobody can be forgotten' },
  )
  const compared = keyForm(field, value)
  return await ledger.forget((_sync, salt) => hashText(salt, compared))
}

function isRefKey(field: string): field is RefKey {
  return REF_KEYS.some((known) => known === field)
}
