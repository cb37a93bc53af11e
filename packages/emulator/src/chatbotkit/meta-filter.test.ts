import { expect, test } from 'vitest'
import { setUp } from '../test-client.ts'

const contacts = [
  { name: 'text', meta: { segment: 'premium', deep: { er: 'x' }, list: ['one', 'two'], 'a-b': 'dash' } },
  { name: 'true', meta: { segment: 'basic', vip: true, $price: 'high' } },
  { name: 'text true', meta: { segment: 'basic', vip: 'true' } },
  { name: 'number', meta: { score: 5, vip: false } },
  { name: 'none' },
]

async function names(query: string, database: 'mysql' | 'sqlite' = 'mysql'): Promise<string[]> {
  const { client, emulator } = setUp({ chatbotkit: { database } })
  emulator.chatbotkit.seed(contacts)
  const { json } = await client.get(`/contact/list?order=asc&${query}`)
  return Object(json).items.map((item: { name: string }) => item.name)
}

test.each([
  ['meta.segment=premium', ['text']],
  ['meta[segment]=premium', ['text']],
  ['meta%5Bsegment%5D=premium', ['text']],
  ['meta.deep.er=x', ['text']],
  ['meta[deep.er]=x', ['text']],
  ['meta.list[1]=two', ['text']],
  ['meta[list[1]]=two', ['text']],
  ['meta.segment=Premium', []],
  ['meta.segment=prem', []],
  ['meta.vip=true', ['true']],
  ['meta.vip=false', ['number']],
  ['meta.score=5', []],
  ['meta.segment=basic', ['true', 'text true']],
  ['meta.segment=basic&meta.vip=true', ['true']],
  ['meta.segment=basic&meta.segment=premium', ['true', 'text true']],
  ['meta.segment=basic&meta[segment]=premium', []],
  ['meta.segment=&meta.segment=premium', ['text', 'true', 'text true', 'number', 'none']],
  ['meta.segment=basic&meta.segment=basic', ['true', 'text true']],
  ['meta.%24price=high', ['true']],
  ['meta.segment=', ['text', 'true', 'text true', 'number', 'none']],
  ['segment=premium', ['text', 'true', 'text true', 'number', 'none']],
  ['meta.toString=x', []],
])('%s finds %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected)
})

test.each([
  'meta.a-b=dash',
  'meta[deep][er]=x',
  'meta.a%20b=x',
  'meta.9lives=x',
  'meta.=x',
  'meta.a..b=x',
  "meta.a'b=x",
])('%s is no JSON path: 500 as hosted, read as it stands when self-hosted', async (query) => {
  const { client } = setUp()
  for (const accept of ['application/json', 'application/jsonl']) {
    expect(await client.get(`/contact/list?${query}`, { accept })).toMatchObject({
      status: 500,
      json: { code: 'GENERIC_ERROR', message: 'System error occurred' },
    })
  }
  expect(await names(query, 'sqlite')).toEqual(query === 'meta.a-b=dash' ? ['text'] : [])
})
