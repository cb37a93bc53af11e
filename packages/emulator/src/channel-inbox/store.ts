import { KeptListings, type Listing } from '../kept-listings.ts'
import { type ChannelInboxContact, type ChannelInboxContactSeed, contactRecord } from './contact.ts'
import type { NewId } from './ids.ts'
import type {
  ChannelInboxActivity,
  ChannelInboxComment,
  ChannelInboxConversation,
  ChannelInboxFile,
  ChannelInboxNotification,
  ChannelInboxUpload,
} from './records.ts'

/** Everything of one organization. */
export interface Organization {
  readonly contacts: Map<string, ChannelInboxContact>
  /** Listings of its contacts, and searches. */
  readonly listings: KeptListings<ChannelInboxContact>
  /** By contact. */
  readonly conversations: Map<string, ChannelInboxConversation[]>
  /** By contact. */
  readonly comments: Map<string, ChannelInboxComment[]>
  /** By contact. */
  readonly files: Map<string, ChannelInboxFile[]>
  /** The id of the contact, by the id of a board's item. */
  readonly boardItems: Map<string, string>
  /** By conversation. */
  readonly activities: Map<string, ChannelInboxActivity[]>
  notifications: ChannelInboxNotification[]
  readonly uploads: ChannelInboxUpload[]
  /** The bytes that an export answers instead of what is stored. */
  csv: Uint8Array | undefined
}

/** The organizations, made when they are first named, and contacts in the orders in which they are listed. */
export class InboxStore {
  readonly #now: () => number
  readonly #newId: NewId
  readonly #organizations = new Map<string, Organization>()

  constructor(context: { readonly now: () => number; readonly newId: NewId }) {
    this.#now = context.now
    this.#newId = context.newId
  }

  /** The time now, as the vendor writes it. */
  get now(): string {
    return new Date(this.#now()).toISOString()
  }

  organization(id: string): Organization {
    let organization = this.#organizations.get(id)
    if (organization === undefined) {
      organization = {
        contacts: new Map(),
        listings: new KeptListings(),
        conversations: new Map(),
        comments: new Map(),
        files: new Map(),
        boardItems: new Map(),
        activities: new Map(),
        notifications: [],
        uploads: [],
        csv: undefined,
      }
      this.#organizations.set(id, organization)
    }
    return organization
  }

  /** Puts contacts in as they are. @throws Error when an id is taken */
  seed(organization: string, seeds: readonly ChannelInboxContactSeed[]): ChannelInboxContact[] {
    const { contacts, listings } = this.organization(organization)
    const records = seeds.map((seed) =>
      contactRecord(seed, { id: this.#newId('con'), organization, createdAt: this.now }),
    )
    const taken = records.find(({ id }) => contacts.has(id))
    if (taken) throw new Error(`A seeded contact's id is taken: ${taken.id}`)
    for (const record of records) contacts.set(record.id, record)
    listings.clear()
    return records
  }

  /** Puts a new contact in, or a changed one in the place of the one with its id. */
  put(organization: string, contact: ChannelInboxContact): void {
    const { contacts, listings } = this.organization(organization)
    const before = contacts.get(contact.id)
    contacts.set(contact.id, contact)
    listings.changed(before, contact)
  }

  /** Takes a contact out, and what hangs on it. */
  remove(organization: string, id: string): void {
    const { contacts, listings, conversations, comments, files } = this.organization(organization)
    const before = contacts.get(id)
    for (const rows of [contacts, conversations, comments, files]) rows.delete(id)
    listings.changed(before, undefined)
  }

  /**
   * Every contact in an order: a field's name, with a minus in front for descending. What comes to the same place stays in
   * the order in which it was made, or the other way round.
   */
  sorted(organization: string, sort: string): readonly ChannelInboxContact[] {
    return this.matching(organization, sort, '')
  }

  /** How the vendor searches is not published; here every word must occur in a name, the address or the number. */
  matching(organization: string, sort: string, text: string): readonly ChannelInboxContact[] {
    const { contacts, listings } = this.organization(organization)
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    return listings.rows(
      JSON.stringify([sort, words]),
      () => ({ matches: (contact) => hasWords(contact, words), ...orderOf(sort) }),
      () => contacts.values(),
    )
  }

  clear(): void {
    this.#organizations.clear()
  }
}

function hasWords(contact: ChannelInboxContact, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const { display_name, first_name, last_name, email, phone_number } = contact
  const searched = [display_name, first_name, last_name, email, phone_number].join('\n').toLowerCase()
  return words.every((word) => searched.includes(word))
}

function orderOf(sort: string): Pick<Listing<ChannelInboxContact>, 'compare' | 'newest'> {
  const field = sort.replace(/^[-+]/, '')
  const text = (contact: ChannelInboxContact): string => String(Reflect.get(contact, field) ?? '')
  const ascending = (a: ChannelInboxContact, b: ChannelInboxContact): number =>
    text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0
  if (!sort.startsWith('-')) return { compare: ascending, newest: 'last' }
  return { compare: (a, b) => ascending(b, a), newest: 'first' }
}
