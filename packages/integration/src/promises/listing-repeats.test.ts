import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { contactMethods } from '@anycontact/contact-methods'
import type { FetchFunction } from '@anycontact/core'
import { CHANNEL_INBOX_API_KEY, CHATBOTKIT_SECRET, CONTACT_METHODS_API_KEY } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../clock.ts'
import { type Json, LISTED_VENDORS, readPages } from './listed.ts'

/** Far more than a few; a page may take three requests of a server that gives more than is asked for, and eight are under way. */
const MANY = 100

const recordsOf = (body: Json, key: string): unknown[] => {
  const records: unknown = body[key]
  return Array.isArray(records) ? records : []
}

describe.each([...LISTED_VENDORS])(
  'cursors of $name that are ever new',
  ({ name, listed, records, total }) => {
    it('and bring the same contacts again and again are bad_response after a few pages', async () => {
      let first: unknown[] | undefined
      const { contacts, reads } = listed(1_000, {
        page(body, read) {
          first ??= recordsOf(body, records)
          // In another order each time, so that what ends the page is new.
          const again = [...first.slice(read % first.length), ...first.slice(0, read % first.length)]
          return {
            ...body,
            [records]: again,
            ...(total ? { [total]: 1_000_000 } : {}),
            pagination: { hasMore: true, nextCursor: `next${read}` },
          }
        },
      })
      const { ids, failure } = await readPages(contacts.list({ pageSize: 50 }).pages())
      expect(failure).toMatchObject({
        code: 'bad_response',
        message: expect.stringContaining('nothing was new'),
      })
      expect(new Set(ids).size).toBe(ids.length)
      // Those of the first answer, which has as many as were asked for, or as the vendor gives.
      expect(ids).toHaveLength(first?.length ?? 0)
      expect(ids.length).toBeGreaterThanOrEqual(50)
      expect(reads()).toBeLessThan(MANY)
    })

    // Where pages are told by their number, contacts that come push others on: see the churn in `proofs`.
    if (name !== 'cognipeer')
      it('and stand on a contact, or before some, give each contact once', async () => {
        let before: unknown[] = []
        const { contacts } = listed(420, {
          page(body) {
            const page = recordsOf(body, records)
            const overlapping = [...before.slice(-3), ...page]
            before = page
            return { ...body, [records]: overlapping }
          },
        })
        const { ids, failure } = await readPages(contacts.list({ pageSize: 50 }).pages())
        expect(failure).toBeUndefined()
        expect(new Set(ids).size).toBe(420)
        expect(ids).toHaveLength(420)
      })
  },
)

/** A listing that answers with cursors that are ever new. */
interface Endless {
  readonly name: string
  readonly read: (fetch: FetchFunction) => Promise<unknown>
  readonly answer: (read: number) => Json | Json[]
}

const clock = createTestClock()
const common = { clock, random: () => 0.5 }
const notices = (read: number) =>
  Array.from({ length: 100 }, (_, n) => ({ id: `not_${(n + read) % 100}`, is_read: true }))
const methods = (read: number) =>
  Array.from({ length: 100 }, (_, n) => ({
    id: `m${(n + read) % 100}`,
    clientId: 'c',
    type: 'other',
    value: 'v',
    isPrimary: false,
    createdAt: '2026-01-01T00:00:00.000Z',
  }))

const ENDLESS: readonly Endless[] = [
  {
    name: 'notifications of channel-inbox',
    read: (fetch) =>
      channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, ...common })
        .notifications.list()
        .toArray(),
    answer: (read) => ({ data: notices(read), has_more: true, count: 1_000_000, unread_count: 0 }),
  },
  {
    name: 'comments of channel-inbox',
    read: (fetch) =>
      channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, ...common })
        .comments.list('con_1')
        .toArray(),
    answer: (read) => Array.from({ length: 100 }, (_, n) => ({ _id: `com_${(n + read) % 100}`, text: 'x' })),
  },
  {
    name: 'conversations of chatbotkit',
    read: (fetch) =>
      chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, ...common })
        .conversations.list('c1')
        .toArray(),
    answer: (read) => ({
      items: Array.from({ length: 100 }, (_, n) => ({
        id: `conv${(n + read) % 100}`,
        createdAt: 1,
        updatedAt: 1,
      })),
      cursor: `next${read}`,
    }),
  },
  {
    name: 'contact methods of contact-methods',
    read: (fetch) =>
      contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', fetch, ...common })
        .contactMethods.list('c')
        .toArray(),
    answer: (read) => ({ data: methods(read), pagination: { hasMore: true, nextCursor: `next${read}` } }),
  },
  {
    name: 'contacts of contact-methods, on pages that are empty',
    read: (fetch) =>
      contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', fetch, ...common })
        .list()
        .toArray(),
    answer: (read) => ({ data: [], pagination: { hasMore: true, nextCursor: `next${read}` } }),
  },
]

describe.each([...ENDLESS])('$name', ({ read, answer }) => {
  it('are bad_response after a few pages that bring nothing new', async () => {
    let reads = 0
    const fetch: FetchFunction = async () => {
      if (reads > 2_000) throw new Error('The server stops.')
      return Response.json(answer(reads++))
    }
    await expect(read(fetch)).rejects.toMatchObject({ code: 'bad_response' })
    expect(reads).toBeLessThan(MANY)
  })
})

describe('a stream of chatbotkit', () => {
  it('that repeats its rows without end is bad_response too', async () => {
    const row = (n: number): string =>
      `${JSON.stringify({ type: 'item', data: { id: `c${n % 100}`, createdAt: 1_700_000_000_000 - n, updatedAt: 1 } })}\n`
    let rows = 0
    const fetch: FetchFunction = async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            const lines = Array.from({ length: 100 }, () => row(rows++)).join('')
            if (rows > 200_000) controller.close()
            else controller.enqueue(new TextEncoder().encode(lines))
          },
        }),
        { headers: { 'content-type': 'application/jsonl' } },
      )
    const reading = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, ...common })
      .list()
      .toArray()
    await expect(reading).rejects.toMatchObject({ code: 'bad_response' })
    expect(rows).toBeLessThan(10_000)
  })
})

describe('an order that changes move contacts in', () => {
  it('gives each contact once, and ends (memory by updatedAt)', async () => {
    const contacts = memory({ clock: createTestClock() })
    for (let n = 0; n < 300; n++) await contacts.create({ name: `n${n}` })
    const seen: string[] = []
    for await (const { id } of contacts.list({ orderBy: { field: 'updatedAt' }, pageSize: 10 })) {
      seen.push(id)
      await contacts.update(id, { note: 'seen' })
    }
    expect([seen.length, new Set(seen).size]).toEqual([300, 300])
  })
})
