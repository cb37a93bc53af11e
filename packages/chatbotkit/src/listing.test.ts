import type { Contact } from '@anycontact/core'
import { compileConditions } from '@anycontact/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure, setup } from './testing/setup.ts'

const T0 = Date.UTC(2026, 0, 1)

/** Records as the vendor keeps them, a second apart, oldest first. */
function records(count: number): {
  id: string
  name: string
  createdAt: number
  fingerprint: string
  meta: { plan: string; seats: number }
}[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c${String(index).padStart(24, '0')}`,
    name: `Contact ${index}`,
    fingerprint: `crm-user-${String(index).padStart(12, '0')}`,
    createdAt: T0 + index * 1000,
    meta: { plan: index % 3 === 0 ? 'pro' : 'free', seats: index % 5 },
  }))
}

async function names(items: AsyncIterable<Contact>): Promise<(string | undefined)[]> {
  const result: (string | undefined)[] = []
  for await (const item of items) result.push(item.name)
  return result
}

const newestFirst = (count: number): string[] =>
  records(count)
    .map(({ name }) => name)
    .reverse()

describe('pages', () => {
  it('ends on a short page, which proves the end, although it has a cursor', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(5))
    const first = await contacts.list({ pageSize: 3 })
    expect(first.items.map(({ name }) => name)).toEqual(['Contact 4', 'Contact 3', 'Contact 2'])
    const second = await contacts.list({ pageSize: 3, cursor: first.nextCursor })
    expect(second.items.map(({ name }) => name)).toEqual(['Contact 1', 'Contact 0'])
    expect(second).not.toHaveProperty('nextCursor')
    expect(requests()).toHaveLength(2)
  })

  it('ends on an empty page after a full one', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(4))
    const pages: number[] = []
    for await (const page of contacts.list({ pageSize: 2 }).pages()) pages.push(page.items.length)
    expect(pages).toEqual([2, 2, 0])
  })

  it('is empty for an empty account', async () => {
    const { contacts } = setup()
    expect(await contacts.list()).toEqual({ items: [] })
  })

  it('asks for 100 at most', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(150))
    const page = await contacts.list({ pageSize: 1000 })
    expect(page.items).toHaveLength(100)
    expect(vendor.requests[0]?.query).toMatchObject({ take: '100' })
    expect((await contacts.list({ cursor: page.nextCursor })).items).toHaveLength(50)
  })

  it('sorts by createdAt both ways', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(3))
    const oldest = contacts.list({ orderBy: { field: 'createdAt' } })
    expect((await oldest).items.map(({ name }) => name)).toEqual(['Contact 0', 'Contact 1', 'Contact 2'])
    expect(await names(contacts.list({ orderBy: { field: 'createdAt', direction: 'desc' } }))).toEqual(
      newestFirst(3),
    )
  })

  it.each([2, 7])('goes on after the contact of the cursor was deleted (page size %i)', async (pageSize) => {
    const { contacts, vendor } = setup()
    vendor.seed(records(20))
    const seen: (string | undefined)[] = []
    let cursor: string | undefined
    do {
      const page = await contacts.list({ pageSize, cursor })
      for (const contact of page.items) {
        seen.push(contact.name)
        await contacts.delete(contact)
      }
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(newestFirst(20))
    expect(vendor.contacts).toEqual([])
  })

  it('goes on when only the contact of the cursor was deleted', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(9))
    const first = await contacts.list({ pageSize: 3, orderBy: { field: 'createdAt' } })
    await contacts.delete(first.items[2]?.id ?? '')
    const second = await contacts.list({
      pageSize: 3,
      orderBy: { field: 'createdAt' },
      cursor: first.nextCursor,
    })
    expect(second.items.map(({ name }) => name)).toEqual(['Contact 3', 'Contact 4', 'Contact 5'])
  })

  it('says so when the vendor’s own cursor names no contact any more', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(2))
    const error = await failure(contacts.list({ cursor: 'c000000000000000000000009' }))
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('Begin again') })
  })
})

describe('iterating', () => {
  it('is one request, whatever the number', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(1234))
    expect(await names(contacts.list())).toEqual(newestFirst(1234))
    expect(requests()).toEqual(['GET list'])
  })

  it('makes sure of an end on a full page with one more request', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(200))
    expect(await names(contacts.list())).toHaveLength(200)
    expect(requests()).toEqual(['GET list', 'GET {id}/fetch'])
  })

  it('is empty for an empty account', async () => {
    const { contacts, requests } = setup()
    expect(await names(contacts.list())).toEqual([])
    expect(requests()).toEqual(['GET list'])
  })

  it('reaches every contact when each is deleted as it passes', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(350))
    const seen: (string | undefined)[] = []
    for await (const contact of contacts.list()) {
      seen.push(contact.name)
      await contacts.delete(contact)
    }
    expect(seen).toEqual(newestFirst(350))
    expect(vendor.contacts).toEqual([])
  })

  it('keeps characters whole that a chunk border cuts', async () => {
    const { contacts, vendor } = setup()
    const name = 'Zoë 李小龍 محمد 👩‍👩‍👧 ñ'
    vendor.seed(records(30).map((record) => ({ ...record, name })))
    for (const chunkBytes of [1, 2, 3, 5, 7, 11]) {
      vendor.faults.add({ path: '/list', chunkBytes })
      expect(await names(contacts.list())).toEqual(Array.from({ length: 30 }, () => name))
    }
  })

  it('passes over nop lines', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(5))
    vendor.faults.add({ path: '/list', nopEvery: 1 })
    expect(await names(contacts.list())).toEqual(newestFirst(5))
  })

  it('resumes after a cut anywhere, nothing lost or doubled', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(250))
    const total = newestFirst(250)
    for (const afterBytes of [0, 1, 300, 5_000, 20_000, 40_000]) {
      vendor.faults.add({ path: '/list', cut: { afterBytes } })
      expect(await names(contacts.list())).toEqual(total)
    }
    for (const afterLines of [0, 1, 99, 100, 101, 249]) {
      vendor.faults.add({ path: '/list', cut: { afterLines } })
      expect(await names(contacts.list())).toEqual(total)
    }
  })

  it('resumes after the last line when the end is torn but clean', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(20))
    vendor.faults.add({ path: '/list', truncateBytes: 2_000 })
    expect(await names(contacts.list())).toEqual(newestFirst(20))
  })

  it('resumes after several cuts, as long as there is progress', async () => {
    const { contacts, vendor, clock } = setup()
    vendor.seed(records(60))
    vendor.faults.add({ path: '/list', times: 20, cut: { afterLines: 3 } })
    expect(await names(contacts.list())).toEqual(newestFirst(60))
    expect(clock.waits.length).toBeGreaterThanOrEqual(19)
  })

  it('resumes in the other order and with a filter', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(60))
    vendor.faults.add({ path: '/list', cut: { afterLines: 5 } })
    const query = { orderBy: { field: 'createdAt' }, where: { customFields: { plan: 'pro' } } } as const
    const expected = records(60)
      .filter(({ meta }) => meta.plan === 'pro')
      .map(({ name }) => name)
    expect(await names(contacts.list(query))).toEqual(expected)
    expect(vendor.requests.map(({ query: sent }) => sent['meta.plan'])).toEqual(['pro', 'pro'])
  })

  it('finds its place again when cut on a contact that was then deleted', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(30))
    vendor.faults.add({ path: '/list', cut: { afterLines: 10 } })
    const seen: (string | undefined)[] = []
    for await (const contact of contacts.list()) {
      seen.push(contact.name)
      await contacts.delete(contact)
    }
    expect(seen).toEqual(newestFirst(30))
  })

  it('throws when cuts come without progress, never ending in silence', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', times: Number.POSITIVE_INFINITY, cut: { afterLines: 0 } })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'network', operation: 'list' })
    expect(vendor.requests).toHaveLength(4)
  })

  it('takes a late error line for a cut: resumes, then throws', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', lateError: { afterItems: 4 } })
    expect(await names(contacts.list())).toEqual(newestFirst(10))

    const seen: unknown[] = []
    vendor.faults.add({ path: '/list', lateError: { afterItems: 4 } })
    vendor.faults.add({ path: '/list', times: Number.POSITIVE_INFINITY, lateError: { afterItems: 0 } })
    const error = await failure(
      (async () => {
        for await (const contact of contacts.list()) seen.push(contact.name)
      })(),
    )
    expect(error).toMatchObject({ code: 'unavailable', vendorCode: 'GENERIC_ERROR' })
    expect(seen).toEqual(newestFirst(10).slice(0, 4))
  })

  it('throws at once when told not to retry', async () => {
    const { contacts, vendor } = setup({ retry: false })
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', cut: { afterLines: 4 } })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'network' })
    expect(vendor.requests).toHaveLength(1)
  })

  it('throws an error that comes before the first line', async () => {
    const { contacts, vendor } = setup({ secret: 'sk-wrong' })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(vendor.requests).toHaveLength(1)
  })

  it('lets go of the connection when the consumer stops', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(1000))
    for await (const contact of contacts.list()) {
      expect(contact.name).toBe('Contact 999')
      expect(vendor.openStreams).toBe(1)
      break
    }
    expect(vendor.openStreams).toBe(0)
  })

  it('stops with the reason of an abort, as it is', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(1000))
    const controller = new AbortController()
    const reason = { mine: true }
    const error = await failure(
      (async () => {
        for await (const _ of contacts.list({ signal: controller.signal })) controller.abort(reason)
      })(),
    )
    expect(error).toBe(reason)
    expect(vendor.openStreams).toBe(0)
  })

  it('says where a record cannot be mapped, or skips it', async () => {
    const malformed = { index: 2, record: (record: object) => ({ ...record, email: 5 }) }
    const { contacts, vendor } = setup()
    vendor.seed(records(5))
    vendor.faults.add({ path: '/list', malformed })
    expect(await failure(names(contacts.list()))).toMatchObject({
      code: 'bad_response',
      issues: [{ path: expect.stringContaining('email') }],
    })

    const warnings: unknown[] = []
    const lenient = setup({ onInvalid: 'skip', onWarning: (warning) => warnings.push(warning) })
    lenient.vendor.seed(records(5))
    lenient.vendor.faults.add({ path: '/list', malformed })
    expect(await names(lenient.contacts.list())).toEqual(newestFirst(5).toSpliced(2, 1))
    expect(warnings).toHaveLength(1)
  })
})

describe('filters', () => {
  it.each([
    [{ plan: 'pro' }, 1, 0],
    [{ vip: true }, 1, 0],
    [{ 'address.city': 'Porto' }, 1, 0],
    [{ seats: 3 }, 0, 1],
    [{ vip: 'true' }, 0, 1],
    [{ plan: ' ' }, 0, 1],
    [{ 'a-b': 'x' }, 0, 1],
    [{ plan: { in: ['pro'] } }, 0, 1],
    [{ plan: { exists: true } }, 0, 1],
    [{ plan: 'pro', seats: 3 }, 1, 1],
  ])('explains %j', (customFields, pushed, here) => {
    const { contacts, requests } = setup()
    const plan = contacts.explain({ where: { customFields } })
    expect([plan.pushedDown.length, plan.evaluatedHere.length]).toEqual([pushed, here])
    expect(requests()).toEqual([])
  })

  it('gives the same contacts pushed down as evaluated here', async () => {
    const value = fc.constantFrom<string | number | boolean | null>(
      'pro',
      'Pro',
      'true',
      'false',
      '',
      '3',
      3,
      0,
      true,
      false,
      null,
    )
    const key = fc.constantFrom('plan', 'vip', 'address.city', 'a-b')
    const metas = fc.array(
      fc.record(
        { plan: value, vip: value, 'a-b': value, address: fc.record({ city: value }) },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(
        metas,
        fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 }),
        async (seeds, customFields) => {
          const { contacts, vendor } = setup()
          vendor.seed(seeds.map((meta, index) => ({ name: `Contact ${index}`, meta })))
          const { pushedDown, evaluatedHere } = contacts.explain({ where: { customFields } })
          const matches = compileConditions([...pushedDown, ...evaluatedHere])
          const all = await contacts.list().toArray()
          const expected = all.filter(matches).map(({ id }) => id)
          const listed = await contacts.list({ where: { customFields } }).toArray()
          expect(listed.map(({ id }) => id)).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('lookups', () => {
  it('by id is one request', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(3))
    expect((await contacts.get('c000000000000000000000001')).name).toBe('Contact 1')
    expect(await contacts.find('c000000000000000000000009')).toBeUndefined()
    expect(requests()).toEqual(['GET {id}/fetch', 'GET {id}/fetch'])
  })

  it.each(['externalId', 'email', 'phone'] as const)(
    'by %s is a scan, and the error says so',
    async (key) => {
      const { contacts, vendor, requests } = setup()
      vendor.seed([{ fingerprint: 'crm-user-000000000001', email: 'ana@example.com', phone: '+14155552671' }])
      const value = { externalId: 'crm-user-000000000001', email: 'ana@example.com', phone: '+14155552671' }[
        key
      ]
      for (const call of [
        // @ts-expect-error -- without scan: true it does not compile
        contacts.get({ [key]: value }),
        // @ts-expect-error -- without scan: true it does not compile
        contacts.update({ [key]: value }, { name: 'Ana' }),
        // @ts-expect-error -- without scan: true it does not compile
        contacts.delete({ [key]: value }),
      ]) {
        expect(await failure(call)).toMatchObject({
          code: 'unsupported',
          message: expect.stringContaining('{ scan: true }'),
        })
      }
      expect(requests()).toEqual([])
      const found = await contacts.get({ [key]: value } as { email: string }, { scan: true })
      expect(found[key]).toBe(value)
      expect(requests()).toEqual(['GET list'])
    },
  )

  it('is ambiguous when several contacts share an email', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'ana@example.com' }, { email: 'ana@example.com' }])
    const error = await failure(contacts.find({ email: 'ana@example.com' }, { scan: true }))
    expect(error).toMatchObject({ code: 'ambiguous', operation: 'find' })
  })

  it('sends an awkward id as one path segment', async () => {
    const { contacts, vendor } = setup()
    expect(await failure(contacts.get('../x?y#z'))).toMatchObject({ code: 'not_found' })
    expect(vendor.requests.map(({ path }) => path)).toEqual(['/v1/contact/..%2Fx%3Fy%23z/fetch'])
  })

  it.each(['(Jane Doe)', '@jane', '()', ' (x)'])(
    'refuses %j, which would name another record',
    async (id) => {
      const { contacts, vendor } = setup()
      vendor.seed([{ name: 'Jane Doe' }])
      expect(await failure(contacts.delete(id))).toMatchObject({ code: 'invalid_input' })
      expect(vendor.contacts).toHaveLength(1)
    },
  )
})

describe('conversations', () => {
  it('lists those of a contact', async () => {
    const { contacts, vendor } = setup()
    const [contact] = vendor.seed([{ name: 'Ana' }])
    const id = contact?.id ?? ''
    vendor.seedConversations(id, [{ name: 'first' }, { name: 'second', meta: { topic: 'billing' } }])
    const listed = await contacts.conversations.list(id).toArray()
    expect(listed.map(({ name }) => name).sort()).toEqual(['first', 'second'])
    expect(listed.find(({ name }) => name === 'second')).toMatchObject({
      provider: 'chatbotkit',
      contactId: id,
      customFields: { topic: 'billing' },
      createdAt: expect.stringMatching(/Z$/),
    })
    const paged: unknown[] = []
    for await (const page of contacts.conversations.list(id, { pageSize: 1 }).pages())
      paged.push(...page.items)
    expect(paged).toHaveLength(2)
  })

  it('is not_found for no contact', async () => {
    const { contacts } = setup()
    expect(await failure(contacts.conversations.list('c000000000000000000000009'))).toMatchObject({
      code: 'not_found',
    })
  })
})
