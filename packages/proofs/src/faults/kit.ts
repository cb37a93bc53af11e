import type {
  ContactInput,
  Contacts,
  ContactsBase,
  ContactsWarning,
  RefKey,
  VendorRequest,
} from '@anycontact/core'
import type { Adapter, EveryCapability } from '@anycontact/core/adapter-kit'
import type { Audit, Fault, FaultMatch, Fetch, JsonObject, RecordedRequests } from '@anycontact/emulator'
import { AT_ONCE, BATCH_SIZE, type Person, person, SEEDED } from './people.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** A client as JavaScript sees it: every operation is there, and those that are not declared refuse. */
export type AnyClient = Contacts<Adapter<EveryCapability, unknown, unknown, unknown>>

/** A client with every operation in its type: at run time it has them all. */
export function anyClient(client: ContactsBase): AnyClient {
  return client as AnyClient
}

/** A fault that every emulated vendor knows. */
export interface TableFault extends Fault {
  readonly malformed?: { readonly index: number; readonly record: ChangeRecord }
}

/** Makes another record of one that a vendor sends. */
export type ChangeRecord = (record: Readonly<Record<string, unknown>>) => unknown

/** What an operation needs beside contacts, made in the emulator's store. */
export interface Fixtures {
  /** Conversations, comments or files of a contact, or activities of a conversation: their ids. */
  readonly below?: (kind: string, ownerId: string) => readonly string[]
  /** Two notices: their ids. */
  readonly notices?: () => readonly string[]
}

/** An emulated vendor and a client of it. */
export interface World {
  readonly kit: Kit
  readonly client: AnyClient
  readonly fixtures: Fixtures
  readonly requests: RecordedRequests
  readonly faults: { add(fault: FaultMatch & TableFault): void; readonly pending: number }
  audit(): Audit
  /** Everything that is stored, as JSON by id. */
  rows(): ReadonlyMap<string, string>
}

/** With what a world is made. */
export interface Surroundings {
  readonly clock: VirtualClock
  /** Comes between the client and the vendor. */
  readonly between: (fetch: Fetch) => Fetch
  readonly onWarning: (warning: ContactsWarning) => void
}

/** What the table must know of a provider. */
export interface Kit {
  readonly provider: string
  /** The client's credential, which nothing may show. */
  readonly secret: string
  /** The member of a record that holds its id. */
  readonly idKey: string
  /** The member that holds the id of the contact that a record is of. */
  readonly ownerKey: string
  /** Members of a record that hold text, to be null. */
  readonly texts: readonly string[]
  /** What a record looks like that holds a word which the documentation does not have. */
  readonly oddWord: JsonObject
  /** Members of a write's body that the server does not keep. */
  readonly forgotten: readonly string[]
  /** Operations that look somebody up by a filter of the listing. */
  readonly filters: readonly string[]
  /** Turns a record's members into those of another person's. */
  readonly otherRecord: (person: Person) => JsonObject
  /** What is written of a person. */
  readonly input: (person: Person) => ContactInput
  /** What an update changes; the text that is stored then. */
  readonly patch: (person: Person) => ContactInput
  readonly patched: (person: Person) => string
  /** Requests by hand: what reads a person, what adds one, and what changes one as an update does. */
  readonly byHand: Readonly<Record<'read' | 'create' | 'change', (person: Person) => VendorRequest>>
  /** The caller's key in a copy. */
  readonly copyBy: RefKey
  readonly idOf: (digits: string) => string
  isWrite(method: string, path: string): boolean
  open(surroundings: Surroundings): World
}

/** Somebody who is there, for a call. @param item - which item of the call's batch */
export function seededPerson({ idOf }: Pick<Kit, 'idOf'>, slot: number, item = 0): Person {
  return person(slot * BATCH_SIZE + item, idOf)
}

/** Somebody who is not there yet, for a call. */
export function newPerson({ idOf }: Pick<Kit, 'idOf'>, slot: number, item = 0): Person {
  return person(SEEDED + slot * BATCH_SIZE + item, idOf)
}

/** Everybody who is there at first. */
export function everybody(kit: Pick<Kit, 'idOf'>): Person[] {
  return Array.from({ length: AT_ONCE * BATCH_SIZE }, (_, index) => person(index, kit.idOf))
}

/** A number between 0 and 1 each time, the same ones in every run. */
export function seededRandom(): () => number {
  let state = 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Stored records as rows by id. */
export function rowsOf(records: readonly object[], idKey: string): ReadonlyMap<string, string> {
  return new Map(records.map((record) => [String(Reflect.get(record, idKey)), JSON.stringify(record)]))
}
