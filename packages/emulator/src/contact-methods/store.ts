import type { JsonObject } from '../json.ts'
import { KeptListings } from '../kept-listings.ts'
import { ApiError } from './errors.ts'
import type { ContactMethodsSwitches } from './options.ts'
import type { ContactMethodsRecord, ContactMethodsSeed, MethodFields, NewMethod } from './record.ts'
import { ValueIndex } from './value-index.ts'

/** What a store needs from outside. */
export interface StoreContext {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly newId: () => string
  readonly switches: Pick<ContactMethodsSwitches, 'metadataUpdate' | 'verification'>
  /** Tells whether an id is a client's; without it, methods can be made for any id. */
  readonly isClient: ((id: string) => boolean) | undefined
}

/** The contact methods of one account's environment. At most one a client and type is primary, whatever is written. */
export class MethodStore {
  /** Listings of the methods. */
  readonly listings: KeptListings<ContactMethodsRecord> = new KeptListings()
  readonly #context: StoreContext
  readonly #byId = new Map<string, ContactMethodsRecord>()
  readonly #byClient = new Map<string, Map<string, ContactMethodsRecord>>()
  readonly #byExternalId = new Map<string, string>()
  readonly #byValue = new ValueIndex()
  /** The ways back, while something is done that may have to be undone. */
  #undo: (() => void)[] | undefined

  constructor(context: StoreContext) {
    this.#context = context
  }

  /** Every method, in the order in which they were added. */
  all(): IterableIterator<ContactMethodsRecord> {
    return this.#byId.values()
  }

  /** The methods of a client, in the order in which they were added. */
  ofClient(clientId: string): readonly ContactMethodsRecord[] {
    return [...(this.#byClient.get(clientId)?.values() ?? [])]
  }

  /** The methods with exactly that value. */
  withValue(value: string): readonly ContactMethodsRecord[] {
    return this.#byValue.ids(value).flatMap((id) => this.#byId.get(id) ?? [])
  }

  /** Tells whether an id is a client's; where that is not said, whether it has contact methods. */
  isClient(id: string): boolean {
    return this.#context.isClient?.(id) ?? this.ofClient(id).length > 0
  }

  /** The method with an id; throws the 404. */
  get(id: string): ContactMethodsRecord {
    const record = this.#byId.get(id)
    if (record === undefined) throw new ApiError('NOT_FOUND', 'Contact method not found')
    return record
  }

  findByExternalId(externalId: string): ContactMethodsRecord | undefined {
    const id = this.#byExternalId.get(externalId)
    return id === undefined ? undefined : this.#byId.get(id)
  }

  /** Adds a method. */
  create(fields: NewMethod): ContactMethodsRecord {
    if (this.#context.isClient?.(fields.clientId) === false)
      throw new ApiError('NOT_FOUND', 'Client not found')
    const now = this.#time()
    const { label, externalId, metadata } = fields
    return this.#insert({
      id: this.#context.newId(),
      clientId: fields.clientId,
      type: fields.type,
      value: fields.value,
      isPrimary: fields.isPrimary ?? false,
      isVerified: false,
      verifiedAt: null,
      ...(label != null && { label }),
      ...(externalId != null && { externalId }),
      ...(metadata != null && { metadata }),
      createdAt: now,
      updatedAt: now,
    })
  }

  /** Changes what the fields name, and `updatedAt` in any case. */
  update(record: ContactMethodsRecord, fields: MethodFields): ContactMethodsRecord {
    const { label, externalId, metadata } = fields
    const { label: oldLabel, externalId: oldExternalId, metadata: oldMetadata, ...rest } = record
    const value = fields.value ?? record.value
    const isNewValue = value !== record.value && this.#context.switches.verification === 'reset'
    const next = {
      label: label === undefined ? oldLabel : label,
      externalId: externalId === undefined ? oldExternalId : externalId,
      metadata: metadata === undefined ? oldMetadata : this.#changedMetadata(oldMetadata, metadata),
    }
    if (next.externalId != null) this.#checkExternalId(next.externalId, record.id)
    return this.#replace(record, {
      ...rest,
      clientId: fields.clientId ?? record.clientId,
      type: fields.type ?? record.type,
      value,
      isPrimary: fields.isPrimary ?? record.isPrimary,
      ...(isNewValue && { isVerified: false, verifiedAt: null }),
      ...(next.label != null && { label: next.label }),
      ...(next.externalId != null && { externalId: next.externalId }),
      ...(next.metadata != null && { metadata: next.metadata }),
      updatedAt: this.#time(),
    })
  }

  /** Removes a method. */
  delete(record: ContactMethodsRecord): void {
    this.#unlink(record)
    this.#note(() => this.#link(record))
  }

  /** Puts records in as they are, all or none; throws when an id or external id is taken. */
  seed(seeds: readonly ContactMethodsSeed[]): ContactMethodsRecord[] {
    return this.transaction(() => {
      const now = this.#time()
      return seeds.map((seed) => {
        const createdAt = seed.createdAt ?? now
        const defaults = {
          isPrimary: false,
          isVerified: false,
          verifiedAt: null,
          createdAt,
          updatedAt: createdAt,
        }
        const record = { id: this.#context.newId(), ...defaults, ...seed }
        if (this.#byId.has(record.id)) throw new Error(`A seeded contact method's id is taken: ${record.id}`)
        return this.#insert(record)
      })
    })
  }

  /** Runs something of which nothing stays when it throws. */
  transaction<T>(run: () => T): T {
    const outer = this.#undo
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      const result = run()
      outer?.push(...undo)
      return result
    } catch (error) {
      for (const back of undo.reverse()) back()
      throw error
    } finally {
      this.#undo = outer
    }
  }

  #insert(record: ContactMethodsRecord): ContactMethodsRecord {
    if (record.externalId !== undefined) this.#checkExternalId(record.externalId, record.id)
    this.#link(record)
    this.#note(() => this.#unlink(record))
    this.#keepOnePrimary(record)
    return record
  }

  #replace(before: ContactMethodsRecord, after: ContactMethodsRecord): ContactMethodsRecord {
    this.#relink(before, after)
    this.#note(() => this.#relink(after, before))
    this.#keepOnePrimary(after)
    return after
  }

  /** Making one primary clears the flag on the others of its type. */
  #keepOnePrimary(record: ContactMethodsRecord): void {
    if (!record.isPrimary) return
    for (const other of this.ofClient(record.clientId)) {
      if (other.id === record.id || other.type !== record.type || !other.isPrimary) continue
      this.#replace(other, { ...other, isPrimary: false, updatedAt: this.#time() })
    }
  }

  #checkExternalId(externalId: string, id: string): void {
    const holder = this.#byExternalId.get(externalId)
    if (holder !== undefined && holder !== id) {
      throw new ApiError('CONFLICT', 'A contact method with this external ID already exists')
    }
  }

  #changedMetadata(stored: JsonObject | undefined, sent: JsonObject | null): JsonObject | null {
    return sent && this.#context.switches.metadataUpdate === 'merge' ? { ...stored, ...sent } : sent
  }

  /** @param before - the record whose place it takes */
  #link(record: ContactMethodsRecord, before?: ContactMethodsRecord): void {
    this.#byId.set(record.id, record)
    let methods = this.#byClient.get(record.clientId)
    if (methods === undefined) {
      methods = new Map()
      this.#byClient.set(record.clientId, methods)
    }
    methods.set(record.id, record)
    if (record.externalId !== undefined) this.#byExternalId.set(record.externalId, record.id)
    this.#byValue.add(record.value, record.id)
    this.listings.changed(before, record)
  }

  #unlink(record: ContactMethodsRecord): void {
    this.#byId.delete(record.id)
    this.#byClient.get(record.clientId)?.delete(record.id)
    if (record.externalId !== undefined) this.#byExternalId.delete(record.externalId)
    this.#byValue.remove(record.value, record.id)
    this.listings.changed(record, undefined)
  }

  /** Unlike removing and adding, this keeps the place in the order of adding. */
  #relink(before: ContactMethodsRecord, after: ContactMethodsRecord): void {
    if (before.clientId !== after.clientId) this.#byClient.get(before.clientId)?.delete(before.id)
    if (before.externalId !== undefined) this.#byExternalId.delete(before.externalId)
    if (before.value !== after.value) this.#byValue.remove(before.value, before.id)
    this.#link(after, before)
  }

  #note(back: () => void): void {
    this.#undo?.push(back)
  }

  #time(): string {
    return new Date(Math.trunc(this.#context.now())).toISOString()
  }
}
