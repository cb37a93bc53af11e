import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { type Listing, listed } from '../kept-listings.ts'
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

/** Makes the listing of one server. */
export function createListing(store: ContactStore, switches: CognipeerSwitches, random: Random): List {
  const select = (
    session: Session,
    filter: JsonObject,
    sort: JsonObject | undefined,
  ): readonly CognipeerContact[] => {
    const { workspace, peer } = session
    const makeListing = (): Listing<CognipeerContact> => {
      const matches = compileFilter(filter, switches)
      return {
        matches: (contact) =>
          sees(session, contact, switches) &&
          !isHidden(contact, filter, switches) &&
          matches(jsonOf(contact)),
        ...orderOf(sort, switches),
      }
    }
    const candidates = byIndex(store, workspace, filter, switches)
    if (candidates !== undefined) return listed(makeListing(), candidates)
    if (switches.defaultSort === 'random' && !isSort(sort)) {
      return shuffled(listed(makeListing(), store.all(workspace)), random)
    }
    const key = JSON.stringify([peer, filter, sort])
    return store.listings(workspace).rows(key, makeListing, () => store.all(workspace))
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

/** The contacts that can match at all, where the filter has one value of a key that there is an index of. */
function byIndex(
  store: ContactStore,
  workspace: string,
  filter: JsonObject,
  { idFilter }: CognipeerSwitches,
): readonly CognipeerContact[] | undefined {
  const { _id, email, integrationId } = filter
  if (typeof _id === 'string' && idFilter === 'text') {
    const contact = store.get(workspace, _id)
    return contact === undefined ? [] : [contact]
  }
  if (typeof integrationId === 'string') return store.withKey(workspace, 'integrationId', integrationId)
  return typeof email === 'string' ? store.withKey(workspace, 'email', email) : undefined
}

function isSort(sort: JsonObject | undefined): sort is JsonObject {
  return sort !== undefined && Object.keys(sort).length > 0
}

function orderOf(
  sort: JsonObject | undefined,
  { defaultSort, sortKeys }: CognipeerSwitches,
): Pick<Listing<CognipeerContact>, 'compare' | 'newest'> {
  if (!isSort(sort)) return { compare: () => 0, newest: defaultSort === 'newest' ? 'first' : 'last' }
  const compare = compileSort(sort, sortKeys)
  return { compare: (a, b) => compare(jsonOf(a), jsonOf(b)), newest: 'last' }
}

function shuffled(contacts: readonly CognipeerContact[], random: Random): readonly CognipeerContact[] {
  return contacts
    .map((contact) => ({ contact, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ contact }) => contact)
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
