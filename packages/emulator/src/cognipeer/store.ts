import type { JsonObject, JsonValue } from '../json.ts'
import { KeptListings } from '../kept-listings.ts'
import { changedRecord, createdFields, foldEmail } from './changes.ts'
import type { CognipeerContact, CognipeerSeed } from './contact.ts'
import { ApiError, ContactNotFound } from './errors.ts'
import type { CognipeerSwitches } from './options.ts'

const KEYS = ['email', 'integrationId'] as const

/** A key that contacts are looked up by. */
export type LookupKey = (typeof KEYS)[number]

/** Which contact is meant. */
export type Identifiers = Readonly<Partial<Record<LookupKey, string>>>

/** What the store works with. */
export interface StoreContext {
  readonly now: () => number
  readonly newId: () => string
  readonly switches: CognipeerSwitches
}

interface Workspace {
  /** In the order of their making. */
  readonly contacts: Map<string, CognipeerContact>
  readonly byKey: Readonly<Record<LookupKey, Map<string, Set<string>>>>
  readonly listings: KeptListings<CognipeerContact>
}

/** The contacts of all workspaces. */
export class ContactStore {
  readonly #context: StoreContext
  readonly #workspaces = new Map<string, Workspace>()

  constructor(context: StoreContext) {
    this.#context = context
  }

  /** A workspace's contacts in the order of their making. */
  all(workspace: string): Iterable<CognipeerContact> {
    return this.#open(workspace).contacts.values()
  }

  /** The contact of that id. */
  get(workspace: string, id: string): CognipeerContact | undefined {
    return this.#open(workspace).contacts.get(id)
  }

  /** Listings of a workspace's contacts. */
  listings(workspace: string): KeptListings<CognipeerContact> {
    return this.#open(workspace).listings
  }

  /** The contacts with exactly that value, in the order of their making. */
  withKey(workspace: string, key: LookupKey, value: string): CognipeerContact[] {
    const { contacts, byKey } = this.#open(workspace)
    const found = [...(byKey[key].get(value) ?? [])].flatMap((id) => contacts.get(id) ?? [])
    return found.length < 2 ? found : [...contacts.values()].filter((contact) => contact[key] === value)
  }

  /**
   * The first contact that identifiers name.
   *
   * @param sees - which contacts there are for whoever asks
   * @throws ContactNotFound
   */
  find(
    workspace: string,
    identifiers: Identifiers,
    sees: (contact: CognipeerContact) => boolean,
  ): CognipeerContact {
    const { twoIdentifiers, deletedInGet } = this.#context.switches
    const given = KEYS.flatMap((key) => {
      const value = identifiers[key]
      return value === undefined ? [] : [{ key, value: this.#stored(key, value) }]
    })
    const only = given.length > 1 ? given.filter(({ key }) => key === twoIdentifiers) : given
    const used = only.length > 0 ? only : given
    const isMeant = (contact: CognipeerContact): boolean =>
      twoIdentifiers === 'either'
        ? used.some(({ key, value }) => contact[key] === value)
        : used.every(({ key, value }) => contact[key] === value)
    const candidates = used.flatMap(({ key, value }) => this.withKey(workspace, key, value))
    const found = candidates.find(
      (contact) =>
        isMeant(contact) && sees(contact) && (deletedInGet === 'found' || contact.deleted !== true),
    )
    if (found === undefined) throw new ContactNotFound()
    return found
  }

  /** Makes a contact. @throws ApiError 409 or 400 as the switches say */
  create(workspace: string, body: JsonObject, peer: string): CognipeerContact {
    const { newId, switches } = this.#context
    const fields = createdFields(body, switches)
    if (switches.createNeedsKey && !fields.email && !fields.integrationId) {
      throw new ApiError(400, 'Validation failed', { email: 'email or integrationId is required' })
    }
    const taken = this.#taken(workspace, fields)
    if (taken !== undefined && switches.duplicates === 'existing') return taken
    if (taken !== undefined && switches.duplicates === 'conflict') throw duplicate()
    const time = this.#time()
    return this.#put(workspace, {
      _id: newId(),
      workspaceId: workspace,
      ...fields,
      ...(switches.setsPeer && { peerId: peer }),
      ...(switches.dates && { createdDate: time, modifiedDate: time }),
      deleted: fields.deleted ?? false,
      ...(switches.versionKey && { __v: 0 }),
    })
  }

  /** Changes a contact. @throws ApiError 409 or 400 as the switches say */
  update(contact: CognipeerContact, data: JsonObject): CognipeerContact {
    const { switches } = this.#context
    const { _id, workspaceId, ...record } = contact
    const fields = changedRecord(presentMembers(record), data, switches)
    if (switches.duplicates === 'conflict' && this.#taken(workspaceId, fields, _id) !== undefined)
      throw duplicate()
    const changed = JSON.stringify(fields) !== JSON.stringify(record)
    const touches = switches.dates && (changed || switches.touchOnNoChange)
    return this.#put(workspaceId, {
      _id,
      workspaceId,
      ...fields,
      ...(touches && { modifiedDate: this.#time() }),
      ...(switches.updateRevives &&
        contact.deleted === true &&
        data.deleted === undefined && { deleted: false }),
    })
  }

  /** Puts contacts in, unchecked. @throws Error when an id is taken */
  seed(workspace: string, seeds: readonly (CognipeerSeed | CognipeerContact)[]): CognipeerContact[] {
    return seeds.map((seed) => {
      const { now, newId } = this.#context
      const _id = seed._id ?? newId()
      if (this.#open(workspace).contacts.has(_id)) throw new Error(`The id ${_id} is taken`)
      const time = new Date(now()).toISOString()
      return this.#put(workspace, {
        createdDate: time,
        modifiedDate: time,
        ...seed,
        _id,
        workspaceId: workspace,
      })
    })
  }

  /** Marks a contact as deleted. */
  remove(contact: CognipeerContact): CognipeerContact {
    return this.#put(contact.workspaceId, { ...contact, deleted: true, modifiedDate: this.#time() })
  }

  clear(): void {
    this.#workspaces.clear()
  }

  #time(): string {
    return new Date(this.#context.now()).toISOString()
  }

  #stored(key: LookupKey, value: string): string {
    return key === 'email' ? String(foldEmail(value, this.#context.switches)) : value
  }

  #taken(workspace: string, fields: JsonObject, except?: string): CognipeerContact | undefined {
    for (const key of KEYS) {
      const value = fields[key]
      if (typeof value !== 'string' || value === '') continue
      const other = this.withKey(workspace, key, value).find(({ _id }) => _id !== except)
      if (other !== undefined) return other
    }
    return undefined
  }

  #put(workspace: string, contact: CognipeerContact): CognipeerContact {
    const open = this.#open(workspace)
    // A copy, frozen by nobody: what a caller holds must not change with the store.
    const stored: CognipeerContact = structuredClone(contact)
    const old = open.contacts.get(stored._id)
    for (const key of KEYS) {
      const [before, after] = [old?.[key], stored[key]]
      if (typeof before === 'string') open.byKey[key].get(before)?.delete(stored._id)
      if (typeof after === 'string') {
        const ids = open.byKey[key].get(after) ?? new Set()
        open.byKey[key].set(after, ids.add(stored._id))
      }
    }
    open.contacts.set(stored._id, stored)
    open.listings.changed(old, stored)
    return stored
  }

  #open(workspace: string): Workspace {
    let open = this.#workspaces.get(workspace)
    if (open === undefined) {
      open = {
        contacts: new Map(),
        byKey: { email: new Map(), integrationId: new Map() },
        listings: new KeptListings(),
      }
      this.#workspaces.set(workspace, open)
    }
    return open
  }
}

function duplicate(): ApiError {
  return new ApiError(409, 'A contact with this email or integrationId already exists')
}

function presentMembers(record: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const present: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(record)) if (value !== undefined) present[key] = value
  return present
}
