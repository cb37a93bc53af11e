import { OrderedIndex, type PageRequest } from '../ordered-index.ts'
import {
  type ChatBotKitConversation,
  type ChatBotKitSecret,
  RESOURCE_BUILDERS,
  type ResourceKind,
  type ResourceTypes,
  type SecretSeed,
} from './resources.ts'

/** A record that hangs on a contact. */
export interface ResourceRow<Item> {
  /** The row's own id; for a secret that of the contact's value, not of the secret. */
  readonly id: string
  readonly createdAt: number
  readonly item: Item
  /** Whether the contact has authenticated; means something for secrets alone. */
  authenticated: boolean
  removed: boolean
}

/** The rows of one kind, by contact. */
type RowsByContact<Item> = Map<string, OrderedIndex<ResourceRow<Item>>>

/** Conversations, tasks, spaces and secrets, by contact. */
export class ResourceStore {
  readonly #context: { readonly now: () => number; readonly newId: () => string }
  readonly #kinds: { readonly [K in ResourceKind]: RowsByContact<ResourceTypes[K]> } = {
    conversation: new Map(),
    task: new Map(),
    space: new Map(),
    secret: new Map(),
  }
  #orphans: ChatBotKitConversation[] = []

  constructor(context: { readonly now: () => number; readonly newId: () => string }) {
    this.#context = context
  }

  /** Puts records in, and returns them as stored. */
  seed<K extends ResourceKind>(
    kind: K,
    contactId: string,
    seeds: readonly Partial<ResourceTypes[K]>[],
  ): ResourceTypes[K][] {
    return seeds.map((seed) => this.#insert(kind, contactId, seed).item)
  }

  /** Puts secrets in that the contact has a value for, and returns them as stored. */
  seedSecrets(contactId: string, seeds: readonly SecretSeed[]): ChatBotKitSecret[] {
    return seeds.map(({ authenticated = true, ...seed }) => {
      const row = this.#insert('secret', contactId, seed)
      row.authenticated = authenticated
      return row.item
    })
  }

  /** One page of a kind. */
  page<K extends ResourceKind>(
    kind: K,
    contactId: string,
    request: PageRequest<ResourceRow<ResourceTypes[K]>>,
  ): ResourceRow<ResourceTypes[K]>[] {
    return this.#rows(kind, contactId).page(request)
  }

  /** The row with that id of its own. */
  find<K extends ResourceKind>(
    kind: K,
    contactId: string,
    id: string,
  ): ResourceRow<ResourceTypes[K]> | undefined {
    for (const row of this.#rows(kind, contactId)) if (row.id === id) return row
    return undefined
  }

  /** The contact's value of a secret. */
  findSecret(contactId: string, secretId: string): ResourceRow<ChatBotKitSecret> | undefined {
    for (const row of this.#rows('secret', contactId)) if (row.item.id === secretId) return row
    return undefined
  }

  /** Conversations whose contact was deleted. */
  get orphans(): readonly ChatBotKitConversation[] {
    return this.#orphans
  }

  /** Takes away what hangs on a deleted contact; its conversations survive without it. */
  contactDeleted(contactId: string): void {
    for (const { item } of this.#rows('conversation', contactId))
      this.#orphans.push({ ...item, contactId: null })
    for (const rows of Object.values(this.#kinds)) rows.delete(contactId)
  }

  /** Empties the store. */
  clear(): void {
    for (const rows of Object.values(this.#kinds)) rows.clear()
    this.#orphans = []
  }

  #insert<K extends ResourceKind>(
    kind: K,
    contactId: string,
    seed: Partial<ResourceTypes[K]>,
  ): ResourceRow<ResourceTypes[K]> {
    const { now, newId } = this.#context
    const createdAt = seed.createdAt ?? Math.trunc(now())
    const base = { id: newId(), name: '', description: '', meta: null, createdAt, updatedAt: createdAt }
    const item: ResourceTypes[K] = RESOURCE_BUILDERS[kind](base, contactId, seed)
    const id = kind === 'secret' ? newId() : item.id
    const row = { id, createdAt, item, authenticated: true, removed: false }
    const rows = this.#rows(kind, contactId)
    rows.insert(row)
    this.#kinds[kind].set(contactId, rows)
    return row
  }

  #rows<K extends ResourceKind>(kind: K, contactId: string): OrderedIndex<ResourceRow<ResourceTypes[K]>> {
    return this.#kinds[kind].get(contactId) ?? new OrderedIndex()
  }
}
