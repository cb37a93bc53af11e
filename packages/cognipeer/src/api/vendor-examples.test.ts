// The programs of the vendor's documentation of contacts, as its users have them, with nothing changed but the import.
import type { Emulator } from '@anycontact/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { consoleLog, documentedServer, restore } from '../testing/documented.ts'
import { CognipeerClient } from './index.ts'

let vendor: Emulator['cognipeer']
let client: CognipeerClient
let log: string[]

beforeEach(() => {
  vendor = documentedServer()
  log = consoleLog()
  client = new CognipeerClient({ token: 'pat_your_personal_access_token', hookId: 'your-hook-id' })
})

afterEach(restore)

const JOHN = { email: 'john.doe@example.com', name: 'John Doe', integrationId: 'ext-12345' }

describe('create', () => {
  it('with a personal access token', async () => {
    const contact = await client.contacts.create({
      email: 'john.doe@example.com',
      name: 'John Doe',
      phone: '+1234567890',
      properties: {
        company: 'ACME Corp',
        position: 'CEO',
      },
      tags: ['vip', 'enterprise'],
      status: 'active',
    })

    console.log(`Created contact: ${contact._id}`)
    expect(log).toEqual([`Created contact: ${vendor.contacts[0]?._id}`])
    expect(vendor.contacts).toMatchObject([{ tags: ['vip', 'enterprise'], properties: { position: 'CEO' } }])
    const [request] = vendor.requests
    expect(request?.url).toBe('https://api.cognipeer.com/v1/sdk/contact')
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer pat_your_personal_access_token',
      'x-hook-id': 'your-hook-id',
    })
  })

  it('with an API token', async () => {
    const client = new CognipeerClient({
      token: 'your-api-token',
      hookId: 'your-channel-hook-id',
    })

    const contact = await client.contacts.create({
      email: 'api-user@example.com',
      name: 'API User',
      integrationId: 'external-id-123',
    })
    expect(contact.integrationId).toBe('external-id-123')
    expect((await client.contacts.get({ email: 'api-user@example.com' })).name).toBe('API User')
  })

  it('with custom keys beside the vendor’s', async () => {
    const contact = await client.contacts.create({
      email: 'ana@ex.org',
      loyaltyTier: 3,
      address: { city: 'Porto' },
    })
    const city: string = contact.address.city
    expect([contact.loyaltyTier, city]).toEqual([3, 'Porto'])
  })
})

describe('get', () => {
  it('by email and by integration id', async () => {
    vendor.seed([JOHN])
    const byEmail = await client.contacts.get({
      email: 'john.doe@example.com',
    })
    console.log(`Found contact: ${byEmail.name}`)

    const contact = await client.contacts.get({
      integrationId: 'ext-12345',
    })
    console.log(`Contact email: ${contact.email}`)
    expect(log).toEqual(['Found contact: John Doe', 'Contact email: john.doe@example.com'])
  })

  it('of a contact that does not exist', async () => {
    try {
      await client.contacts.get({
        email: 'nonexistent@example.com',
      })
      // biome-ignore lint/suspicious/noExplicitAny: as users have it
    } catch (error: any) {
      if (error.message.includes('not found')) {
        console.log('Contact does not exist')
      }
    }
    expect(log).toEqual(['Contact does not exist'])
  })
})

describe('update', () => {
  beforeEach(() => vendor.seed([{ ...JOHN, status: 'active', phone: '+1234567890' }]))

  it('by email', async () => {
    const updatedContact = await client.contacts.update({
      email: 'john.doe@example.com',
      data: {
        name: 'John Smith',
        phone: '+1987654321',
        properties: {
          company: 'New Corp',
          position: 'CTO',
        },
        tags: ['vip', 'enterprise', 'technical'],
      },
    })

    console.log(`Updated: ${updatedContact.name}`)
    expect(log).toEqual(['Updated: John Smith'])
  })

  it('by integration id', async () => {
    const updatedContact = await client.contacts.update({
      integrationId: 'ext-12345',
      data: {
        status: 'inactive',
        metadata: {
          lastInteraction: new Date().toISOString(),
        },
      },
    })
    expect(updatedContact.status).toBe('inactive')
    expect(new Date(updatedContact.metadata?.lastInteraction).getTime()).toBeGreaterThan(0)
  })

  it('of some fields only', async () => {
    await client.contacts.update({
      email: 'john.doe@example.com',
      data: {
        tags: ['premium'], // Only updates tags, leaves other fields unchanged
      },
    })
    expect(vendor.contacts).toMatchObject([
      { ...JOHN, status: 'active', phone: '+1234567890', tags: ['premium'] },
    ])
  })
})
