import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { Contact } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../clock.ts'

const COUNT = 2_000

/** Reads a listing and changes each contact as it comes, so that the condition of the listing no longer holds for it. */
async function work<C extends Contact>(
  listing: AsyncIterable<C>,
  change: (contact: C) => Promise<unknown>,
): Promise<string[]> {
  const ids: string[] = []
  for await (const contact of listing) {
    if (ids.length > 2 * COUNT) throw new Error('The listing does not end.')
    ids.push(contact.id)
    await change(contact)
  }
  return ids
}

/** Everyone came, and came once. */
function expectAllOnce(ids: readonly string[], count = COUNT): void {
  expect([new Set(ids).size, ids.length]).toEqual([count, count])
}

function vendors() {
  const clock = createTestClock()
  return { ...createEmulator({ now: clock.now, seed: 1 }), options: { clock, random: () => 0.5 } }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('contacts that leave a filtered listing because the loop changes them', () => {
  it.each([1, 4])('all come, each once: cognipeer, concurrency %i', async (concurrency) => {
    const { cognipeer: vendor, options } = vendors()
    vendor.seed(numbers(COUNT).map((n) => ({ name: `n${n}`, integrationId: `i${n}`, status: 'new' })))
    const contacts = cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      fetch: vendor.fetch,
      concurrency,
      ...options,
    })
    const ids = await work(contacts.list({ where: { status: 'new' } }), ({ id }) =>
      contacts.update(id, { status: 'done' }),
    )
    expectAllOnce(ids)
    expect(vendor.contacts.every(({ status }) => status === 'done')).toBe(true)
  })

  it.each(['items', 'pages'])('all come, each once: chatbotkit, by %s', async (by) => {
    const { chatbotkit: vendor, options } = vendors()
    vendor.seed(numbers(COUNT).map((n) => ({ name: `n${n}`, meta: { status: 'new' } })))
    const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: vendor.fetch, ...options })
    const pager = contacts.list({ where: { customFields: { status: 'new' } } })
    const ids = await work(by === 'items' ? pager : itemsOf(pager.pages()), ({ id }) =>
      contacts.update(id, { customFields: { status: 'done' } }),
    )
    expectAllOnce(ids)
  })

  it('all come, each once: channel-inbox', async () => {
    const { channelInbox: vendor, options } = vendors()
    vendor.seed(numbers(COUNT).map((n) => ({ display_name: `n${n}`, remark: 'new' })))
    const contacts = channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: vendor.fetch, ...options })
    const ids = await work(contacts.list({ where: { note: 'new' } }), ({ id }) =>
      contacts.update(id, { note: 'done' }),
    )
    expectAllOnce(ids)
  })

  it('all come, each once: contact-methods', async () => {
    const { contactMethods: vendor, options } = vendors()
    const count = 500
    vendor.seed(
      numbers(count).flatMap((n) => [
        { clientId: `c${n}`, type: 'email' as const, value: `a${n}@example.com`, isPrimary: true },
        { clientId: `c${n}`, type: 'phone' as const, value: `+1415555${n}` },
      ]),
    )
    const credentials = { apiKey: CONTACT_METHODS_API_KEY, environment: 'test' } as const
    const contacts = contactMethods({ ...credentials, fetch: vendor.fetch, ...options })
    const ids = await work(contacts.list({ where: { email: { exists: true } } }), ({ id }) =>
      contacts.update(id, { email: null }),
    )
    expectAllOnce(ids, count)
  })

  it('all come, each once: memory', async () => {
    const contacts = memory({ clock: createTestClock() })
    for (const n of numbers(COUNT)) await contacts.create({ name: `n${n}`, status: 'new' })
    const ids = await work(contacts.list({ where: { status: 'new' } }), ({ id }) =>
      contacts.update(id, { status: 'done' }),
    )
    expectAllOnce(ids)
  })
})

describe('contacts that move in the order of a listing because the loop changes them', () => {
  it.each(['asc', 'desc'] as const)('all come, each once: memory by updatedAt, %s', async (direction) => {
    const contacts = memory({ clock: createTestClock() })
    for (const n of numbers(COUNT)) await contacts.create({ name: `n${n}` })
    const listing = contacts.list({ orderBy: { field: 'updatedAt', direction }, pageSize: 20 })
    expectAllOnce(await work(listing, ({ id }) => contacts.update(id, { note: 'seen' })))
  })

  it('can be passed over by numbered pages: the listing says that it is not complete, and the way of the guide works', async () => {
    const { cognipeer: vendor, options } = vendors()
    vendor.seed(numbers(300).map((n) => ({ name: `n${n}`, integrationId: `i${n}` })))
    const credentials = { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID }
    const contacts = cognipeer({ ...credentials, fetch: vendor.fetch, ...options })
    const listing = contacts.list({ orderBy: { field: 'updatedAt' }, pageSize: 20 })
    const change = ({ id }: Contact): Promise<unknown> =>
      contacts.update(id, { customFields: { seen: true } })
    const ids = await work(listing, change)
    expect(new Set(ids).size).toBe(ids.length)
    expect(listing.complete).toBe(false)
    const all = await contacts.list({ orderBy: { field: 'updatedAt' }, pageSize: 20 }).toArray()
    for (const contact of all) await change(contact)
    expectAllOnce(
      all.map(({ id }) => id),
      300,
    )
  })
})

async function* itemsOf<Item>(
  pages: AsyncIterable<{ readonly items: readonly Item[] }>,
): AsyncGenerator<Item> {
  for await (const { items } of pages) yield* items
}
