import { describe, expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

const jsonl = { accept: 'application/jsonl' }

function numbered(count: number) {
  const set = setUp()
  set.emulator.chatbotkit.seed(
    Array.from({ length: count }, (_, at) => ({
      id: `c${String(at).padStart(4, '0')}`,
      createdAt: 1000 + at,
    })),
  )
  return set
}

function idOf(line: unknown): string {
  return Object(line).data.id
}

describe('JSONL', () => {
  test('one request walks all pages, without a closing line', async () => {
    const { client, emulator } = numbered(250)
    const lines = await client.lines('/contact/list?order=asc')
    expect(lines.map(idOf)).toEqual(emulator.chatbotkit.contacts.map((contact) => contact.id))
    expect(new Set(lines.map((line) => Object(line).type))).toEqual(new Set(['item']))
    expect(emulator.chatbotkit.requests).toHaveLength(1)
  })

  test('the content type is exact', async () => {
    const { client } = numbered(1)
    const { status, headers, text } = await client.get('/contact/list', jsonl)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/jsonl'])
    expect(text).toMatch(/^\{"type":"item","data":\{"id":"c0000",.*\}\}\n$/)
  })

  test('no rows: 200 with an empty body', async () => {
    expect(await setUp().client.get('/contact/list', jsonl)).toMatchObject({ status: 200, text: '' })
  })

  test.each([
    ['', 350],
    ['?take=0', 350],
    ['?take=x', 350],
    ['?take=1', 1],
    ['?take=60', 60],
    ['?take=100', 100],
    ['?take=101', 200],
    ['?take=200', 200],
    ['?take=250', 300],
    ['?take=-3', 1],
  ])('%s gives %i of 350', async (query, count) => {
    expect(await numbered(350).client.lines(`/contact/list${query}`)).toHaveLength(count)
  })

  test('cursor, order and meta work as in JSON', async () => {
    const { client, emulator } = setUp()
    emulator.chatbotkit.seed(
      Array.from({ length: 300 }, (_, at) => ({
        id: `c${String(at).padStart(4, '0')}`,
        createdAt: 1000 + at,
        meta: { half: at % 2 === 0 ? 'even' : 'odd' },
      })),
    )
    const lines = await client.lines('/contact/list?order=asc&meta.half=odd&cursor=c0001')
    expect([lines.length, idOf(lines[0]), idOf(lines.at(-1))]).toEqual([149, 'c0003', 'c0299'])
  })

  test('a refusal before the first line is an HTTP error', async () => {
    const { client } = setUp()
    const headers = { ...jsonl, authorization: 'Bearer sk-wrong' }
    expect(await client.get('/contact/list', headers)).toMatchObject({
      status: 401,
      json: { code: 'NOT_AUTHENTICATED', message: 'Not authenticated' },
    })
    expect(await client.get('/contact/x/task/list', jsonl)).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    })
  })

  test('deleting the last row that was sent ends the walk early', async () => {
    const { emulator, client } = numbered(300)
    const response = await emulator.chatbotkit.fetch('https://emulator.test/v1/contact/list?order=asc', {
      headers: { ...jsonl, authorization: 'Bearer sk-emulator' },
    })
    const reader = response.body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    expect(first.trim().split('\n')).toHaveLength(100)
    await client.post('/contact/c0099/delete', {})
    expect(await reader?.read()).toEqual({ done: true, value: undefined })
  })

  test('pages are queried while the consumer reads, and not before', async () => {
    const { emulator } = numbered(150)
    const response = await emulator.chatbotkit.fetch('https://emulator.test/v1/contact/list?order=asc', {
      headers: { ...jsonl, authorization: 'Bearer sk-emulator' },
    })
    const reader = response.body?.getReader()
    await reader?.read()
    emulator.chatbotkit.seed([{ id: 'late', createdAt: 5000 }])
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"late"')
  })

  test('an open stream is counted until it is read to the end or given up', async () => {
    const { emulator } = numbered(250)
    const open = () =>
      emulator.chatbotkit.fetch('https://emulator.test/v1/contact/list', {
        headers: { ...jsonl, authorization: 'Bearer sk-emulator' },
      })
    const [read, cancelled] = [await open(), await open()]
    expect(emulator.chatbotkit.openStreams).toBe(2)
    await read.text()
    expect(emulator.chatbotkit.openStreams).toBe(1)
    const reader = cancelled.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(emulator.chatbotkit.openStreams).toBe(0)
  })
})

describe('CSV and SSE', () => {
  const contact = {
    id: 'c1',
    name: 'Jane "JD" Doe',
    fingerprint: 'crm-user-000000000042',
    email: 'jane@example.com',
    nick: '',
    verifiedAt: 1_718_000_000_000,
    meta: { segment: 'premium' },
    createdAt: 1_718_000_000_123,
  }

  test('CSV: bare header, quoted values, LF, meta as [object Object]', async () => {
    const { client, emulator } = setUp()
    emulator.chatbotkit.seed([contact, { id: 'c0', fingerprint: 'f', createdAt: 1 }])
    const { headers, text } = await client.get('/contact/list', { accept: 'text/csv' })
    expect(headers.get('content-type')).toBe('text/csv')
    expect(text).toBe(
      [
        'id,name,description,fingerprint,email,phone,nick,preferences,verifiedAt,meta,createdAt,updatedAt',
        '"c1","Jane ""JD"" Doe","","crm-user-000000000042","jane@example.com","","","","1718000000000","[object Object]","1718000000123","1718000000123"',
        '"c0","","","f","","","","","","","1","1"',
        '',
      ].join('\n'),
    )
  })

  test('CSV of nothing is nothing, and of many has one header', async () => {
    expect((await setUp().client.get('/contact/list', { accept: 'text/csv' })).text).toBe('')
    const { text } = await numbered(250).client.get('/contact/list', { accept: 'text/csv' })
    expect([text.split('\n').length, text.match(/^id,/gm)?.length]).toEqual([252, 1])
  })

  test('SSE: an event an item', async () => {
    const { client } = numbered(2)
    const { headers, text } = await client.get('/contact/list?order=asc', { accept: 'text/event-stream' })
    expect(headers.get('content-type')).toBe('text/event-stream')
    const [first, second, rest] = text.split('\n\n')
    expect(first).toMatch(/^event: item\ndata: \{"id":"c0000",.*\}$/)
    expect(second).toMatch(/^event: item\ndata: \{"id":"c0001",.*\}$/)
    expect(rest).toBe('')
  })

  test('export: meta last, never null, YAML in CSV', async () => {
    const { client, emulator } = setUp()
    emulator.chatbotkit.seed([
      {
        ...contact,
        meta: { segment: 'premium', tags: ['a', 'b: c'], deep: { n: 1, empty: {} }, flag: 'true' },
      },
      { id: 'c0', fingerprint: 'f', createdAt: 1 },
    ])
    const { text } = await client.get('/contact/export', { accept: 'text/csv' })
    expect(text).toBe(
      [
        'id,name,description,fingerprint,email,phone,nick,preferences,verifiedAt,createdAt,updatedAt,meta',
        '"c1","Jane ""JD"" Doe","","crm-user-000000000042","jane@example.com","","","","1718000000000","1718000000123","1718000000123","segment: premium',
        'tags:',
        '  - a',
        '  - ""b: c""',
        'deep:',
        '  n: 1',
        '  empty: {}',
        'flag: ""true""',
        '"',
        '"c0","","","f","","","","","","1","1","{}',
        '"',
        '',
      ].join('\n'),
    )
    const { json } = await client.get('/contact/export')
    const [first, second] = Object(json).items
    expect(Object.keys(first).at(-1)).toBe('meta')
    expect(second.meta).toEqual({})
    expect((await client.lines('/contact/export')).map((line) => Object(line).data.meta)).toEqual([
      first.meta,
      {},
    ])
    expect(Object(json).cursor).toBe('c0')
  })
})
