import { createEmulator, type Emulator, type EmulatorServer } from '@anycontact/emulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrated, programsOf, type VendorProject } from './project.ts'

const JOHN = {
  email: 'john.doe@example.com',
  name: 'John Doe',
  integrationId: 'ext-12345',
  phone: '+1234567890',
}

let project: VendorProject
let vendor: Emulator['cognipeer']
let server: EmulatorServer

beforeAll(() => {
  project = migrated('cognipeer')
})
afterAll(() => project.remove())

describe.each(['Bundler', 'NodeNext'] as const)('the programs of Cognipeer’s users, by %s', (resolution) => {
  it('compile', () => {
    expect(project.compile(resolution)).toEqual([])
  }, 120_000)
})

beforeEach(async () => {
  let now = Date.UTC(2026, 0, 1)
  vendor = createEmulator({
    now: () => ++now,
    seed: 1,
    cognipeer: {
      tokens: { pat_your_personal_access_token: 'emulator', 'your-api-token': 'emulator' },
      hooks: { 'your-hook-id': 'emulator', 'your-channel-hook-id': 'emulator' },
    },
  }).cognipeer
  server = await vendor.listen()
})
afterEach(() => server.close())

async function run(program: string, name: string, ...args: readonly unknown[]): Promise<unknown> {
  const { [name]: run } = await project.load(program)
  if (run === undefined) throw new Error(`${program} has no ${name}.`)
  return run({ apiUrl: `${server.url}/v1` }, ...args)
}

it('every program is run below', () => {
  expect(programsOf('cognipeer')).toEqual(['contacts', 'errors', 'mocks', 'options', 'use-cases'])
})

describe('contacts, method by method', () => {
  it('create', async () => {
    const contact = { tags: ['vip', 'enterprise'], properties: { company: 'ACME Corp', position: 'CEO' } }
    const made = await run('contacts', 'create')
    expect(vendor.contacts).toMatchObject([{ ...contact, status: 'active' }])
    expect(made).toMatchObject({ line: `Created contact: ${vendor.contacts[0]?._id}`, contact })
  })

  it('create with an API token, and keys of one’s own', async () => {
    const made = { integrationId: 'external-id-123', loyaltyTier: 3, address: { city: 'Porto' } }
    expect(await run('contacts', 'createWithApiToken')).toMatchObject(made)
    expect(vendor.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer your-api-token',
      'x-hook-id': 'your-channel-hook-id',
    })
  })

  it('get and update', async () => {
    vendor.seed([JOHN])
    expect(await run('contacts', 'getByEmail')).toBe('Found contact: John Doe')
    expect(await run('contacts', 'getByIntegrationId')).toBe('Contact email: john.doe@example.com')
    expect(await run('contacts', 'updateByEmail')).toMatchObject({
      line: 'Updated: John Smith',
      updatedContact: { tags: ['vip', 'enterprise', 'technical'], phone: '+1987654321' },
    })
    expect(await run('contacts', 'updateByIntegrationId')).toMatchObject({
      status: 'inactive',
      metadata: { lastInteraction: '1970-01-01T00:00:00.000Z' },
    })
    expect(await run('contacts', 'updateTagsOnly')).toMatchObject({
      name: 'John Smith',
      status: 'inactive',
      tags: ['premium'],
    })
  })

  it('list', async () => {
    const people = Array.from({ length: 25 }, (_, index) => ({
      name: `P${index}`,
      email: `p${index}@example.com`,
      status: index < 2 ? 'active' : 'inactive',
      ...(index === 1 && { tags: ['vip'], properties: { company: 'ACME' } }),
    }))
    vendor.seed(people)
    const lines = (await run('contacts', 'list')) as string[]
    expect(lines.slice(0, 2)).toEqual(['Total contacts: 25', 'Page 1 of 2'])
    expect(lines).toHaveLength(22)
    expect(await run('contacts', 'listFiltered')).toEqual([
      [true, ['P1', 'P0']],
      [true, ['P1']],
    ])
    expect(await run('contacts', 'listAll')).toBe('Loaded 25 total contacts')
  })
})

describe('longer programs', () => {
  it('a customer', async () => {
    const properties = { company: 'Customer Corp', industry: 'Technology', lifetimeValue: 100000 }
    expect(await run('use-cases', 'customer')).toMatchObject({ status: 'vip', properties })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('another system is kept in step', async () => {
    const crm = { id: 'crm-001', name: 'User One', email: 'user1@example.com' }
    const made = await run('use-cases', 'syncContact', crm)
    expect(made).toMatchObject({ metadata: { source: 'external-crm', because: true } })
    expect(await run('use-cases', 'syncContact', { ...crm, name: 'User 1' })).toMatchObject({
      name: 'User 1',
    })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('a report', async () => {
    vendor.seed([
      { name: 'A', status: 'active', tags: ['vip', 'paid'] },
      { name: 'B', status: 'active', tags: ['vip'] },
      { name: 'C', status: 'inactive' },
    ])
    expect(await run('use-cases', 'generateContactReport')).toMatchObject({
      total: 2,
      byTag: { vip: 2, paid: 1 },
      byStatus: { active: 2 },
      recentlyAdded: [{ name: 'B' }, { name: 'A' }],
    })
  })
})

describe('errors, by their text', () => {
  it('nobody there', async () => {
    expect(await run('errors', 'absent')).toBe('Contact does not exist')
    expect(await run('errors', 'safeContactOperation', 'pat_your_personal_access_token')).toMatchObject({
      contact: { name: 'New User' },
      lines: ['Contact does not exist, creating new one'],
    })
  })

  it('a credential that is not sent', async () => {
    expect(await run('errors', 'safeContactOperation', 'pat_wrong')).toEqual({
      lines: ['Invalid credentials'],
    })
  })

  it('what is refused before any request, word for word', async () => {
    expect(await run('errors', 'refused')).toEqual([
      'Cognipeer API token is required',
      'Hook ID is required',
      'Either email or integrationId is required',
      'Either email or integrationId is required',
      'Data object with fields to update is required',
    ])
    expect(vendor.requests).toHaveLength(0)
  })

  it('by the numbers in it', async () => {
    expect(await run('errors', 'byNumber', 'pat_wrong')).toBe('401')
    expect(await run('errors', 'byNumber', 'pat_your_personal_access_token')).toBe('404')
  })

  it('a server that is late', async () => {
    expect(await run('errors', 'late')).toMatch(/timeout/)
  })
})

describe('options and what is exported', () => {
  it('every option of the vendor’s is taken, and `fetch` is given plain headers', async () => {
    const given = await run('options', 'everyOption')
    expect(given).toMatchObject({ page: { total: 0 } })
    expect(given).toMatchObject({
      seen: [
        `${server.url}/v1/sdk/contact/list`,
        'POST',
        'application/json',
        'Bearer pat_your_personal_access_token',
        'your-hook-id',
      ],
    })
  })

  it('the client is the default export too', async () => {
    expect(await run('options', 'byDefault')).toEqual([true, 404, undefined, 0])
  })

  it('plain objects stand in for contacts', async () => {
    expect(await run('mocks', 'mocked')).toEqual(['Hello Ana', 'Hello Ana B', 'Ana B'])
  })
})
