// The programs of the vendor's documentation of contacts, as its users have them, with nothing changed but the import.
import type { Emulator } from '@anycontact/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { consoleLog, documentedServer, restore } from '../testing/documented.ts'
import { CognipeerClient, type Contact, type PaginatedResponse } from './index.ts'

let vendor: Emulator['cognipeer']
let client: CognipeerClient
let log: string[]

beforeEach(() => {
  vendor = documentedServer()
  log = consoleLog()
  client = new CognipeerClient({ token: 'pat_your_personal_access_token', hookId: 'your-hook-id' })
})

afterEach(restore)

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
