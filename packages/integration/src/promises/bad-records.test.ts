import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { type ContactsPolicy, copyContacts, exportCsv, type FetchFunction } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../clock.ts'
import { idsOf } from './listed.ts'

/** Far more levels than anything that calls itself once a level gets through. */
const DEEP = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`

/** Values that have no place in a record, as JSON. */
const BAD: Readonly<Record<string, string>> = {
  'a __proto__ key': '{"__proto__":{"polluted":true}}',
  'a __proto__ key further down': '{"a":[{"__proto__":{"polluted":true}}]}',
  '20,000 levels': DEEP,
  '20,000 levels of arrays': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '20,000 levels around a number that loses digits': `${'['.repeat(20_000)}17841400008460057${']'.repeat(20_000)}`,
}

const time = '2026-01-01T00:00:00.000Z'
const ms = Date.parse(time)
const base = { clock: createTestClock(), random: () => 0.5 }
const json = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/json' } })

const PROVIDERS = [
  {
    name: 'chatbotkit',
    record: (n: number, custom: string, beside: string) =>
      `{"id":"c${n}","name":"n${n}","meta":${custom},"other":${beside},"createdAt":${ms - n},"updatedAt":${ms}}`,
    page: (records: readonly string[]) => `{"items":[${records.join()}],"cursor":"x"}`,
    one: (record: string) => record,
    isOne: (url: string) => url.includes('/fetch'),
    client: (policy: ContactsPolicy & { readonly fetch: FetchFunction }) =>
      chatbotkit({ secret: CHATBOTKIT_SECRET, ...base, ...policy }),
    get: (fetch: FetchFunction) => chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, ...base }).get('c1'),
  },
  {
    name: 'cognipeer',
    record: (n: number, custom: string, beside: string) =>
      `{"_id":"c${n}","name":"n${n}","email":"c${n}@example.com","properties":${custom},"other":${beside},"createdDate":"${time}"}`,
    page: (records: readonly string[]) =>
      `{"success":true,"data":[${records.join()}],"total":${records.length},"page":1,"limit":100}`,
    one: (record: string) => `{"success":true,"data":${record}}`,
    isOne: (url: string) => !url.includes('/list'),
    client: (policy: ContactsPolicy & { readonly fetch: FetchFunction }) =>
      cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, ...base, ...policy }),
    get: (fetch: FetchFunction) =>
      cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch, ...base }).get({
        email: 'c1@example.com',
      }),
  },
  {
    name: 'channel-inbox',
    record: (n: number, custom: string, beside: string) =>
      `{"object_name":"contact","id":"c${n}","display_name":"n${n}","created_at":"${time}","additional_params":${custom},"other":${beside}}`,
    page: (records: readonly string[]) =>
      `{"object_name":"list","data":[${records.join()}],"has_more":false,"count":${records.length},"total":${records.length}}`,
    one: (record: string) => record,
    isOne: (url: string) => /\/contacts\/c\d/.test(url),
    client: (policy: ContactsPolicy & { readonly fetch: FetchFunction }) =>
      channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, ...base, ...policy }),
    get: (fetch: FetchFunction) => channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, ...base }).get('c1'),
  },
  {
    name: 'contact-methods',
    record: (n: number, custom: string, beside: string) =>
      `{"id":"m${n}","clientId":"c${n}","type":"other","value":"v${n}","isPrimary":false,"metadata":${custom},"other":${beside},"createdAt":"${time}","updatedAt":"${time}"}`,
    page: (records: readonly string[]) =>
      `{"data":[${records.join()}],"pagination":{"hasMore":false,"nextCursor":null,"totalCount":0}}`,
    one: (record: string) =>
      `{"data":[${record}],"pagination":{"hasMore":false,"nextCursor":null,"totalCount":0}}`,
    isOne: (url: string) => url.includes('/clients/'),
    client: (policy: ContactsPolicy & { readonly fetch: FetchFunction }) =>
      contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', ...base, ...policy }),
    get: (fetch: FetchFunction) =>
      contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', fetch, ...base }).get('c1'),
  },
] as const

describe.each([...PROVIDERS])('one record of $name', ({ record, page, one, isOne, client, get }) => {
  describe.each(Object.entries(BAD))('with %s', (_, bad) => {
    const serve =
      (custom: string, beside: string): FetchFunction =>
      async (input, init) => {
        const url = String(input)
        const records = [record(0, '{}', '{}'), record(1, custom, beside), record(2, '{}', '{}')]
        if (isOne(url)) return json(one(records[Number(/\/c(\d)\b/.exec(url)?.[1] ?? 1)] ?? ''))
        // A page after a contact begins behind it.
        const after = new URL(url).searchParams.get('cursor')
        const rest = after === null ? records : records.slice(Number(after[1]) + 1)
        if (!new Headers(init?.headers).get('accept')?.includes('jsonl')) return json(page(rest))
        const lines = rest.map((data) => `{"type":"item","data":${data}}\n`).join('')
        return new Response(lines, { headers: { 'content-type': 'application/jsonl' } })
      }

    it.each([
      ['in its custom fields', [bad, '{}']],
      ['where nothing is read', ['{}', bad]],
    ] as const)('%s is refused alone, as onInvalid says', async (_where, [custom, beside]) => {
      const strict = client({ fetch: serve(custom, beside) })
      await expect(strict.list().toArray()).rejects.toMatchObject({ code: 'bad_response', operation: 'list' })
      await expect(get(serve(custom, beside))).rejects.toMatchObject({
        code: 'bad_response',
        operation: 'get',
      })
      const skipping = client({ fetch: serve(custom, beside), onInvalid: 'skip' })
      expect(idsOf(await skipping.list().toArray())).toEqual(['c0', 'c2'])
      expect(idsOf((await skipping.list()).items)).toEqual(['c0', 'c2'])
      const lines: string[] = []
      for await (const text of exportCsv(skipping)) lines.push(...text.split('\r\n').filter(Boolean))
      expect(lines).toHaveLength(3)
      expect(await copyContacts(skipping, memory(), { by: 'externalId' })).toMatchObject({
        read: 2,
        created: 2,
        complete: false,
        warnings: [{ code: 'invalid_record', count: 1 }],
      })
      expect(Object.prototype).not.toHaveProperty('polluted')
    })
  })
})
