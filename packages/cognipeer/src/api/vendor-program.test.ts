// The programs of the vendor's documentation of contacts, as its users have them, with nothing changed but the import.
import { COGNIPEER_API_TOKEN, COGNIPEER_HOOK_ID, createEmulator, type Emulator } from '@anycontact/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CognipeerClient, type Contact, type PaginatedResponse } from './index.ts'

let vendor: Emulator['cognipeer']
let client: CognipeerClient
const log: string[] = []

beforeEach(() => {
  let now = Date.UTC(2026, 0, 1)
  vendor = createEmulator({
    now: () => ++now,
    seed: 1,
    cognipeer: {
      tokens: { pat_your_personal_access_token: 'emulator', 'your-api-token': 'emulator' },
      hooks: { 'your-hook-id': 'emulator', 'your-channel-hook-id': 'emulator' },
    },
  }).cognipeer
  log.length = 0
  vi.stubGlobal('fetch', vendor.fetch)
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    log.push(String(text))
  })
  client = new CognipeerClient({ token: 'pat_your_personal_access_token', hookId: 'your-hook-id' })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

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

describe('list', () => {
  beforeEach(() => {
    vendor.seed(
      Array.from({ length: 250 }, (_, n) => ({
        name: `Person ${n}`,
        email: `p${n}@example.com`,
        ...(n % 10 === 0 && { status: 'active', tags: ['vip'], properties: { company: `C${n}` } }),
        ...(n === 0 && { deleted: true }),
      })),
    )
  })

  it('the basic way', async () => {
    const result = await client.contacts.list({
      page: 1,
      limit: 20,
    })

    console.log(`Total contacts: ${result.total}`)
    console.log(`Page ${result.page} of ${Math.ceil(result.total / result.limit)}`)

    result.data.forEach((contact) => {
      console.log(`${contact.name} <${contact.email}>`)
    })
    expect(log.slice(0, 3)).toEqual(['Total contacts: 250', 'Page 1 of 13', 'Person 0 <p0@example.com>'])
    expect(log).toHaveLength(22)
    expect(vendor.requests[0]?.json).toEqual({ page: 1, limit: 20, filter: {} })
  })

  it('with a filter', async () => {
    const activeContacts: PaginatedResponse<Contact> = await client.contacts.list({
      page: 1,
      limit: 50,
      filter: {
        status: 'active',
        deleted: { $ne: true },
      },
      sort: { createdDate: -1 },
    })
    expect(activeContacts).toMatchObject({ success: true, total: 24, page: 1, limit: 50 })
    expect(activeContacts.data[0]?.name).toBe('Person 240')
  })

  it('with more of a filter', async () => {
    const vipContacts = await client.contacts.list({
      filter: {
        tags: { $in: ['vip', 'enterprise'] },
        'properties.company': { $exists: true },
      },
      sort: { 'properties.company': 1 },
    })
    expect(vipContacts.data.map(({ properties }) => properties?.company).slice(0, 3)).toEqual([
      'C0',
      'C10',
      'C100',
    ])
    expect(vipContacts.limit).toBe(10)
  })

  it('page by page', async () => {
    const allContacts = []
    let page = 1
    let hasMore = true

    while (hasMore) {
      const result = await client.contacts.list({ page, limit: 100 })
      allContacts.push(...result.data)

      hasMore = page * result.limit < result.total
      page++
    }

    console.log(`Loaded ${allContacts.length} total contacts`)
    expect(log).toEqual(['Loaded 250 total contacts'])
  })

  it('without any option', async () => {
    expect((await client.contacts.list()).data).toHaveLength(10)
  })

  it('for a report', async () => {
    async function generateContactReport() {
      const activeContacts = await client.contacts.list({
        page: 1,
        limit: 1000,
        filter: { status: 'active' },
        sort: { createdDate: -1 },
      })

      const report = {
        total: activeContacts.total,
        byTag: {} as Record<string, number>,
        byStatus: {} as Record<string, number>,
        recentlyAdded: activeContacts.data.slice(0, 10),
      }

      activeContacts.data.forEach((contact) => {
        // Count by tags
        contact.tags?.forEach((tag) => {
          report.byTag[tag] = (report.byTag[tag] || 0) + 1
        })

        // Count by status
        const status = contact.status || 'unknown'
        report.byStatus[status] = (report.byStatus[status] || 0) + 1
      })

      return report
    }
    const report = await generateContactReport()
    expect(report).toMatchObject({ total: 25, byTag: { vip: 25 }, byStatus: { active: 25 } })
    expect(report.recentlyAdded).toHaveLength(10)
  })
})

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
