import { createEmulator } from '@anycontact/emulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrated, programsOf, type VendorProject } from './project.ts'

let project: VendorProject

beforeAll(() => {
  project = migrated('artu')
})
afterAll(() => project.remove())

describe.each(['Bundler', 'NodeNext'] as const)('the programs of Artu’s users, by %s', (resolution) => {
  it('compile', () => {
    expect(project.compile(resolution)).toEqual([])
  }, 120_000)
})

const { contactMethods: vendor } = createEmulator({
  contactMethods: {
    apiKeys: {
      'artu-key': {},
      'artu-reader': { permissions: ['test:contact-methods:read'] },
    },
  },
})

beforeEach(() => {
  vendor.reset()
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
  // The vendor's pages show no option for another address: the programs reach its own.
  vi.stubGlobal('fetch', vendor.fetch)
})
afterEach(() => vi.unstubAllGlobals())

async function run(program: string, name: string): Promise<unknown> {
  const { [name]: run } = await project.load(program)
  if (run === undefined) throw new Error(`${program} has no ${name}.`)
  return run()
}

it('every program is run below', () => {
  expect(programsOf('artu')).toEqual(['batches-and-pages', 'contact-methods', 'errors', 'mocks'])
})

describe('contact methods', () => {
  it.each([
    ['create', [false, true, 'Mobile', false, true]],
    ['retrieve', ['email', 'juan@example.com', true, 'contact_xyz789', 'contact_xyz789']],
    ['listByClient', ['email: juan@example.com']],
    ['filterByType', ['juan@example.com']],
    ['update', 'new.email@example.com'],
    ['remove', 0],
    ['primary', ['Primary email: juan@example.com', 'second@example.com', false, null]],
    ['batch', ['work@company.com', '+52 55 9876 5432']],
  ])('%s', async (name, wanted) => {
    expect(await run('contact-methods', name)).toEqual(wanted)
    expect(vendor.requests[0]?.url).toMatch(/^https:\/\/api\.artu\.ai\//)
  })
})

describe('batches and pages', () => {
  it('a batch that succeeds in part', async () => {
    expect(await run('batches-and-pages', 'partial')).toEqual([
      'Succeeded: 1',
      'Updated at index 0: contact_xyz789',
      'Failed at index 1: Contact method not found',
    ])
  })

  it('upserts, and a client’s methods as a whole', async () => {
    expect(await run('batches-and-pages', 'upserts')).toEqual(['created', 'fax', ['updated'], 1, 1])
  })

  it('pages, and helpers', async () => {
    vendor.seed(
      Array.from({ length: 24 }, (_, n) => ({ clientId: 'many', type: 'fax' as const, value: `+52 ${n}` })),
    )
    expect(await run('batches-and-pages', 'pages')).toEqual([20, 5, 25, 10, 'contact_xyz789', 1])
  })
})

describe('errors', () => {
  const ends = ['ComplianceError', 'string', 'object']

  it.each([
    ['absent', ['Contact method not found', 'APIError', ...ends]],
    ['unauthorized', ['Check the API key', 'APIError', ...ends]],
    ['forbidden', ['Missing permission: true', 'APIError', ...ends]],
    ['invalid', ['value: string', ...ends]],
  ])('%s', async (name, wanted) => {
    expect(await run('errors', name)).toEqual(wanted)
  })
})

it('plain objects, and a method that is replaced, stand in for the SDK', async () => {
  const greeting = 'Write to ana@example.com'
  expect(await run('mocks', 'mocked')).toEqual([['ana@example.com'], ['ana@example.com'], greeting])
  expect(vendor.requests).toEqual([])
  expect(await run('mocks', 'replaced')).toEqual(['Write to replaced@example.com', ['juan@example.com']])
})
