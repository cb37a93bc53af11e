import {
  CHANNEL_INBOX_API_KEY,
  createEmulator,
  type Emulator,
  type EmulatorServer,
} from '@anycontact/emulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrated, programsOf, type VendorProject } from './project.ts'

let project: VendorProject
let vendor: Emulator['channelInbox']
let server: EmulatorServer
let contactId = ''
let conversationId = ''

beforeAll(() => {
  project = migrated('imbrace')
})
afterAll(() => project.remove())

describe.each(['Bundler', 'NodeNext'] as const)('the programs of iMBrace’s users, by %s', (resolution) => {
  it('compile', () => {
    expect(project.compile(resolution)).toEqual([])
  }, 120_000)
})

beforeEach(async () => {
  vendor = createEmulator({ seed: 1 }).channelInbox
  const [alice] = vendor.seed([{ display_name: 'Alice', email: 'alice@example.com' }])
  contactId = alice?.id ?? ''
  conversationId = vendor.seedConversations(contactId, [{ channel_type: 'web' }])[0]?._id ?? ''
  vendor.seedActivities(conversationId, [{ type: 'joined' }])
  server = await vendor.listen()
})
afterEach(() => server.close())

async function run(program: string, name: string, ...args: readonly unknown[]): Promise<unknown> {
  const { [name]: run } = await project.load(program)
  if (run === undefined) throw new Error(`${program} has no ${name}.`)
  return run({ baseUrl: server.url, apiKey: CHANNEL_INBOX_API_KEY }, ...args)
}

it('every program is run below', () => {
  expect(programsOf('imbrace')).toEqual(['channel-api', 'contacts', 'errors', 'types', 'wrappers'])
})

describe('contacts, method by method', () => {
  it('list, search and export', async () => {
    expect(await run('contacts', 'list')).toEqual({
      lines: [[contactId, 'Alice', 'alice@example.com']],
      total: 1,
    })
    expect(await run('contacts', 'search')).toEqual(['Alice'])
    expect(await run('contacts', 'exportCsv')).toBe(true)
  })

  it('a limit of 0 is not sent', async () => {
    vendor.seedNotifications([{}])
    expect(await run('contacts', 'listWithoutLimit')).toEqual([1, 1, 1, 1])
    expect(vendor.requests.map(({ query }) => query)).toEqual([
      { skip: '0', sort: '-created_at' },
      { q: 'example' },
      {},
      {},
    ])
  })

  it('get and update', async () => {
    expect(await run('contacts', 'get', contactId)).toEqual(['contact', contactId, expect.any(String), true])
    const changed = ['Alice Smith', 'alice@example.com', '+84912345678']
    expect(await run('contacts', 'update', contactId)).toEqual(changed)
  })

  it('what hangs on a contact', async () => {
    vendor.seedComments(contactId, [{ text: 'Called back' }])
    const [file] = vendor.seedFiles(contactId, [{}])
    expect(await run('contacts', 'getConversations', contactId)).toBe(1)
    expect(await run('contacts', 'getComments', contactId)).toEqual(['Called back'])
    expect(await run('contacts', 'getFiles', contactId)).toEqual([file?._id])
    expect(await run('contacts', 'getActivities', conversationId)).toEqual(['joined'])
    expect(await run('contacts', 'uploadAvatar')).toBe(true)
  })

  it('notifications', async () => {
    vendor.seedNotifications([{}, {}, {}])
    expect(await run('contacts', 'notifications')).toEqual([false, false, false, true, 2, 0])
  })
})

describe('the generated client', () => {
  it('creates, changes, finds and deletes', async () => {
    expect(await run('channel-api', 'lifeOfAContact')).toEqual({
      id: true,
      email: 'bob.lee@example.com',
      found: ['Bob L.'],
      left: 0,
    })
  })

  it('comments', async () => {
    expect(await run('channel-api', 'comments', contactId)).toEqual([true, 1, 0])
  })

  it('lists', async () => {
    expect(await run('channel-api', 'lists', contactId)).toEqual([1, ['Alice']])
    expect(await run('channel-api', 'untyped')).toBe(true)
  })

  it('finds a contact by the item of a board', async () => {
    vendor.seedBoardItems(contactId, ['item_1'])
    expect(await run('channel-api', 'byBoardItem', 'item_1')).toBe('Alice')
  })
})

describe('errors, by class', () => {
  it.each([
    ['unknownContact', ['404 [404]', 'ApiError', 'Error']],
    ['wrongKey', ['Invalid credentials', 'AuthError', 'Error']],
    ['nobodyThere', ['Gateway unreachable', 'NetworkError', 'Error']],
  ])('%s', async (name, wanted) => {
    expect(await run('errors', name)).toEqual(wanted)
  })

  it('made by users', async () => {
    expect(await run('errors', 'made')).toEqual([
      ['AuthError', 'Unauthorized'],
      ['ApiError', '[404] Contact not found', 404],
      ['NetworkError', 'Network error or server unreachable'],
      ['ImbraceError', 'broken'],
      [true, true, true],
    ])
  })
})

describe('types, and the start', () => {
  it('records of the declared types', async () => {
    expect(await run('types', 'written')).toEqual([
      [expect.objectContaining({ key: 'whatsapp/con_1/open/Ana', names: ['Ana'] })],
      [['Hello', 'MESSAGE', 'u_1', 'org_1', '2026-01-01T00:00:00.000Z']],
      'done',
      'sandbox',
    ])
    expect(await run('types', 'read', contactId, conversationId)).toEqual([1, 1, ['string']])
  })

  it('the health check is made once', async () => {
    expect(await run('types', 'start')).toBe(1)
    expect(vendor.requests.filter(({ path }) => path === '/')).toHaveLength(1)
  })
})

describe('layers of users’ own', () => {
  it('walk over all pages, find and log', async () => {
    expect(await run('wrappers', 'walks')).toEqual([2, 2, 'Bo'])
    expect(await run('wrappers', 'fakes')).toEqual([])
    expect(await run('wrappers', 'logged')).toBe(404)
  })

  it('an empty address is none', async () => {
    expect(await run('wrappers', 'withoutAddress')).toEqual([
      'https://app-gatewayv2.imbrace.co/channel-service/v1/contacts',
    ])
  })
})
