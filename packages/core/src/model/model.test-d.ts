import { describe, expectTypeOf, it } from 'vitest'
import type { Contact } from './contact.ts'
import type { ContactMethod } from './contact-method.ts'
import type {
  ContactMethodChange,
  ContactMethodInput,
  ContactMethodPatch,
  ContactMethodWrite,
} from './contact-method-input.ts'
import type { ContactInput, ContactPatch, ContactWrite, WritableField } from './input.ts'
import type { JsonInputObject, JsonObject } from './json.ts'
import type { ContactRef, RefBy, RefKey, WholeContact } from './ref.ts'

type MethodType = 'email' | 'phone' | 'mobile' | 'fax' | 'other'

interface ExpectedMethod {
  id?: string
  type: MethodType
  value: string
  label?: string
  primary: boolean
  verified?: boolean
  verifiedAt?: string
  externalId?: string
  customFields?: JsonObject
  createdAt?: string
  updatedAt?: string
}

interface ExpectedContact<Raw> {
  provider: string
  id: string
  externalId?: string
  name?: string
  givenName?: string
  familyName?: string
  nickname?: string
  email?: string
  phone?: string
  contactMethods: ExpectedMethod[]
  avatarUrl?: string
  note?: string
  locale?: string
  timezone?: string
  tags?: string[]
  status?: string
  customFields: JsonObject
  createdAt?: string
  updatedAt?: string
  verifiedAt?: string
  deleted?: boolean
  raw: Raw
}

interface ExpectedMethodInput {
  id?: string | undefined
  type: MethodType
  value: string
  label?: string | null | undefined
  primary?: boolean | undefined
  verified?: boolean | undefined
  verifiedAt?: string | null | undefined
  externalId?: string | null | undefined
  customFields?: JsonInputObject | null | undefined
}

interface ExpectedPatch {
  externalId?: string | null | undefined
  name?: string | null | undefined
  givenName?: string | null | undefined
  familyName?: string | null | undefined
  nickname?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  contactMethods?: readonly ExpectedMethodInput[] | null | undefined
  avatarUrl?: string | null | undefined
  note?: string | null | undefined
  locale?: string | null | undefined
  timezone?: string | null | undefined
  tags?: readonly string[] | null | undefined
  status?: string | null | undefined
  customFields?: JsonInputObject | null | undefined
  verifiedAt?: string | null | undefined
}

/** The members one by one, so that interfaces are compared with what they come to. */
type Members<T> = { [Key in keyof T]: T[Key] }

describe('the types that follow from the schemas', () => {
  it('are the contact as the documentation has it', () => {
    expectTypeOf<Members<ContactMethod>>().toEqualTypeOf<Members<ExpectedMethod>>()
    expectTypeOf<keyof Contact>().toEqualTypeOf<keyof ExpectedContact<unknown>>()
    expectTypeOf<Contact>().toExtend<ExpectedContact<unknown>>()
    expectTypeOf<ExpectedContact<unknown>>().toExtend<Contact>()
    expectTypeOf<Contact<{ key: string }>>().toExtend<ExpectedContact<{ key: string }>>()
    expectTypeOf<ExpectedContact<{ key: string }>>().toExtend<Contact<{ key: string }>>()
  })

  it('are the input as the documentation has it', () => {
    expectTypeOf<keyof ContactPatch>().toEqualTypeOf<keyof ExpectedPatch>()
    expectTypeOf<ContactPatch>().toExtend<ExpectedPatch>()
    expectTypeOf<ExpectedPatch>().toExtend<ContactPatch>()
    expectTypeOf<keyof ContactInput>().toEqualTypeOf<keyof ExpectedPatch | 'id'>()
    expectTypeOf<ContactInput>().toExtend<ExpectedPatch & { id?: string | undefined }>()
    expectTypeOf<ExpectedPatch & { id?: string | undefined }>().toExtend<ContactInput>()
    expectTypeOf<WritableField>().toEqualTypeOf<keyof ContactInput>()
    expectTypeOf<Members<ContactMethodInput>>().toEqualTypeOf<Members<ExpectedMethodInput>>()
    expectTypeOf<keyof ContactMethodPatch>().toEqualTypeOf<Exclude<keyof ExpectedMethodInput, 'id'>>()
    expectTypeOf<Partial<Omit<ExpectedMethodInput, 'id'>>>().toExtend<ContactMethodPatch>()
  })

  it('leave nothing undefined in what adapters get', () => {
    type Undefined<T> = { [Key in keyof T]-?: undefined extends Required<T>[Key] ? Key : never }[keyof T]
    expectTypeOf<Undefined<ContactWrite>>().toEqualTypeOf<never>()
    expectTypeOf<Undefined<ContactMethodWrite>>().toEqualTypeOf<never>()
    expectTypeOf<Undefined<ContactMethodChange>>().toEqualTypeOf<never>()
    expectTypeOf<keyof ContactWrite>().toEqualTypeOf<keyof ContactInput>()
    expectTypeOf<ContactWrite['customFields']>().toEqualTypeOf<JsonObject | null | undefined>()
    expectTypeOf<ContactWrite>().toExtend<ContactInput>()
    // @ts-expect-error undefined is not absent
    const write: ContactWrite = { name: undefined }
    expectTypeOf(write).toExtend<ContactInput>()
  })
})

describe('custom fields as they are written', () => {
  it('are JSON, read-only too, where undefined counts as absent', () => {
    const fields: JsonInputObject = {
      a: 'x',
      b: 1,
      c: true,
      d: null,
      e: undefined,
      f: [1, ['x']],
      g: { h: {} },
    }
    const frozen: JsonInputObject = { list: [1, 2], nested: { deep: ['x'] } } as const
    const read: JsonInputObject = {} as JsonObject
    expectTypeOf([fields, frozen, read]).items.toEqualTypeOf<JsonInputObject>()
    // @ts-expect-error a Date is not
    const date: JsonInputObject = { at: new Date(0) }
    // @ts-expect-error a function is not
    const method: JsonInputObject = { run: () => 1 }
    // @ts-expect-error a bigint is not
    const big: JsonInputObject = { big: 1n }
    // @ts-expect-error undefined in an array is not
    const hole: JsonInputObject = { list: [undefined] }
    // @ts-expect-error an array is no object
    const list: JsonInputObject = [1]
    expectTypeOf([date, method, big, hole, list]).toBeArray()
  })
})

describe('references', () => {
  it('are one key, an id, or a contact', () => {
    expectTypeOf<RefBy<RefKey> | Contact>().toEqualTypeOf<ContactRef>()
    expectTypeOf<RefBy<'email'>>().toEqualTypeOf<{ readonly email: string } | WholeContact>()
    expectTypeOf<Contact>().toExtend<RefBy<'email'>>()
    expectTypeOf<Contact>().toExtend<RefBy<'id'>>()
    expectTypeOf<{ readonly phone: string }>().not.toExtend<RefBy<'id' | 'email'>>()
    expectTypeOf<string>().toExtend<RefBy<'id'>>()
    expectTypeOf<string>().not.toExtend<RefBy<'email' | 'phone'>>()
  })
})
