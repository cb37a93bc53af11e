import type {
  Contact,
  ContactInput,
  ContactsBase,
  ContactsPolicy,
  RefKey,
  VendorRequest,
  WritableField,
} from '@anycontact/core'
import type { AnyAdapter } from '@anycontact/core/adapter-kit'
import type { SlowFetch } from './slow/slow-provider.ts'

/** A runner's function that registers a test: that of vitest, `node:test`, Bun, or `Deno.test`. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown

/**
 * What the suite cannot make by itself, so each function adds one and gives its id. A declared
 * group needs its functions: a test without them fails.
 */
export interface ConformanceFixtures {
  /** Adds a contact that the provider keeps as deleted, for a provider whose `list` declares `softDeletes`. */
  deletedContact?(): Promise<string> | string
  /** Adds a conversation of a contact. */
  conversation?(contactId: string): Promise<string> | string
  /** Adds a comment about a contact; needed where the client cannot create them, and used only there. */
  comment?(contactId: string): Promise<string> | string
  /** Adds a file of a contact. */
  file?(contactId: string): Promise<string> | string
  /** Adds an activity of a conversation. */
  activity?(conversationId: string): Promise<string> | string
  /** Adds an unread notice. */
  notification?(): Promise<string> | string
}

/** An endpoint of the vendor that only reads, for an adapter that declares `request`. */
export interface ConformanceEndpoint {
  /** Where a GET goes, as `request` takes it. The suite also sends a POST there, which gets no further than the adapter's `fetch`. */
  readonly path: string
  /** @default none */
  readonly query?: VendorRequest['query']
  /** Tells whether an answer is what the endpoint gives. */
  answers(answer: unknown): boolean
}

/** Another way to make contacts than the client's `create`, for example the vendor's own API or a fake server's store. */
export interface ConformanceSeed {
  /** The fields that contacts can be made with. */
  readonly fields: readonly WritableField[]
  /** Adds contacts and gives their ids, in order. Removing them is the caller's business, in `dispose`. */
  add(inputs: readonly ContactInput[]): Promise<readonly string[]> | readonly string[]
}

/** What one test works on. */
export interface ConformanceSubject {
  /** The client under test, made with the policy that was asked for. */
  readonly contacts: ContactsBase
  /** The adapter inside it; with it the suite also checks that its methods and its capabilities agree. */
  readonly adapter?: AnyAdapter | undefined
  /** Makes contacts without the client; needed where the client cannot create them, and used only there. */
  readonly seed?: ConformanceSeed | undefined
  /** Waits until what was written shows in listings, counts and searches, for a provider where that takes time. */
  settle?(): Promise<void>
  /** Adds what belongs to contacts, for the groups that are declared. */
  readonly fixtures?: ConformanceFixtures | undefined
  /** An endpoint to call by hand; needed where `request` is declared. */
  readonly endpoint?: ConformanceEndpoint | undefined
  /** Ends the test. Without it, the suite deletes the contacts that it made, where the client can. */
  dispose?(): Promise<void> | void
}

/** Values to write, by field: different ones for different `n`, and in the order of `n` where the field can be sorted by. */
export type ConformanceSamples = {
  readonly [Field in WritableField]?: (n: number) => NonNullable<ContactInput[Field]>
}

/** What is read, by field, when a value was written. */
export type ConformanceNormalizers = {
  readonly [Field in WritableField]?: (written: NonNullable<ContactInput[Field]>) => Contact[Field]
}

/** How a provider may differ from the contract's defaults. Each has to be said, so that nothing is let through by chance. */
export interface ConformanceDifferences {
  /**
   * Values to write where the provider does not take the suite's own, for example phone numbers that it finds valid or the
   * few words of its `status`. With `phone` and `email` given, the default `contactMethods` use them too.
   */
  readonly sample?: ConformanceSamples | undefined
  /**
   * What is read where the provider stores another spelling than was written, for example phone numbers in E.164. A function
   * gets what was written and gives what is to be read; of its own result it gives the same. Upserts are made with the
   * spelling that is stored.
   */
  readonly normalize?: ConformanceNormalizers | undefined
  /** Fields without which the provider refuses a create; every create then has them. @default none */
  readonly required?: readonly WritableField[] | undefined
  /**
   * Fields that can be changed but not cleared at the provider. `null` must then be refused with `invalid_input` or
   * `unsupported_field`, never be passed over. Required fields count as permanent. @default none
   */
  readonly permanent?: readonly WritableField[] | undefined
  /**
   * Required fields that can be cleared all the same: one of several of which a contact must keep at least one, and the suite's
   * contacts have more. @default none
   */
  readonly clearable?: readonly WritableField[] | undefined
  /** Fields that the provider fills by itself when they are absent or cleared. @default none */
  readonly generated?: readonly WritableField[] | undefined
  /**
   * How the adapter reaches its provider. With `none` it has no `fetch` that could be slow: the tests of deadlines slow the
   * methods of `adapter` instead, and make their client of it. @default 'http'
   */
  readonly transport?: 'http' | 'none' | undefined
  /**
   * How many contacts the suite makes to see whether a listing ends before its time. Give more than the smallest cap of your
   * server in tests. @default 120
   */
  readonly many?: number | undefined
  /** Keys that no two contacts can share: a second create is a `conflict`. The others can be shared. @default ['externalId'] */
  readonly unique?: readonly RefKey[] | undefined
}

/** What the suite works with, whatever the runner. */
export interface ConformanceSettings extends ConformanceDifferences {
  /**
   * Makes what one test works on; called once a test. An account of its own a test is best, but one with other contacts
   * in it will do.
   *
   * @param policy - what the client must be made with; where it has a `clock`, the adapter too
   * @param slow - makes a `fetch` whose answers take time in the tests of deadlines; it goes around what the adapter is made with:
   * `fetch: slow(server.fetch)`
   */
  create(policy: ContactsPolicy, slow: SlowFetch): Promise<ConformanceSubject> | ConformanceSubject
  /** Goes before the name of each test. @default 'conformance: ' */
  readonly prefix?: string | undefined
  /** Makes other sample values: give another number for each run against an account that keeps its contacts. @default 1 */
  readonly seed?: number | undefined
}

/** What the suite is given. */
export interface ConformanceOptions extends ConformanceSettings {
  /** The runner's function; each test is registered with it at once. */
  readonly test: TestFunction
}

/** One test of the suite, for runners that are called another way. */
export interface ConformanceTest {
  readonly name: string
  /** Rejects with a message that says what does not hold. */
  run(): Promise<void>
}
