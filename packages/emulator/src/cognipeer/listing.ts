import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Random } from '../random.ts'
import type { CognipeerContact } from './contact.ts'
import { ApiError } from './errors.ts'
import { compileFilter } from './filter.ts'
import type { CognipeerSwitches } from './options.ts'
import type { Session } from './sessions.ts'
import { compileSort } from './sort.ts'
import type { ContactStore } from './store.ts'

/** One page of a listing, as it is sent. */
export interface ListReply {
  readonly success: true
  readonly data: readonly CognipeerContact[]
  readonly total: number
  readonly page: number
  readonly limit: number
}

/** Answers listings. */
export type List = (session: Session, body: JsonObject) => ListReply

/** So many listings of unchanged contacts are kept, so that a walk over all pages sorts once. */
const KEPT = 8

/** Makes the listing of one server. */
export function createListing(store: ContactStore, switches: CognipeerSwitches, random: Random): List {
  const kept = new Map<string, readonly CognipeerContact[]>()

  const select = (
    session: Session,
    filter: JsonObject,
    sort: JsonObject | undefined,
  ): readonly CognipeerContact[] => {
    const { workspace, peer } = session
    const key = JSON.stringify([workspace, peer, store.version(workspace), filter, sort])
    const known = kept.get(key)
    if (known !== undefined) return known
    const matches = compileFilter(filter, switches)
    const found = candidates(store, workspace, filter, switches).filter(
      (contact) =>
        sees(session, contact, switches) && !isHidden(contact, filter, switches) && matches(jsonOf(contact)),
    )
    const ordered = inOrder(found, sort, switches, random)
    const isStable = sort !== undefined || switches.defaultSort !== 'random'
    if (isStable) {
      kept.set(key, ordered)
      for (const oldest of kept.size > KEPT ? kept.keys() : []) {
        kept.delete(oldest)
        break
      }
    }
    return ordered
  }

  return (session, body) => {
    const filter = body.filter ?? {}
    const { sort } = body
    if (!isJsonObject(filter)) throw new ApiError(400, 'filter must be an object')
    if (sort !== undefined && !isJsonObject(sort)) throw new ApiError(400, 'sort must be an object')
    const askedFor = readNumber(body.limit, 'limit', 10, switches)
    const { maxLimit, minLimit, largeLimit, pastEnd } = switches
    if (askedFor > maxLimit && largeLimit === 'refuse')
      throw new ApiError(400, `limit must not exceed ${maxLimit}`)
    const limit = Math.max(minLimit, Math.min(askedFor, maxLimit))
    const all = select(session, filter, sort)
    const pages = Math.max(1, Math.ceil(all.length / limit))
    const wanted = readNumber(body.page, 'page', 1, switches)
    const page = pastEnd === 'last' ? Math.min(wanted, pages) : wanted
    return {
      success: true,
      data: all.slice((page - 1) * limit, page * limit),
      total: all.length,
      page,
      limit: largeLimit === 'clamp-silently' ? Math.max(askedFor, limit) : limit,
    }
  }
}

/** Whether a contact is there for whoever asks. */
export function sees(
  { peer }: Session,
  contact: CognipeerContact,
  { visibility }: Pick<CognipeerSwitches, 'visibility'>,
): boolean {
  return visibility === 'workspace' || contact.peerId === peer
}

function isHidden(
  contact: CognipeerContact,
  filter: JsonObject,
  { deletedInList }: CognipeerSwitches,
): boolean {
  return deletedInList === 'hidden' && contact.deleted === true && !Object.hasOwn(filter, 'deleted')
}

/** The contacts that can match at all, by an index where the filter has one value of a key. */
function candidates(
  store: ContactStore,
  workspace: string,
  filter: JsonObject,
  { idFilter }: CognipeerSwitches,
): readonly CognipeerContact[] {
  const { _id, email, integrationId } = filter
  if (typeof _id === 'string' && idFilter === 'text') {
    const contact = store.get(workspace, _id)
    return contact === undefined ? [] : [contact]
  }
  if (typeof integrationId === 'string') return store.withKey(workspace, 'integrationId', integrationId)
  if (typeof email === 'string') return store.withKey(workspace, 'email', email)
  return [...store.all(workspace)]
}

function inOrder(
  contacts: readonly CognipeerContact[],
  sort: JsonObject | undefined,
  { defaultSort, sortKeys }: CognipeerSwitches,
  random: Random,
): readonly CognipeerContact[] {
  if (sort !== undefined && Object.keys(sort).length > 0) {
    const compare = compileSort(sort, sortKeys)
    return contacts.toSorted((a, b) => compare(jsonOf(a), jsonOf(b)))
  }
  switch (defaultSort) {
    case 'oldest':
      return contacts
    case 'newest':
      return contacts.toReversed()
    case 'random':
      return contacts
        .map((contact) => ({ contact, place: random() }))
        .sort((a, b) => a.place - b.place)
        .map(({ contact }) => contact)
  }
}

function readNumber(
  value: JsonValue | undefined,
  name: string,
  fallback: number,
  { oddPaging }: CognipeerSwitches,
): number {
  if (value === undefined) return fallback
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  if (oddPaging === 'default') return fallback
  throw new ApiError(400, `${name} must be a positive integer`)
}

/** A stored contact has no member that is `undefined`. */
function jsonOf(contact: CognipeerContact): JsonObject {
  return contact as JsonObject
}
