// What the vendor's page of contact methods and its guides declare and show, as facts: what is exported here is the same.
import { expectTypeOf, test } from 'vitest'
import {
  ComplianceError,
  ComplianceSDK,
  type ComplianceSDKOptions,
  type ContactMethod,
  type ContactMethods,
  type ContactMethodType,
  NotFoundError,
  ValidationError,
  type ValidationIssue,
} from './index.ts'

const sdk = new ComplianceSDK({ apiKey: 'k', environment: 'test', scope: 'MX:AV:AVI' })

test('the model is the page’s', () => {
  expectTypeOf<
    Pick<
      ContactMethod,
      'id' | 'clientId' | 'type' | 'value' | 'isPrimary' | 'isVerified' | 'createdAt' | 'updatedAt'
    >
  >().toEqualTypeOf<{
    id: string
    clientId: string
    type: ContactMethodType
    value: string
    isPrimary: boolean
    isVerified: boolean
    createdAt: Date
    updatedAt: Date
  }>()
  expectTypeOf<ContactMethod['label']>().toEqualTypeOf<string | undefined>()
  // `mobile` is in the vendor's API, not on its page.
  expectTypeOf<Exclude<ContactMethodType, 'mobile'>>().toEqualTypeOf<'email' | 'phone' | 'fax' | 'other'>()
  expectTypeOf<ComplianceSDKOptions['scope']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<ValidationIssue>().toExtend<{ path: string; message: string }>()
})

test('each method of the page is called and answers as shown there', () => {
  const { contactMethods } = sdk
  expectTypeOf(contactMethods).toEqualTypeOf<ContactMethods>()
  const email = {
    clientId: 'c',
    type: 'email',
    value: 'juan@example.com',
    label: 'Personal',
    isPrimary: true,
  } as const
  expectTypeOf(contactMethods.create(email)).resolves.toEqualTypeOf<ContactMethod>()
  expectTypeOf(contactMethods.retrieve('i')).resolves.toEqualTypeOf<ContactMethod>()
  expectTypeOf(contactMethods.retrieveByExternalId('e')).resolves.toEqualTypeOf<ContactMethod>()
  expectTypeOf(contactMethods.retrieveByMetadata('k', 'v')).resolves.toEqualTypeOf<ContactMethod>()
  expectTypeOf(contactMethods.listByClient('c').then(({ data }) => data)).resolves.toEqualTypeOf<
    ContactMethod[]
  >()
  const emails = contactMethods.list({ filter: { clientId: 'c', type: 'email' } }).then(({ data }) => data)
  expectTypeOf(emails).resolves.toEqualTypeOf<ContactMethod[]>()
  expectTypeOf(
    contactMethods.update('i', { value: 'x', isPrimary: true }),
  ).resolves.toEqualTypeOf<ContactMethod>()
  expectTypeOf(contactMethods.delete('i')).resolves.toEqualTypeOf<void>()
  expectTypeOf(contactMethods.getPrimary('c', 'email')).resolves.toEqualTypeOf<ContactMethod | null>()
  // As a variable has it: an array that is not readonly, of objects with fields of the page.
  const items: { clientId: string; type: ContactMethodType; value: string; label?: string }[] = [email]
  expectTypeOf(contactMethods.createMany(items).then(({ data }) => data)).resolves.toEqualTypeOf<
    ContactMethod[]
  >()
})

test('errors are told apart by class', () => {
  const read = (error: unknown): readonly ValidationIssue[] | string | undefined => {
    if (error instanceof ValidationError) return error.issues
    if (error instanceof NotFoundError) return error.message
    return error instanceof ComplianceError ? error.vendorCode : undefined
  }
  expectTypeOf(read).returns.toEqualTypeOf<readonly ValidationIssue[] | string | undefined>()
})

test('a plain object of the same members stands in for the SDK', () => {
  type PlainMethods = { [Name in keyof ContactMethods]: ContactMethods[Name] }
  expectTypeOf<PlainMethods>().toExtend<ContactMethods>()
  expectTypeOf<{ contactMethods: PlainMethods; environment: 'test' }>().toExtend<ComplianceSDK>()
  expectTypeOf<{ contactMethods: PlainMethods }>().toExtend<Pick<ComplianceSDK, 'contactMethods'>>()
  // The SDK itself goes where a part of it is asked for.
  expectTypeOf<ComplianceSDK>().toExtend<{ contactMethods: Pick<ContactMethods, 'retrieve'> }>()
})
