import {
  type Contact,
  type ContactInput,
  ContactsError,
  type ContactsErrorCode,
  type ContactsWarning,
  type ListQuery,
} from '@anycontact/core'
import { type AnyAdapter, createContacts } from '@anycontact/core/adapter-kit'
import { assert, fail, print } from './assert.ts'
import { type AnyClient, callOperation } from './calls.ts'
import { checkContact } from './contact-shape.ts'
import type {
  ConformanceEndpoint,
  ConformanceFixtures,
  ConformanceSettings,
  ConformanceSubject,
} from './options.ts'
import { SampleInputs } from './sample-inputs.ts'
import { SlowProvider } from './slow/slow-provider.ts'
import type { TestSetup } from './test-setup.ts'

/** One test's client, its sample values and the contacts that it has made. */
export class Session extends SampleInputs {
  readonly client: AnyClient
  readonly adapter: AnyAdapter | undefined
  /** What the client has warned of. */
  readonly warnings: readonly ContactsWarning[]
  readonly #slow: SlowProvider | undefined
  readonly #subject: ConformanceSubject
  readonly #made: Contact[] = []

  private constructor(
    options: ConformanceSettings,
    subject: ConformanceSubject,
    index: number,
    warnings: readonly ContactsWarning[],
    slow: SlowProvider | undefined,
  ) {
    super(options, subject, index)
    this.#subject = subject
    this.#slow = slow
    this.warnings = warnings
    // At run time a client has every operation; the suite also calls those that are not declared, to see them refused.
    this.client = subject.contacts as AnyClient
    this.adapter = subject.adapter
  }

  /**
   * Makes what a test works on.
   *
   * @param index - the test's number in the suite
   */
  static async open(
    options: ConformanceSettings,
    index: number,
    { policy = {}, isSlow = false }: TestSetup,
  ): Promise<Session> {
    const warnings: ContactsWarning[] = []
    const slow = isSlow ? new SlowProvider() : undefined
    const whole = {
      ...policy,
      ...(slow && { clock: slow.clock }),
      onWarning: (warning: ContactsWarning) => warnings.push(warning),
    }
    const made = await options.create(whole, slow?.fetch ?? ((fetch) => fetch))
    if (!slow || options.transport !== 'none') return new Session(options, made, index, warnings, slow)
    const { adapter } = made
    if (!adapter) return fail('with `transport: none`, what `create` gives the suite must have `adapter`')
    const contacts = createContacts(slow.adapter(adapter), whole)
    return new Session(options, { ...made, contacts }, index, warnings, slow)
  }

  /** The provider of a test whose setup says `isSlow`. */
  get slow(): SlowProvider {
    return this.#slow ?? fail('this test was not set up with slow answers')
  }

  /** An endpoint to call by hand. Without one the test fails. */
  get endpoint(): ConformanceEndpoint {
    const { endpoint } = this.#subject
    return endpoint ?? fail('`request` is declared, so what `create` gives the suite must have `endpoint`')
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

  /** Makes a contact that the test works on. */
  async make(input: ContactInput = this.basic()): Promise<Contact> {
    const [contact] = await this.makeMany(1, () => input)
    return contact ?? fail('no contact was made')
  }

  /** Makes several contacts. */
  async makeMany(
    count: number,
    input: (index: number) => ContactInput = () => this.basic(),
  ): Promise<Contact[]> {
    const inputs = Array.from({ length: count }, (_, index) => input(index))
    const contacts: Contact[] = []
    if (this.has('create')) for (const given of inputs) contacts.push(await this.create(given))
    else contacts.push(...(await this.#seed(inputs)))
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

  /** Adds something: with the client where it can, else by the caller's function. Without one the test fails. */
  async add(kind: keyof ConformanceFixtures, owner = ''): Promise<string> {
    if (kind === 'comment' && this.capabilities.comments?.create !== undefined) {
      const { id } = await this.client.comments.create(owner, { text: `Called back ${this.number()} times` })
      return id
    }
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

  async #seed(inputs: readonly ContactInput[]): Promise<Contact[]> {
    const { seed } = this.#subject
    if (!seed)
      return fail('this client cannot create contacts, so what `create` gives the suite must have `seed`')
    const ids = await seed.add(inputs)
    await this.settle()
    assert(ids.length === inputs.length, 'seed.add did not give an id for each contact')
    if (this.readsBy('id')) {
      return Promise.all(ids.map(async (id) => this.check(await this.client.get({ id }), 'get')))
    }
    const everyone = new Map((await this.all()).map((contact) => [contact.id, contact]))
    return ids.map((id) => everyone.get(id) ?? fail('what seed.add made is not listed'))
  }
}
