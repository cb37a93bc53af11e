import { type Contact, ContactsError } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import type { SyncClient } from '../project/plan.ts'
import type { Work } from './work.ts'

/** Whether a side can be asked for one contact by its id. */
export function canPeek({ plan }: Pick<Work, 'plan'>, side: Side): boolean {
  return canAskFor(plan[side])
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
  return await askFor(plan[side], id, { signal: lease.signal, deadlineMs: settleMs / 2 })
}

/** Whether a client can be asked for one contact by its id. */
export function canAskFor({ get, capabilities }: Asked): boolean {
  return get !== undefined && capabilities.get?.by.includes('id') === true
}

/** Asks for one contact by its id. @returns `undefined` where it is not there, or is kept as deleted */
export async function askFor(
  client: Asked,
  id: string,
  options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
): Promise<Contact | undefined> {
  if (!client.get)
    throw new ContactsError({ code: 'unsupported', message: `${client.provider} cannot read one contact.` })
  try {
    const contact = await client.get({ id }, options)
    return contact.deleted ? undefined : contact
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return undefined
    throw error
  }
}

type Asked = Pick<SyncClient, 'provider' | 'capabilities' | 'get'>
