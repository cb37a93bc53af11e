import type { CallScope } from '../call/scope.ts'
import { ContactsError, changedError } from '../errors.ts'
import type { Effect } from '../http/types.ts'

/** By what a create whose answer was lost is found again. */
export interface CreateKey<Made> {
  /**
   * Whether the vendor itself takes the key once and refuses a second create with it: then the create is sent again like any
   * request that does the same when it is sent twice.
   */
  readonly isUnique: boolean
  /** Looks up what has the key now; `undefined` when there is nothing. */
  find(): Promise<Made | undefined>
  /** Whether what was found is what this very create made, and not something older with the same key. */
  isOurs(found: Made): boolean
}

/** A create, and how its fate is found out. */
export interface CreateOnce<Made> {
  /** The call that it belongs to. */
  readonly call: CallScope
  /** Sends the create with the effect that it is given. */
  send(effect: Effect): Promise<Made>
  /** Absent where nothing tells the record that was made from others: then a lost create stays unknown. */
  readonly key?: CreateKey<Made> | undefined
}

/** What a create made. */
export interface Creation<Made> {
  readonly made: Made
  /** Whether its answer was lost and it was found again. */
  readonly adopted: boolean
}

/**
 * Creates a record so that it is never made twice.
 *
 * It is sent again only where it was surely not applied (no connection, 401, 429) or where the vendor takes its key once. Otherwise a
 * create whose answer was lost is looked up by its key: what is there and is ours is adopted. If nothing is there the call fails
 * with `applied: 'unknown'`, because the first one may still be on its way.
 *
 * @throws ContactsError of the create; with `applied: 'unknown'` where nobody can tell what became of it
 *
 * @example
 * ```ts
 * const { made } = await createOnce({
 *   call: context.call,
 *   send: (effect) => client.create(body, { effect }, context.call),
 *   key: { isUnique: false, find: () => findByEmail(body.email), isOurs: (found) => found.name === body.name },
 * })
 * ```
 */
export async function createOnce<Made>({ call, send, key }: CreateOnce<Made>): Promise<Creation<Made>> {
  const isUnique = key?.isUnique ?? false
  try {
    return { made: await sendKnowing(send, isUnique), adopted: false }
  } catch (error) {
    if (!key || !ContactsError.is(error) || error.applied !== 'unknown' || call.signal.aborted) throw error
    const found = await lookUp(key, error)
    if (found !== undefined && key.isOurs(found)) {
      call.settleWrites('yes')
      return { made: found, adopted: true }
    }
    if (found === undefined || error.code !== 'conflict') throw error
    // The key was taken before: nothing was made.
    call.settleWrites('no')
    throw changedError(error, { applied: 'no' })
  }
}

/** Sends the create, once more where the vendor takes its key once, even if the client does not retry: it cannot be doubled. */
async function sendKnowing<Made>(send: (effect: Effect) => Promise<Made>, isUnique: boolean): Promise<Made> {
  if (!isUnique) return send('once')
  try {
    return await send('idempotent')
  } catch (error) {
    const isLost = ContactsError.is(error) && error.applied === 'unknown' && error.code !== 'conflict'
    // A provider that asks to wait is not asked again.
    if (!isLost || error.retryAfterMs !== undefined) throw error
    return await sendAgain(send)
  }
}

/** What refuses a repetition may be what the first one made. */
async function sendAgain<Made>(send: (effect: Effect) => Promise<Made>): Promise<Made> {
  try {
    return await send('idempotent')
  } catch (error) {
    throw ContactsError.is(error) && error.code === 'conflict'
      ? changedError(error, { applied: 'unknown' })
      : error
  }
}

/** A look-up that fails tells nothing: then the failure of the create says that its fate is not known. */
async function lookUp<Made>(key: CreateKey<Made>, lost: ContactsError): Promise<Made | undefined> {
  try {
    return await key.find()
  } catch (error) {
    throw ContactsError.is(error) ? lost : error
  }
}
