import { OrderedIndex, type PageRequest } from '../ordered-index.ts'
import {
  type AccountSecretSeed,
  type ChatBotKitConversation,
  type ChatBotKitResource,
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
  /** Whether the value works; means something for secrets alone. */
  authenticated: boolean
  removed: boolean
}

/** A secret of an account, whichever contacts have a value for it. */
export interface AccountSecret {
  readonly account: string
  readonly kind: 'personal' | 'shared'
  /** Whether a shared secret has its value. */
  readonly authenticated: boolean
  readonly record: ChatBotKitSecret
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
  readonly #secrets = new Map<string, AccountSecret>()
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

  /** Puts values of a contact in, for secrets of its account, and returns them as they are listed. */
  seedSecrets(account: string, contactId: string, seeds: readonly SecretSeed[]): ChatBotKitSecret[] {
    return seeds.map(({ authenticated = true, ...seed }) => {
      const known = seed.id === undefined ? undefined : this.#secrets.get(seed.id)?.record
      const secret = known ?? this.#insertSecret(account, seed).record
      const name = seed.name || secret.name
      const description = seed.description || secret.description
      const { id, type } = secret
      const row = this.#insert('secret', contactId, { type, ...seed, id, name, description })
      row.authenticated = authenticated
      return row.item
    })
  }

  /** Puts secrets in that no contact has a value for, and returns them as stored. */
  seedAccountSecrets(account: string, seeds: readonly AccountSecretSeed[]): ChatBotKitSecret[] {
    return seeds.map((seed) => this.#insertSecret(account, seed).record)
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

  /** The secret of that id, whatever account has it. */
  secret(id: string): AccountSecret | undefined {
    return this.#secrets.get(id)
  }

  /** The account's first secret with exactly that name. */
  secretNamed(account: string, name: string): AccountSecret | undefined {
    for (const secret of this.#secrets.values())
      if (secret.account === account && secret.record.name === name) return secret
    return undefined
  }

  /** The contact's value of a secret. */
  secretValue(contactId: string, secretId: string): ResourceRow<ChatBotKitSecret> | undefined {
    for (const row of this.#rows('secret', contactId)) if (row.item.id === secretId) return row
    return undefined
  }

  /** Takes a contact's value of a secret away; the secret stays. */
  removeSecretValue(contactId: string, row: ResourceRow<ChatBotKitSecret>): void {
    this.#rows('secret', contactId).remove(row)
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
    this.#secrets.clear()
    this.#orphans = []
  }

  #insertSecret(account: string, seed: AccountSecretSeed): AccountSecret {
    const { kind = 'personal', authenticated = true, ...fields } = seed
    const record = RESOURCE_BUILDERS.secret(this.#base(fields), '', fields)
    const secret = { account, kind, authenticated, record }
    this.#secrets.set(record.id, secret)
    return secret
  }

  /** What every record has, before its seed says otherwise. */
  #base(seed: Partial<ChatBotKitResource>): ChatBotKitResource {
    const { now, newId } = this.#context
    const createdAt = seed.createdAt ?? Math.trunc(now())
    return { id: newId(), name: '', description: '', meta: null, createdAt, updatedAt: createdAt }
  }

  #insert<K extends ResourceKind>(
    kind: K,
    contactId: string,
    seed: Partial<ResourceTypes[K]>,
  ): ResourceRow<ResourceTypes[K]> {
    const item: ResourceTypes[K] = RESOURCE_BUILDERS[kind](this.#base(seed), contactId, seed)
    const id = kind === 'secret' ? this.#context.newId() : item.id
    const row = { id, createdAt: item.createdAt, item, authenticated: true, removed: false }
    const rows = this.#rows(kind, contactId)
    rows.insert(row)
    this.#kinds[kind].set(contactId, rows)
    return row
  }

  #rows<K extends ResourceKind>(kind: K, contactId: string): OrderedIndex<ResourceRow<ResourceTypes[K]>> {
    return this.#kinds[kind].get(contactId) ?? new OrderedIndex()
  }
}
