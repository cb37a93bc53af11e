// The programs of the vendor's documentation of contacts, as its users have them, with nothing changed but the import.
import { COGNIPEER_API_TOKEN, COGNIPEER_HOOK_ID, createEmulator, type Emulator } from '@anycontact/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { consoleLog, documentedServer, restore } from '../testing/documented.ts'
import { CognipeerClient, type Contact } from './index.ts'

let vendor: Emulator['cognipeer']
let client: CognipeerClient
let log: string[]

beforeEach(() => {
  vendor = documentedServer()
  log = consoleLog()
  client = new CognipeerClient({ token: 'pat_your_personal_access_token', hookId: 'your-hook-id' })
})

afterEach(restore)

describe('whole programs', () => {
  it('a customer’s record is made, and changed later', async () => {
    const customer = await client.contacts.create({
      email: 'customer@company.com',
      name: 'Jane Customer',
      phone: '+1555000000',
      properties: {
        company: 'Customer Corp',
        industry: 'Technology',
        lifetimeValue: 50000,
      },
      tags: ['customer', 'paid'],
      status: 'active',
    })

    // Later, update their status
    await client.contacts.update({
      email: 'customer@company.com',
      data: {
        status: 'vip',
        tags: ['customer', 'paid', 'vip'],
        properties: {
          ...customer.properties,
          lifetimeValue: 100000,
        },
      },
    })
    expect(vendor.contacts).toMatchObject([
      {
        status: 'vip',
        properties: { company: 'Customer Corp', industry: 'Technology', lifetimeValue: 100000 },
      },
    ])
  })

  it('an external system is kept in step', async () => {
    async function syncContact(externalContact: { id: string; name: string; email: string }) {
      try {
        // Check if contact exists
        await client.contacts.get({
          integrationId: externalContact.id,
        })

        // Update existing contact
        return await client.contacts.update({
          integrationId: externalContact.id,
          data: {
            name: externalContact.name,
            email: externalContact.email,
            metadata: {
              lastSync: new Date().toISOString(),
              source: 'external-crm',
            },
          },
        })
      } catch {
        // Contact doesn't exist, create it
        return await client.contacts.create({
          integrationId: externalContact.id,
          name: externalContact.name,
          email: externalContact.email,
          metadata: {
            source: 'external-crm',
          },
        })
      }
    }
    const made = await syncContact({ id: 'crm-001', name: 'User One', email: 'user1@example.com' })
    const changed = await syncContact({ id: 'crm-001', name: 'User 1', email: 'u1@example.com' })
    expect(changed._id).toBe(made._id)
    expect(vendor.contacts).toMatchObject([{ name: 'User 1', email: 'u1@example.com' }])
  })

  async function safeContactOperation(): Promise<Contact> {
    try {
      const contact = await client.contacts.get({
        email: 'user@example.com',
      })

      return contact
      // biome-ignore lint/suspicious/noExplicitAny: as users have it
    } catch (error: any) {
      if (error.message.includes('not found')) {
        console.log('Contact does not exist, creating new one')

        return await client.contacts.create({
          email: 'user@example.com',
          name: 'New User',
        })
      }

      if (error.message.includes('Authorization')) {
        console.log('Invalid credentials')
      }

      throw error // Re-throw unexpected errors
    }
  }

  it('errors are told apart by their text', async () => {
    expect((await safeContactOperation()).name).toBe('New User')
    expect(log).toEqual(['Contact does not exist, creating new one'])
    client = new CognipeerClient({ token: 'pat_wrong', hookId: 'your-hook-id' })
    await expect(safeContactOperation()).rejects.toThrow('Authorization')
    expect(log.at(-1)).toBe('Invalid credentials')
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    '"not found" is said whatever the server answers (%s)',
    async (notFound) => {
      vendor = createEmulator({ cognipeer: { notFound } }).cognipeer
      vi.stubGlobal('fetch', vendor.fetch)
      client = new CognipeerClient({ token: COGNIPEER_API_TOKEN, hookId: COGNIPEER_HOOK_ID })
      expect((await safeContactOperation()).name).toBe('New User')
      await expect(client.contacts.update({ email: 'no@ex.org', data: { name: 'x' } })).rejects.toThrow(
        'not found',
      )
    },
  )
})
