import { type ChatBotKitContacts, chatbotkit } from '@anycontact/chatbotkit'
import { ContactClient } from '@anycontact/chatbotkit/api'
import { copyContacts, exportCsv, type FetchFunction } from '@anycontact/core'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'

type Vendor = Emulator['chatbotkit']

interface Made {
  readonly vendor: Vendor
  readonly contacts: ChatBotKitContacts
  readonly face: ContactClient
  readonly warnings: unknown[]
}

/** Pauses pass at once, time-outs never come. */
const clock = {
  now: () => Date.UTC(2026, 10, 1),
  sleep: (ms: number): Promise<void> => (ms < 10_000 ? Promise.resolve() : new Promise(() => {})),
}

/** A client of a server with so many contacts; `around` may answer in its place. */
function made(count: number, around?: (vendor: Vendor) => FetchFunction): Made {
  const { chatbotkit: vendor } = createEmulator({ seed: 1 })
  vendor.seed(
    Array.from({ length: count }, (_, at) => ({
      id: `c${String(at).padStart(24, '0')}`,
      name: `Zoë ${at}`,
      email: `zoe${at}@example.com`,
      createdAt: Date.UTC(2026, 0, 1) + at * 1000,
      meta: { plan: 'pro' },
    })),
  )
  const options = {
    secret: CHATBOTKIT_SECRET,
    fetch: around?.(vendor) ?? vendor.fetch,
    clock,
    random: () => 0,
  }
  const warnings: unknown[] = []
  return {
    vendor,
    contacts: chatbotkit({ ...options, onWarning: (warning) => warnings.push(warning) }),
    face: new ContactClient(options),
    warnings,
  }
}

const newestFirst = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `Zoë ${count - 1 - at}`)

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const given: T[] = []
  for await (const item of items) given.push(item)
  return given
}

const namesOf = (items: readonly { readonly name?: string | undefined }[]): string[] =>
  items.map(({ name = '' }) => name)

/** The size of so many lines of the answer to `GET …/contact/list`, streamed. */
async function bytesOf(vendor: Vendor, lines: number): Promise<number> {
  const headers = { accept: 'application/jsonl', authorization: `Bearer ${CHATBOTKIT_SECRET}` }
  const answer = await vendor.fetch('https://emulator.test/v1/contact/list', { headers })
  vendor.requests.clear()
  const text = (await answer.text()).split('\n').slice(0, lines)
  return new TextEncoder().encode(text.map((line) => `${line}\n`).join('')).length
}

/** Every way in which a whole listing is read. */
const ways: Record<string, (setup: Made) => Promise<readonly string[]>> = {
  'for await': async ({ contacts }) => namesOf(await all(contacts.list())),
  toArray: async ({ contacts }) => namesOf(await contacts.list().toArray()),
  search: async ({ contacts }) => namesOf(await all(contacts.search('Zoë'))),
  count: async ({ contacts }) => newestFirst(await contacts.count()),
  exportCsv: async ({ contacts }) => {
    const text = await all(exportCsv(contacts, { columns: ['name'], header: false }))
    return text.join('').trimEnd().split('\r\n')
  },
  copyContacts: async ({ contacts }) => {
    const target = memory()
    await copyContacts(contacts, target)
    return namesOf(await target.list().toArray())
  },
  'a lookup by scan': async ({ contacts }) => {
    const oldest = await contacts.get({ email: 'zoe0@example.com' }, { scan: true })
    return [...newestFirst(7).slice(0, -1), oldest.name ?? '']
  },
  'list().stream() of the face': async ({ face }) =>
    namesOf((await all(face.list().stream())).map(({ data }) => data)),
  'list({ take }).stream() of the face': async ({ face }) =>
    namesOf((await all(face.list({ take: 50 }).stream())).map(({ data }) => data)),
}

describe.each(Object.entries(ways))(
  'a streamed answer that ends at the end of a line, read by %s',
  (_, read) => {
    it.each([0, 1, 2, 3, 6, 7])('is whole, after line %i of 7', async (lines) => {
      const setup = made(7)
      setup.vendor.faults.add({ path: '/list', truncateBytes: await bytesOf(setup.vendor, lines) })
      expect((await read(setup)).toSorted()).toEqual(newestFirst(7).toSorted())
      expect(setup.warnings).toEqual([])
    })
  },
)

describe('the end of a streamed answer', () => {
  it.each([
    [0, { take: '1' }],
    [1, { take: '2' }],
    [2, { cursor: 'c000000000000000000000001', take: '2' }],
    [250, { cursor: 'c000000000000000000000001', take: '2' }],
  ])('of %i contacts is proven by one request after the contact before the last', async (count, query) => {
    const { vendor, contacts } = made(count)
    expect(namesOf(await contacts.list().toArray())).toEqual(newestFirst(count))
    expect(vendor.requests.map((request) => request.query)).toEqual([{}, query])
  })

  it('is asked for again and again as often as the answer ends early', async () => {
    const { vendor, contacts } = made(9)
    vendor.faults.add({ path: '/list', truncateBytes: await bytesOf(vendor, 2), times: 4 })
    // Every second request is the question, whose answer is too short to be cut there.
    expect(namesOf(await contacts.list().toArray())).toEqual(newestFirst(9))
  })

  it.each([[[6]], [[5]], [[5, 6]], [[3, 4, 5, 6]], [[1, 2, 3, 4, 5, 6]]])(
    'is not believed when %j of the contacts that came are deleted meanwhile',
    async (places) => {
      const { vendor, contacts, warnings } = made(12, (server) => async (input, init) => {
        const answer = await server.fetch(input, init)
        if (server.requests.length > 1) return answer
        const lines = (await answer.text()).split('\n').slice(0, 6)
        for (const place of places) await contacts.delete(`c${String(12 - place).padStart(24, '0')}`)
        return new Response(lines.map((line) => `${line}\n`).join(''), answer)
      })
      expect(namesOf(await contacts.list().toArray())).toEqual(newestFirst(12))
      expect(vendor.contacts).toHaveLength(12 - places.length)
      expect(warnings).toEqual([])
    },
  )

  it('that never comes nearer is an error', async () => {
    const { contacts } = made(5, (server) => async (input, init) => {
      const answer = await server.fetch(input, init)
      if (answer.headers.get('content-type') !== 'application/jsonl') return answer
      const lines = (await answer.text()).split('\n').slice(0, server.requests.length > 1 ? 0 : 2)
      return new Response(lines.map((line) => `${line}\n`).join(''), answer)
    })
    await expect(contacts.list().toArray()).rejects.toMatchObject({ code: 'network', operation: 'list' })
  })

  it.each([
    { status: 500 },
    { status: 429 },
    { html: true },
    { errorObject: true },
    { body: {}, status: 200 },
  ])('is not taken for proven when the question is answered with %j', async (fault) => {
    const { vendor, contacts } = made(5)
    vendor.faults.add({ path: '/list', truncateBytes: await bytesOf(vendor, 2) })
    vendor.faults.add({ path: '/list', times: 10, ...fault })
    await expect(contacts.list().toArray()).rejects.toHaveProperty('code')
  })
})

describe('pages whose cursor’s contact is deleted', () => {
  it.each([1, 2, 3, 4])('go on, by pages of %i', async (pageSize) => {
    const { contacts } = made(12)
    const given: string[] = []
    for await (const page of contacts.list({ pageSize }).pages()) {
      given.push(...namesOf(page.items))
      for (const contact of page.items) await contacts.delete(contact)
    }
    expect(given).toEqual(newestFirst(12))
  })

  it.each([1, 2, 3, 4, 100])('go on where it has left the filter, by pages of %i', async (pageSize) => {
    const count = pageSize === 100 ? 350 : 12
    const { contacts, vendor } = made(count)
    expect(vendor.contacts).toHaveLength(count)
    const where = { customFields: { plan: 'pro' } }
    const given: string[] = []
    let cursor: string | undefined
    do {
      const page = await contacts.list({ where, pageSize, cursor })
      given.push(...namesOf(page.items))
      for (const contact of page.items) await contacts.update(contact, { customFields: { plan: 'free' } })
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(given).toEqual(newestFirst(count))
  })

  it.each([1, 2, 3, 100])('go on with a filter while nothing changes, by pages of %i', async (pageSize) => {
    const { contacts, vendor } = made(250)
    const given: string[] = []
    let cursor: string | undefined
    do {
      const page = await contacts.list({ where: { customFields: { plan: 'pro' } }, pageSize, cursor })
      given.push(...namesOf(page.items))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(given).toEqual(newestFirst(250))
    expect(vendor.requests.length).toBe(pageSize === 100 ? 3 : Math.ceil(251 / pageSize))
  })
})
