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
  /** Sorted contacts, by organization and sort; thrown away at each write. */
  readonly #sorted = new Map<string, readonly ChannelInboxContact[]>()
  /** The last search, so that its pages do not search again; thrown away at each write. */
  #found: { readonly key: string; readonly contacts: readonly ChannelInboxContact[] } | undefined

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
    const { contacts } = this.organization(organization)
    const records = seeds.map((seed) =>
      contactRecord(seed, { id: this.#newId('con'), organization, createdAt: this.now }),
    )
    const taken = records.find(({ id }) => contacts.has(id))
    if (taken) throw new Error(`A seeded contact's id is taken: ${taken.id}`)
    for (const record of records) contacts.set(record.id, record)
    this.#forgetOrders()
    return records
  }

  /** Puts a new contact in, or a changed one in the place of the one with its id. */
  put(organization: string, contact: ChannelInboxContact): void {
    this.organization(organization).contacts.set(contact.id, contact)
    this.#forgetOrders()
  }

  /** Takes a contact out, and what hangs on it. */
  remove(organization: string, id: string): void {
    const { contacts, conversations, comments, files } = this.organization(organization)
    for (const rows of [contacts, conversations, comments, files]) rows.delete(id)
    this.#forgetOrders()
  }

  /**
   * Every contact in an order: a field's name, with a minus in front for descending. What comes to the same place stays in
   * the order in which it was made, or the other way round.
   */
  sorted(organization: string, sort: string): readonly ChannelInboxContact[] {
    const key = `${organization} ${sort}`
    let sorted = this.#sorted.get(key)
    if (sorted === undefined) {
      sorted = sortBy([...this.organization(organization).contacts.values()], sort)
      this.#sorted.set(key, sorted)
    }
    return sorted
  }

  /** How the vendor searches is not published; here every word must occur in a name, the address or the number. */
  matching(organization: string, sort: string, text: string): readonly ChannelInboxContact[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return this.sorted(organization, sort)
    const key = JSON.stringify([organization, sort, words])
    if (this.#found?.key === key) return this.#found.contacts
    const contacts = this.sorted(organization, sort).filter((contact) => {
      const { display_name, first_name, last_name, email, phone_number } = contact
      const searched = [display_name, first_name, last_name, email, phone_number].join('\n').toLowerCase()
      return words.every((word) => searched.includes(word))
    })
    this.#found = { key, contacts }
    return contacts
  }

  clear(): void {
    this.#organizations.clear()
    this.#forgetOrders()
  }

  #forgetOrders(): void {
    this.#sorted.clear()
    this.#found = undefined
  }
}

function sortBy(contacts: ChannelInboxContact[], sort: string): ChannelInboxContact[] {
  const field = sort.replace(/^[-+]/, '')
  const text = (contact: ChannelInboxContact): string => String(Reflect.get(contact, field) ?? '')
  contacts.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0))
  return sort.startsWith('-') ? contacts.reverse() : contacts
}
