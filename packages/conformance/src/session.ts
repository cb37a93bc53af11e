import type {
  AdapterListQuery,
  AnyAdapter,
  Capabilities,
  Contact,
  ContactInput,
  ContactsErrorCode,
  ContactsPolicy,
  ContactsWarning,
  ListQuery,
  OperationName,
  RefKey,
  WritableField,
} from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { assert, fail, print } from './assert.ts'
import { type AnyClient, callOperation } from './calls.ts'
import { checkContact } from './contact-shape.ts'
import type { ConformanceFixtures, ConformanceSettings, ConformanceSubject } from './options.ts'
import { createSamples, type SampleSource } from './samples.ts'

/** Numbers a test may use for its samples, so that no two tests write the same values. */
const NUMBERS_PER_TEST = 2000

const IDENTIFYING: readonly WritableField[] = ['externalId', 'name', 'email', 'phone']

/** One test's client, its sample values and the contacts that it has made. */
export class Session {
  readonly client: AnyClient
  readonly capabilities: Capabilities
  readonly adapter: AnyAdapter | undefined
  readonly options: ConformanceSettings
  readonly samples: SampleSource
  /** What the client has warned of. */
  readonly warnings: readonly ContactsWarning[]
  /** For a patch that a test makes several times. */
  readonly patchNumber: number
  readonly #subject: ConformanceSubject
  readonly #made: Contact[] = []
  #nextNumber: number

  private constructor(
    options: ConformanceSettings,
    subject: ConformanceSubject,
    index: number,
    warnings: readonly ContactsWarning[],
  ) {
    this.options = options
    this.#subject = subject
    this.warnings = warnings
    // At run time a client has every operation; the suite also calls those that are not declared, to see them refused.
    this.client = subject.contacts as AnyClient
    this.capabilities = subject.contacts.capabilities
    this.adapter = subject.adapter
    this.samples = createSamples(options)
    this.#nextNumber = index * NUMBERS_PER_TEST
    this.patchNumber = this.number()
  }

  /** Makes what a test works on. @param index - the test's number in the suite */
  static async open(options: ConformanceSettings, index: number, policy: ContactsPolicy): Promise<Session> {
    const warnings: ContactsWarning[] = []
    const subject = await options.create({ ...policy, onWarning: (warning) => warnings.push(warning) })
    return new Session(options, subject, index, warnings)
  }

  /** Ends the test, leaving the account as it was where that can be done. */
  async close(): Promise<void> {
    if (this.#subject.dispose) await this.#subject.dispose()
    else if (this.capabilities.delete) {
      for (const contact of this.#made)
        await this.client.delete(contact, { scan: true }).catch(() => undefined)
    }
  }

  get provider(): string {
    return this.client.provider
  }

  /** Whether an operation is declared. */
  has(operation: OperationName): boolean {
    return this.capabilities[operation] !== undefined
  }

  /** A number for sample values that nothing else uses. */
  number(): number {
    return this.#nextNumber++
  }

  /** The fields that a contact can be made with. */
  get storable(): readonly WritableField[] {
    return this.capabilities.create?.fields ?? this.#subject.seed?.fields ?? []
  }

  /** Input with these fields, as far as they can be stored, and the required ones. */
  input(fields: readonly WritableField[], n: number = this.number()): ContactInput {
    const wanted = [
      ...(this.options.required ?? []),
      ...fields.filter((field) => this.storable.includes(field)),
    ]
    return this.sample(wanted, n)
  }

  /** Sample values for fields. */
  sample(fields: readonly WritableField[], n: number = this.number()): ContactInput {
    return Object.fromEntries(fields.map((field) => [field, this.samples[field](n)]))
  }

  /**
   * Input in the spelling that the provider stores. Upserts are written so, because one that spells a value otherwise may
   * rightly find no contact with it, or count as a change.
   */
  spelled(input: ContactInput): ContactInput {
    const { normalize = {} } = this.options
    const { email = (written) => written, phone = (written) => written } = normalize
    const contactMethods = input.contactMethods?.map((method) => {
      const spell = method.type === 'email' ? email : method.type === 'phone' ? phone : undefined
      return { ...method, value: spell?.(method.value) ?? method.value }
    })
    const fields = Object.entries(normalize).map(([field, spell]) => {
      const value: unknown = Reflect.get(input, field)
      // Each function takes what its own field holds.
      return value == null ? [] : [[field, (spell as (value: unknown) => unknown)(value)]]
    })
    return { ...input, ...(contactMethods && { contactMethods }), ...Object.fromEntries(fields.flat()) }
  }

  /** A value for a field that is not declared, alone: one of `contactMethods` brings no other email or phone with it. */
  foreign(field: WritableField, contact?: Contact): ContactInput {
    if (field !== 'contactMethods') return this.sample([field])
    const primaries = (contact?.contactMethods ?? []).filter(({ primary }) => primary)
    const kept = primaries.map(({ type, value, primary }) => ({ type, value, primary }))
    return { contactMethods: [...kept, { type: 'other', value: 'conformance' }] }
  }

  /** Input that tells a contact from others. */
  basic(n: number = this.number()): ContactInput {
    return this.input(IDENTIFYING, n)
  }

  /** Input with a value in every field that can be stored. */
  everything(n: number = this.number()): ContactInput {
    const follows: readonly WritableField[] = ['email', 'phone']
    const byMethods = this.storable.includes('contactMethods')
    const fields = this.storable.filter((field) => field !== 'id' && !(byMethods && follows.includes(field)))
    return this.input(fields, n)
  }

  /** Makes a contact that the test works on. */
  async make(input: ContactInput = this.basic()): Promise<Contact> {
    const contact = this.has('create') ? await this.create(input) : await this.#seed(input)
    await this.settle()
    return contact
  }

  /** Makes several contacts. */
  async makeMany(
    count: number,
    input: (index: number) => ContactInput = () => this.basic(),
  ): Promise<Contact[]> {
    const contacts: Contact[] = []
    for (let index = 0; index < count; index++) {
      const given = input(index)
      contacts.push(this.has('create') ? await this.create(given) : await this.#seed(given))
    }
    await this.settle()
    return contacts
  }

  /** Creates a contact with the client. */
  async create(input: ContactInput): Promise<Contact> {
    return this.keep(this.check(await this.client.create(input), 'create'))
  }

  /** Remembers a contact, for it to be removed when the test ends. */
  keep(contact: Contact): Contact {
    this.#made.push(contact)
    return contact
  }

  async settle(): Promise<void> {
    await this.#subject.settle?.()
  }

  /** Checks the shape of a contact. */
  check(value: unknown, source: string): Contact {
    return checkContact(value, this.provider, source)
  }

  /** Reads a contact again, by whatever means the provider has. */
  async reread(contact: Contact): Promise<Contact> {
    const again = await this.lookAgain(contact)
    return again ?? fail(`the contact ${print(contact.id)} is gone`)
  }

  /** Reads a contact again; `undefined` when it is gone. */
  async lookAgain(contact: Contact): Promise<Contact | undefined> {
    const { by = [], scan = [] } = this.capabilities.get ?? {}
    const isReadable = [...by, ...scan].some((key) => contact[key] !== undefined)
    if (!isReadable) return (await this.all()).find(({ id }) => id === contact.id)
    try {
      return this.check(await this.client.get(contact, { scan: true }), 'get')
    } catch (error) {
      if (ContactsError.is(error) && error.code === 'not_found') return undefined
      throw error
    }
  }

  /** Whether a contact is gone, or kept as deleted. */
  async isGone(contact: Contact): Promise<boolean> {
    const left = await this.lookAgain(contact)
    return left === undefined || left.deleted === true
  }

  /** Every contact that a listing gives. */
  async all(query?: ListQuery): Promise<Contact[]> {
    await this.settle()
    const contacts = await this.client.list(query).toArray()
    for (const contact of contacts) this.check(contact, 'list')
    return contacts
  }

  /** Checks that something writes no contact, by comparing listings where there are any. */
  async writesNothing(what: string, run: () => Promise<unknown>): Promise<void> {
    if (!this.has('list')) {
      await run()
      return
    }
    const before = new Set((await this.all()).map(({ id }) => id))
    await run()
    const added = (await this.all()).filter(({ id }) => !before.has(id))
    assert(added.length === 0, `${what} wrote a contact all the same`)
  }

  /**
   * Checks that a call fails, and how.
   *
   * @param what - the call, for messages
   * @param codes - one of these must be the error's code
   * @param run - makes the call; what it throws at once counts too
   */
  async rejects(
    what: string,
    codes: ContactsErrorCode | readonly ContactsErrorCode[],
    run: () => unknown,
  ): Promise<ContactsError> {
    const wanted: readonly string[] = typeof codes === 'string' ? [codes] : codes
    let result: unknown
    try {
      result = await run()
    } catch (error) {
      if (!ContactsError.is(error))
        fail(`${what} should fail with ${wanted.join(' or ')}, but threw ${print(error)}`)
      if (!wanted.includes(error.code)) {
        fail(
          `${what} should fail with ${wanted.join(' or ')}, but failed with ${error.code}: ${error.message}`,
        )
      }
      assert(
        error.provider === this.provider,
        `${what}: the error names the provider ${print(error.provider)}`,
      )
      assert(error.operation !== undefined, `${what}: the error names no operation`)
      return error
    }
    return fail(`${what} should fail with ${wanted.join(' or ')}, but gave ${print(result)}`)
  }

  /** Adds something that the suite cannot make, by the caller's function. Without one the test fails. */
  async add(kind: keyof ConformanceFixtures, owner = ''): Promise<string> {
    const add = this.#subject.fixtures?.[kind]
    if (!add)
      return fail(`this is declared, so what \`create\` gives the suite must have \`fixtures.${kind}\``)
    return add(owner)
  }

  /** Checks that an operation which is not declared is refused. */
  async refuses(operation: string): Promise<ContactsError> {
    return this.rejects(`${operation}, which is not declared,`, 'unsupported', () =>
      callOperation(this.client, operation),
    )
  }

  /** Whether contacts are read by a key without a scan. */
  readsBy(key: RefKey): boolean {
    return this.capabilities.get?.by.includes(key) ?? false
  }

  /** Whether a field, once it has a value, cannot be cleared. */
  isPermanent(field: WritableField): boolean {
    const { required = [], permanent = [], clearable = [] } = this.options
    return permanent.includes(field) || (required.includes(field) && !clearable.includes(field))
  }

  /** Whether two contacts can have the same value of a key. */
  canShare(key: RefKey): boolean {
    const unique = this.options.unique ?? ['externalId']
    return key !== 'id' && !unique.includes(key) && this.storable.includes(key)
  }

  /** Whether the provider applies this filter itself; `undefined` when only the adapter could tell and it is not known. */
  pushesDown(condition: AdapterListQuery['where'][number]): boolean | undefined {
    const declared = this.capabilities.list?.where ?? {}
    const { field, operator } = condition
    const isDeclared =
      (declared[field] ?? []).includes(operator) ||
      (field.startsWith('customFields.') && (declared['customFields.*'] ?? []).includes(operator))
    if (!isDeclared) return false
    if (!this.adapter) return undefined
    return this.adapter.canFilter?.(condition) ?? true
  }

  async #seed(input: ContactInput): Promise<Contact> {
    const { seed } = this.#subject
    if (!seed)
      return fail('this client cannot create contacts, so what `create` gives the suite must have `seed`')
    const [id] = await seed.add([input])
    await this.settle()
    if (id === undefined) return fail('seed.add gave no id')
    if (this.capabilities.get?.by.includes('id')) return this.check(await this.client.get({ id }), 'get')
    return (await this.all()).find((contact) => contact.id === id) ?? fail('what seed.add made is not listed')
  }
}
