import { describe, expect, it } from 'vitest'
import { apiSetup, failure, first } from '../testing/setup.ts'
import type { ImbraceDialect } from './types.ts'

/** What each description says of the calls that they do not agree on. Source: the vendor's SDK, older documentation and OpenAPI file. */
const described: Readonly<Record<ImbraceDialect, readonly (readonly [request: string, body?: unknown])[]>> = {
  sdk: [
    ['GET /contacts?limit=5&skip=10&sort=-created_at'],
    ['GET /contacts/_search?q=ana&limit=5&skip=10'],
    ['GET /contacts/{id}/conversations?channel_types=whatsapp,web'],
    ['GET /contacts/{id}/comments?channel_types=whatsapp,web&limit=5'],
    ['GET /contact/{id}/files'],
    ['PUT /notifications/read', { notification_id: ['not_1', 'not_2'] }],
    ['DELETE /notifications/dismiss', { notification_id: 'not_1' }],
    ['DELETE /notifications/dismiss/all'],
  ],
  web: [
    ['GET /contacts?limit=5&skip=10&sort=-created_at'],
    ['GET /contacts/_search?q=ana&limit=5&skip=10&type=text'],
    ['GET /contacts/{id}/conversations?channel_types=whatsapp&channel_types=web'],
    ['GET /contacts/{id}/message_comments?channel_types=whatsapp&channel_types=web&limit=5'],
    ['GET /contact/{id}/files'],
    ['PUT /notifications/read', ['not_1', 'not_2']],
    ['DELETE /notifications/dismiss', ['not_1']],
    ['DELETE /notifications/dismiss/all'],
  ],
  spec: [
    ['GET /contacts?limit=5&offset=10&sort=-created_at'],
    ['POST /contacts/_search', { query: 'ana', limit: 5, offset: 10 }],
    ['GET /contacts/{id}/conversations?channel_types=whatsapp,web'],
    ['GET /contacts/{id}/comments?channel_types=whatsapp,web&limit=5'],
    ['GET /contacts/{id}/files'],
    ['PUT /notifications/read', { ids: ['not_1', 'not_2'] }],
    ['POST /notifications/dismiss', { ids: ['not_1'] }],
    ['POST /notifications/dismiss/all'],
  ],
}

describe.each(['sdk', 'web', 'spec'] as const)('the dialect %s', (dialect) => {
  it('words each request as its description does, and a server of that description understands it', async () => {
    const { client, vendor, requests } = apiSetup({ dialect }, { requests: dialect })
    const { id } = first(vendor.seed([{}]))
    const { contacts } = client
    await contacts.list({ limit: 5, skip: 10, sort: '-created_at' })
    await contacts.search({ q: 'ana', limit: 5, skip: 10 })
    await contacts.getConversations(id, { channelTypes: ['whatsapp', 'web'] })
    await contacts.getComments(id, { channelType: 'whatsapp,web', limit: 5 })
    await contacts.getFiles(id)
    await contacts.markNotificationsRead(['not_1', 'not_2'])
    await contacts.dismissNotification('not_1')
    await contacts.dismissAllNotifications()
    const bodies = vendor.requests.map(({ json }) => json)
    const made = requests().map((request, at) =>
      bodies[at] === undefined ? [request] : [request, bodies[at]],
    )
    expect(made).toEqual(described[dialect])
  })
})

it('a search is sent again when its answer is lost, although it is a POST in the specification', async () => {
  const { client, vendor, requests } = apiSetup({ dialect: 'spec' }, { requests: 'spec' })
  vendor.seed([{ display_name: 'Ana' }])
  vendor.faults.add({ cut: 'answer' })
  expect((await client.contacts.search({ q: 'ana' })).data).toHaveLength(1)
  expect(requests()).toEqual(['POST /contacts/_search', 'POST /contacts/_search'])
})

describe('a server of another description', () => {
  it('refuses what it does not know, and nothing passes in silence', async () => {
    const { client, vendor } = apiSetup({}, { requests: 'web' })
    const { id } = first(vendor.seed([{}]))
    expect(await failure(client.contacts.markNotificationsRead(['not_1']))).toMatchObject({
      code: 'invalid_input',
    })
    expect(await failure(client.contacts.getComments(id))).toMatchObject({ code: 'not_found' })
  })
})

describe('options that cannot work', () => {
  it.each([
    ['dialect', { dialect: 'other' as ImbraceDialect }],
    ['env', { env: 'none' as 'stable' }],
    ['env', { env: 'toString' as 'stable' }],
    ['endpoints.getfiles', { endpoints: { getfiles: '/v2/files/{id}' } }],
    ['endpoints.toString', { endpoints: { toString: '/v2' } }],
    ['services', { services: { channelService: 5 as unknown as string } }],
  ])('%s', (name, config) => {
    expect(() => apiSetup(config)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(name) }),
    )
  })
})

describe('where requests go', () => {
  it.each([
    [{}, 'https://app-gatewayv2.imbrace.co/channel-service/v1/contacts'],
    [{ env: 'prodv2' as const }, 'https://app-gatewayv2.imbrace.co/channel-service/v1/contacts'],
    [{ env: 'sandbox' as const }, 'https://app-gateway.sandbox.imbrace.co/channel-service/v1/contacts'],
    [{ env: 'develop' as const }, 'https://app-gateway.dev.imbrace.co/channel-service/v1/contacts'],
    [{ baseUrl: 'http://localhost:4010/' }, 'http://localhost:4010/channel-service/v1/contacts'],
    [
      { services: { channelService: 'https://inbox.test/channel-service/' } },
      'https://inbox.test/channel-service/v1/contacts',
    ],
    [
      { services: { channelService: '/v1/channel-service' } },
      'https://app-gatewayv2.imbrace.co/v1/channel-service/v1/contacts',
    ],
    [{ endpoints: { list: '/v1/backend/contacts' } }, 'https://app-gatewayv2.imbrace.co/v1/backend/contacts'],
    [
      { endpoints: { list: 'https://inbox.test/backend/v1/contacts' } },
      'https://inbox.test/backend/v1/contacts',
    ],
  ])('%o', async (config, url) => {
    const { client, vendor } = apiSetup(config)
    await client.contacts.list()
    expect(vendor.requests[0]?.url).toBe(url)
  })

  it('takes another path for every route', async () => {
    const names = [
      'list',
      'get',
      'update',
      'search',
      'exportCsv',
      'getConversations',
      'getComments',
      'getFiles',
      'getActivities',
      'uploadAvatar',
      'listNotifications',
      'markNotificationsRead',
      'dismissNotification',
      'dismissAllNotifications',
    ] as const
    const withId: readonly string[] = [
      'get',
      'update',
      'getConversations',
      'getComments',
      'getFiles',
      'getActivities',
    ]
    const endpoints = Object.fromEntries(
      names.map((name) => [name, withId.includes(name) ? `/x/${name}/{id}` : `/x/${name}`]),
    )
    const { client, vendor } = apiSetup({ endpoints })
    const { contacts } = client
    const calls = [
      contacts.list(),
      contacts.get('a/b'),
      contacts.update('a/b', {}),
      contacts.search({ q: 'x' }),
      contacts.exportCsv(),
      contacts.getConversations('a/b'),
      contacts.getComments('a/b'),
      contacts.getFiles('a/b'),
      contacts.getActivities('a/b'),
      contacts.uploadAvatar(new FormData()),
      contacts.listNotifications(),
      contacts.markNotificationsRead(['x']),
      contacts.dismissNotification('x'),
      contacts.dismissAllNotifications(),
    ]
    await Promise.allSettled(calls)
    const paths = names.map((name) => (withId.includes(name) ? `/x/${name}/a%2Fb` : `/x/${name}`))
    expect(vendor.requests.map(({ path }) => path).sort()).toEqual(paths.sort())
  })
})
