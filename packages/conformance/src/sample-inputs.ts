import type {
  Capabilities,
  Contact,
  ContactInput,
  OperationName,
  RefKey,
  WritableField,
} from '@anycontact/core'
import type { ConformanceSettings, ConformanceSubject } from './options.ts'
import { createSamples, type SampleSource } from './samples.ts'

/** Numbers a test may use for its samples, so that no two tests write the same values. */
const NUMBERS_PER_TEST = 2000

const IDENTIFYING: readonly WritableField[] = ['externalId', 'name', 'email', 'phone']

/** What a provider can be given: sample values for the fields that it has, spelled as it stores them. */
export class SampleInputs {
  readonly capabilities: Capabilities
  readonly options: ConformanceSettings
  readonly samples: SampleSource
  /** For a patch that a test makes several times. */
  readonly patchNumber: number
  readonly #seedFields: readonly WritableField[]
  #nextNumber: number

  /** @param index - the test's number in the suite */
  constructor(options: ConformanceSettings, { contacts, seed }: ConformanceSubject, index: number) {
    this.options = options
    this.capabilities = contacts.capabilities
    this.samples = createSamples(options)
    this.#seedFields = seed?.fields ?? []
    this.#nextNumber = index * NUMBERS_PER_TEST
    this.patchNumber = this.number()
  }

  /** Whether an operation is declared. */
  has(operation: OperationName): boolean {
    return this.capabilities[operation] !== undefined
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

  /** A number for sample values that nothing else uses. */
  number(): number {
    return this.#nextNumber++
  }

  /** The fields that a contact can be made with. */
  get storable(): readonly WritableField[] {
    return this.capabilities.create?.fields ?? this.#seedFields
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
}
