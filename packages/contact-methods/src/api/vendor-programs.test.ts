// The programs of the vendor's documentation, formatted as this repository is; nothing but the import is changed.

import {
  ComplianceSDK,
  collectAll,
  collectUpTo,
  contains,
  ForbiddenError,
  getFirst,
  NotFoundError,
  oneOf,
  ValidationError,
  type ValidationIssue,
} from '@anycontact/contact-methods/api'
import { CONTACT_METHODS_API_KEY, createEmulator } from '@anycontact/emulator'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const { contactMethods: vendor } = createEmulator({
  contactMethods: { apiKeys: { 'read-only': { permissions: ['test:contact-methods:read'] } } },
})
const sdk = new ComplianceSDK({
  apiKey: CONTACT_METHODS_API_KEY,
  environment: 'test',
  scope: 'MX:AV:AVI',
  fetch: vendor.fetch,
})
const printed: unknown[][] = []

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
  vendor.seed([
    {
      id: 'contact_xyz789',
      clientId: 'client_abc123',
      type: 'email',
      value: 'juan@example.com',
      isPrimary: true,
      externalId: 'crm-42',
      metadata: { crm: 'hubspot' },
    },
  ])
})

afterEach(() => {
  vi.restoreAllMocks()
  vendor.reset()
  printed.length = 0
})

test('Creating Contact Methods', async () => {
  // Create an email contact
  const email = await sdk.contactMethods.create({
    clientId: 'client_abc123',
    type: 'email',
    value: 'juan@example.com',
    label: 'Personal',
    isPrimary: true,
  })

  // Create a phone contact
  const phone = await sdk.contactMethods.create({
    clientId: 'client_abc123',
    type: 'phone',
    value: '+52 55 1234 5678',
    label: 'Mobile',
    isPrimary: false,
  })

  expect(email).toMatchObject({ label: 'Personal', isPrimary: true, isVerified: false, verifiedAt: null })
  expect(phone).toMatchObject({ type: 'phone', isPrimary: false })
  expect(email.createdAt).toBeInstanceOf(Date)
  expect(phone.updatedAt).toBeInstanceOf(Date)
})

test('Retrieving Contact Methods', async () => {
  // Get a specific contact method
  const contact = await sdk.contactMethods.retrieve('contact_xyz789')

  console.log(contact.type) // "email"
  console.log(contact.value) // "juan@example.com"
  console.log(contact.isPrimary) // true

  expect(printed).toEqual([['email'], ['juan@example.com'], [true]])
  expect(await sdk.contactMethods.retrieveByExternalId('crm-42')).toEqual(contact)
  expect(await sdk.contactMethods.retrieveByMetadata('crm', 'hubspot')).toEqual(contact)
})

test('List by Client', async () => {
  // Get all contact methods for a client
  const { data: contacts } = await sdk.contactMethods.listByClient('client_abc123')

  for (const contact of contacts) {
    console.log(`${contact.type}: ${contact.value}`)
  }

  expect(printed).toEqual([['email: juan@example.com']])
})

test('Filter by Type', async () => {
  vendor.seed([{ clientId: 'client_abc123', type: 'fax', value: '1' }])
  // Get only email contacts for a client
  const { data: emails } = await sdk.contactMethods.list({
    filter: {
      clientId: 'client_abc123',
      type: 'email',
    },
  })

  expect(emails.map(({ id }) => id)).toEqual(['contact_xyz789'])
})

test('Updating and deleting', async () => {
  // Update a contact method
  const updated = await sdk.contactMethods.update('contact_xyz789', {
    value: 'new.email@example.com',
    isPrimary: true,
  })

  expect(updated).toMatchObject({ id: 'contact_xyz789', value: 'new.email@example.com' })

  await sdk.contactMethods.delete('contact_xyz789')

  expect(vendor.contactMethods).toEqual([])
})

test('Primary Contact', async () => {
  // Get the primary email for a client
  const primaryEmail = await sdk.contactMethods.getPrimary('client_abc123', 'email')

  if (primaryEmail) {
    console.log(`Primary email: ${primaryEmail.value}`)
  }

  // Set a contact as primary
  await sdk.contactMethods.update('contact_xyz789', {
    isPrimary: true,
  })

  expect(printed).toEqual([['Primary email: juan@example.com']])
  expect(await sdk.contactMethods.getPrimary('client_abc123', 'fax')).toBeNull()
})

test('Batch Operations', async () => {
  // Create multiple contact methods
  const result = await sdk.contactMethods.createMany([
    {
      clientId: 'client_abc123',
      type: 'email',
      value: 'work@company.com',
      label: 'Work',
    },
    {
      clientId: 'client_abc123',
      type: 'phone',
      value: '+52 55 9876 5432',
      label: 'Work',
    },
  ])

  if (result.atomic) {
    console.log('Created:', result.data.length)
  }

  expect(printed).toEqual([['Created:', 2]])
  expect(result.data.map(({ value }) => value)).toEqual(['work@company.com', '+52 55 9876 5432'])
})

test('Batch Operations, partial mode', async () => {
  const result = await sdk.contactMethods.updateMany(
    [
      { id: 'contact_xyz789', data: { label: 'New' } },
      { id: 'nonexistent', data: { label: 'Will Fail' } },
    ],
    { atomic: false },
  )

  if (!result.atomic) {
    console.log(`Succeeded: ${result.succeeded.length}`)
    for (const item of result.succeeded) {
      console.log(`Updated at index ${item.index}: ${item.data.id}`)
    }
    for (const item of result.failed) {
      console.log(`Failed at index ${item.index}: ${item.error.message}`)
    }
  }

  expect(printed).toEqual([
    ['Succeeded: 1'],
    ['Updated at index 0: contact_xyz789'],
    ['Failed at index 1: Contact method not found'],
  ])
})

test('Pagination, and its helpers', async () => {
  vendor.seed(
    Array.from({ length: 24 }, (_, n) => ({ clientId: 'many', type: 'fax' as const, value: `+52 ${n}` })),
  )
  const page1 = await sdk.contactMethods.list({ limit: 20 })
  if (page1.pagination.hasMore) {
    const page2 = await sdk.contactMethods.list({
      cursor: page1.pagination.nextCursor,
      limit: 20,
    })
    expect([page1.data.length, page2.data.length]).toEqual([20, 5])
  }
  const all = await collectAll(sdk.contactMethods.iterate())
  const first10 = await collectUpTo(sdk.contactMethods.iterate({ type: 'fax' }), 10)
  const first = await getFirst(sdk.contactMethods.iterate({ type: oneOf('email', 'phone') }))
  const found = await collectAll(sdk.contactMethods.iterate({ value: contains('juan@') }))
  expect([all.length, first10.length, first?.id, found.length]).toEqual([25, 10, 'contact_xyz789', 1])
})

test('Permission errors', async () => {
  const reader = new ComplianceSDK({ apiKey: 'read-only', environment: 'test', fetch: vendor.fetch })
  try {
    await reader.contactMethods.delete('contact_xyz789')
  } catch (error) {
    if (error instanceof ForbiddenError) {
      console.log('Missing permission:', error.message)
    }
  }
  expect(printed).toEqual([
    ['Missing permission:', expect.stringContaining('API key lacks permission: test:contact-methods:delete')],
  ])
})

test('Error handling', async () => {
  try {
    const client = await sdk.contactMethods.retrieve('client_123')
    console.log(client)
  } catch (error) {
    if (error instanceof NotFoundError) {
      console.log('Client not found')
    }
  }
  expect(printed).toEqual([['Client not found']])
})

test('Validation errors', async () => {
  try {
    await sdk.contactMethods.create({ clientId: 'client_abc123', type: 'email', value: '' })
  } catch (error) {
    if (error instanceof ValidationError) {
      error.issues.forEach((issue: ValidationIssue) => {
        console.log(issue.path, issue.message)
      })
    }
  }
  expect(printed).toEqual([['value', expect.any(String)]])
})

test('Validation errors of an id', async () => {
  try {
    await sdk.contactMethods.retrieve('')
  } catch (error) {
    if (error instanceof ValidationError) {
      error.issues.forEach((issue) => {
        console.log(issue.path, issue.message)
      })
    }
  }
  expect(printed).toEqual([['id', 'is blank']])
})
