import { describe, expect, it } from 'vitest'
import { apiSetup, failure, first } from '../testing/setup.ts'

describe('answers', () => {
  it('come as they were sent, with the page that was asked for', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{}, {}, {}])
    const page = await client.contacts.list({ limit: 2, skip: 2 })
    expect(page).toMatchObject({
      object_name: 'list',
      nested: {},
      has_more: false,
      count: 3,
      total: 1,
      page: 2,
      limit: 2,
    })
    expect(await client.contacts.list({ limit: 0 })).toMatchObject({ page: 1, limit: 3 })
    expect(await client.contacts.list()).toMatchObject({ page: 1, limit: 3, total: 3 })
  })

  it.each([
    ['array', 'array'],
    ['data', 'data'],
  ] as const)('are rows and have data, sent as %s', async (conversations, form) => {
    const { client, vendor } = apiSetup({}, { conversations, comments: form, activities: form })
    const { id } = first(vendor.seed([{}]))
    const conversation = first(vendor.seedConversations(id, [{ name: 'Talk' }]))
    vendor.seedComments(id, [{ text: 'Hm' }])
    vendor.seedActivities(conversation._id, [{}])
    const rows = await client.contacts.getConversations(id)
    expect(rows).toEqual([conversation])
    expect(rows.data).toEqual([conversation])
    expect(JSON.stringify(rows)).toBe(JSON.stringify([conversation]))
    expect((await client.contacts.getComments(id)).data).toHaveLength(1)
    expect(await client.contacts.getActivities(conversation._id)).toHaveLength(1)
  })

  it('are made of bare rows where an envelope is missing', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status: 200, body: [{ id: 'con_1' }] })
    expect(await client.contacts.list({ limit: 5 })).toEqual({
      data: [{ id: 'con_1' }],
      total: 1,
      page: 1,
      limit: 5,
    })
  })

  it('say success where the server says nothing', async () => {
    const { client } = apiSetup({}, { notificationAnswer: 'empty' })
    expect(await client.contacts.dismissAllNotifications()).toEqual({ success: true })
  })

  it.each([
    ['list', {}],
    ['get', { message: 'ok' }],
    ['getFiles', { data: null }],
    ['uploadAvatar', { url: '' }],
  ] as const)('of %s that make no sense are bad_response', async (method, body) => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status: 200, body })
    const { contacts } = client
    const calls = {
      list: () => contacts.list(),
      get: () => contacts.get('con_1'),
      getFiles: () => contacts.getFiles('con_1'),
      uploadAvatar: () => contacts.uploadAvatar(new FormData()),
    }
    expect(await failure(calls[method]())).toMatchObject({
      code: 'bad_response',
      operation: method,
      provider: 'channel-inbox',
    })
  })
})

describe('exportCsv', () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x2c, 0x22, 0xc3, 0xab, 0x22, 0x0d, 0x0a])

  it('is the same bytes, and as text without the byte order mark', async () => {
    const { client, vendor, requests } = apiSetup()
    vendor.seedCsv(bytes)
    expect(await client.contacts.exportCsvBytes({ sort: '-created_at' })).toEqual(bytes)
    expect(new TextEncoder().encode(await client.contacts.exportCsv())).toEqual(bytes.slice(3))
    expect(await new Response(await client.contacts.exportCsvStream()).bytes()).toEqual(bytes)
    expect(requests()).toEqual([
      'GET /contacts/_export_csv?sort=-created_at',
      'GET /contacts/_export_csv',
      'GET /contacts/_export_csv',
    ])
  })

  it('keeps bytes that are no UTF-8', async () => {
    const { client, vendor } = apiSetup()
    vendor.seedCsv(new Uint8Array([0xff, 0xfe, 0x41]))
    expect(await client.contacts.exportCsvBytes()).toEqual(new Uint8Array([0xff, 0xfe, 0x41]))
  })

  it.each([
    ['a,b\r\n1,2\r\n', 1],
    ['\uFEFF\r\n a,<b>\r\n', 2],
    ['\uFEFF\r\n a,<b>\r\n', 5],
    ['', 0],
  ])('takes CSV that the server calls HTML, as many call any text: %o, cut at %i', async (csv, cut) => {
    const answers = (): Promise<Response> => {
      const bytes = new TextEncoder().encode(csv)
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes.slice(0, cut))
          controller.enqueue(bytes.slice(cut))
          controller.close()
        },
      })
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } }))
    }
    const { client } = apiSetup({ fetch: answers })
    expect(await client.contacts.exportCsv()).toBe(csv.replace('\uFEFF', ''))
    const streamed = await new Response(await client.contacts.exportCsvStream()).bytes()
    expect(streamed).toEqual(new TextEncoder().encode(csv))
  })

  it('leaves a page that is still arriving, and the rest of an export that is not wanted', async () => {
    const left: unknown[] = []
    const answer = (text: string) => () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
            cancel: (reason) => {
              left.push(reason)
            },
          }),
          { headers: { 'content-type': 'text/html' } },
        ),
      )
    const page = apiSetup({ fetch: answer('\n<!doctype html>') }).client
    expect(await failure(page.contacts.exportCsvStream())).toMatchObject({ code: 'bad_response' })
    expect(left).toHaveLength(1)
    const csv = await apiSetup({ fetch: answer('a,b') }).client.contacts.exportCsvStream()
    await csv.cancel('enough')
    expect(left).toHaveLength(2)
  })

  it('does not take a page of HTML for an export', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ times: 2, html: true, status: 200 })
    expect(await failure(client.contacts.exportCsv())).toMatchObject({ code: 'bad_response' })
    expect(await failure(client.contacts.exportCsvStream())).toMatchObject({ code: 'bad_response' })
  })
})

describe('repetitions', () => {
  it('waits up to 1, 2 and 4 seconds where a plain 429 says nothing', async () => {
    const { client, vendor, clock } = apiSetup()
    vendor.faults.add({ times: 3, status: 429, body: 'Too many requests, please try again later.' })
    await client.contacts.list()
    expect(clock.waits).toEqual([500, 1000, 2000])
  })

  it('obeys Retry-After where it is there', async () => {
    const { client, vendor, clock } = apiSetup()
    vendor.faults.add({ retryAfter: 7 })
    await client.contacts.list()
    expect(clock.waits).toEqual([7000])
  })

  it('takes other waits, or none', async () => {
    const { client, vendor, clock } = apiSetup({ retry: { baseDelayMs: 100 } })
    vendor.faults.add({ status: 503 })
    await client.contacts.list()
    expect(clock.waits).toEqual([50])
    const never = apiSetup({ retry: false })
    never.vendor.faults.add({ status: 503 })
    expect(await failure(never.client.contacts.list())).toMatchObject({ code: 'unavailable' })
  })

  it.each([401, 403, 400])('makes none after %i', async (status) => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status })
    await failure(client.contacts.list())
    expect(vendor.requests).toHaveLength(1)
  })

  it.each([
    ['an update', true],
    ['marking some', true],
    ['dismissing one', true],
    ['an upload', false],
    ['marking all', false],
    ['dismissing all', false],
  ] as const)('%s is sent again after a 502: %o', async (what, again) => {
    const { client, vendor } = apiSetup()
    const { id } = first(vendor.seed([{}]))
    const { contacts } = client
    const form = new FormData()
    form.append('file', new Blob(['x']), 'x')
    const calls = {
      'an update': () => contacts.update(id, { name: 'Ana' }),
      'marking some': () => contacts.markNotificationsRead(['not_1']),
      'dismissing one': () => contacts.dismissNotification('not_1'),
      'an upload': () => contacts.uploadAvatar(form),
      'marking all': () => contacts.markNotificationsRead(),
      'dismissing all': () => contacts.dismissAllNotifications(),
    }
    vendor.faults.add({ html: true, applied: true })
    const error = await failure(calls[what]().then(() => Promise.reject('done')))
    expect(vendor.requests).toHaveLength(again ? 2 : 1)
    if (again) expect(error).toBe('done')
    else
      expect(error).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('may have been applied'),
      })
    expect(vendor.uploads).toHaveLength(what === 'an upload' ? 1 : 0)
  })

  it('takes the vendor’s timeout, and ours over it', async () => {
    for (const config of [{ timeout: 5 }, { timeout: 60_000, timeoutMs: 5 }]) {
      const { client, vendor } = apiSetup({ ...config, retry: false })
      vendor.faults.add({ stall: 'request' })
      expect(await failure(client.contacts.list())).toMatchObject({ code: 'timeout' })
    }
  })

  it('passes a caller’s abort through', async () => {
    const { client } = apiSetup()
    const reason = new Error('left')
    expect(await failure(client.contacts.list({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })
})

describe('what is left out', () => {
  it.each(['sdk', 'web', 'spec'] as const)('is what the vendor’s client leaves out: %s', async (dialect) => {
    const { client, requests } = apiSetup({ dialect })
    const { contacts } = client
    const nothing = { limit: 0, sort: '' }
    await contacts.list(nothing)
    await contacts.list({ limit: undefined, skip: undefined })
    await contacts.exportCsv({ sort: '' })
    await contacts.listNotifications({ limit: 0 })
    expect(requests()).toEqual([
      'GET /contacts',
      'GET /contacts',
      'GET /contacts/_export_csv',
      'GET /notifications',
    ])
  })

  it('but not a `skip` of zero, and not what is searched for', async () => {
    const { client, vendor, requests } = apiSetup()
    const { id } = first(vendor.seed([{}]))
    await client.contacts.list({ limit: 0, skip: 0 })
    await client.contacts.search({ q: '', limit: 0, skip: 0, sort: '', type: '' })
    await client.contacts.getConversations(id, { channelTypes: '' })
    await client.contacts.getComments(id, { channelType: '', limit: 0, skip: 0 })
    expect(requests()).toEqual([
      'GET /contacts?skip=0',
      'GET /contacts/_search?q=&skip=0',
      'GET /contacts/{id}/conversations',
      'GET /contacts/{id}/comments?skip=0',
    ])
  })
})

describe('getActivities', () => {
  it('takes a time, as the web app does', async () => {
    const { client, vendor, requests } = apiSetup()
    const { id } = first(vendor.seed([{}]))
    const { _id } = first(vendor.seedConversations(id, [{}]))
    const times = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']
    vendor.seedActivities(
      _id,
      times.map((created_at) => ({ created_at })),
    )
    const between = { start_date: '2026-01-15', end_date: '2026-02-15' }
    expect(await client.contacts.getActivities(_id, between)).toMatchObject([{ created_at: times[1] }])
    expect(await client.contacts.getActivities(_id)).toHaveLength(3)
    expect(requests()).toEqual([
      'GET /conversations_activities/{id}?start_date=2026-01-15&end_date=2026-02-15',
      'GET /conversations_activities/{id}',
    ])
  })
})

describe('what cannot be sent', () => {
  it.each([
    ['search without q', () => apiSetup().client.contacts.search({} as never)],
    ['an upload of something else', () => apiSetup().client.contacts.uploadAvatar({} as never)],
    ['a blank id', () => apiSetup().client.contacts.get(' ')],
  ])('%s', async (_, call) => {
    expect(await failure(call())).toMatchObject({ code: 'invalid_input' })
  })
})
