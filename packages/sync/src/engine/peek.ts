import { type Contact, ContactsError } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import type { Work } from './work.ts'

/** Whether a side can be asked for one contact by its id. */
export function canPeek({ plan }: Pick<Work, 'plan'>, side: Side): boolean {
  const { get } = plan[side].capabilities
  return plan[side].get !== undefined && get?.by.includes('id') === true
}

/**
 * Reads one contact of a side by its id.
 *
 * @returns `undefined` where it is not there, or is kept as deleted
 */
export async function peek(
  { plan, settleMs, lease }: Pick<Work, 'plan' | 'settleMs' | 'lease'>,
  side: Side,
  id: string,
): Promise<Contact | undefined> {
  lease.check()
  const client = plan[side]
  if (!client.get)
    throw new ContactsError({ code: 'unsupported', message: `${client.provider} cannot read one contact.` })
  try {
    const contact = await client.get({ id }, { signal: lease.signal, deadlineMs: settleMs / 2 })
    return contact.deleted ? undefined : contact
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return undefined
    throw error
  }
}
