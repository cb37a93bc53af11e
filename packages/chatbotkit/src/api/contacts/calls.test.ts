import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { type ApiSetup, apiSetup, collect, observedClock } from '../../testing/api-setup.ts'
import { people } from '../../testing/records.ts'

type Client = ApiSetup['client']

const FINGERPRINT = 'crm-user-000000000042'

describe('the documented calls', () => {
  it('creates, fetches, updates and deletes', async () => {
    const { client, vendor } = apiSetup()
    const { id } = await client.create({
      name: 'Jane Doe',
      phone: '(415) 555-2671',
      meta: { segment: 'premium' },
    })
    expect(await client.fetch(id)).toMatchObject({
      id,
      name: 'Jane Doe',
      phone: '+14155552671',
      email: null,
      meta: { segment: 'premium' },
    })
    expect(await client.update(id, { nick: 'jd', meta: { $update: { score: 7 } } })).toEqual({ id })
    expect(vendor.contacts[0]).toMatchObject({ nick: 'jd', meta: { segment: 'premium', score: 7 } })
    expect(await client.update(id, { nick: null, phone: null })).toEqual({ id })
    expect(vendor.contacts[0]).toMatchObject({ nick: null, phone: null })
    expect(await client.delete(id)).toEqual({ id })
    expect(await failure(client.fetch(id))).toMatchObject({ code: 'not_found' })
  })

  it('ensures: the same contact each time, unchanged', async () => {
    const { client, vendor } = apiSetup()
    const first = await client.ensure({ fingerprint: FINGERPRINT, name: 'Jane' })
    expect(await client.ensure({ fingerprint: FINGERPRINT, name: 'Joan' })).toEqual(first)
    expect(vendor.contacts).toMatchObject([{ id: first.id, name: 'Jane' }])
  })

  it('lists a page, and the next one', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(3))
    const first = await client.list({ take: 2, order: 'asc' })
    expect(first.items.map(({ name }) => name)).toEqual(['Zoë 🦊 0', 'Zoë 🦊 1'])
    const second = await client.list({ take: 2, order: 'asc', cursor: first.cursor })
    expect(second.items.map(({ name }) => name)).toEqual(['Zoë 🦊 2'])
    expect(await client.list({ cursor: second.cursor, order: 'asc' })).toEqual({ items: [] })
  })

  it('filters by meta', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([
      { name: 'Ana', meta: { plan: 'pro', vip: true } },
      { name: 'Bea', meta: { plan: 'pro', vip: false } },
    ])
    const found = await client.list({ meta: { plan: 'pro', vip: 'true' } })
    expect(found.items.map(({ name }) => name)).toEqual(['Ana'])
    expect(await collect(client.list({ meta: { vip: 'true' } }).stream())).toHaveLength(1)
  })

  it('exports: as list, with {} for no meta', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{ name: 'Ana' }])
    expect((await client.export()).items).toMatchObject([{ name: 'Ana', meta: {} }])
    expect(await collect(client.export().stream())).toMatchObject([{ type: 'item', data: { meta: {} } }])
    expect(new Set(vendor.requests.map(({ path }) => path))).toEqual(new Set(['/v1/contact/export']))
  })

  it('names itself in errors as it is told', async () => {
    const { client } = apiSetup()
    expect(await failure(client.fetch('c1', { operation: 'get' }))).toMatchObject({ operation: 'get' })
    expect(await failure(client.update('c1', {}))).toMatchObject({ operation: 'updateContact' })
  })
})

describe('time limits of one call', () => {
  it('limit an attempt, and the whole call', async () => {
    const { clock, asked } = observedClock()
    const { client } = apiSetup({ clock })
    await client.list({}, { timeoutMs: 40_000, deadlineMs: 50_000 })
    await collect(client.list({}, { timeoutMs: 60_000 }).stream())
    expect(asked.filter((ms) => ms >= 30_000)).toEqual(expect.arrayContaining([40_000, 50_000, 60_000]))
    expect(asked).not.toContain(30_000)
  })

  it('end a call whose deadline leaves no time for the wait', async () => {
    const { client, vendor, clock } = apiSetup()
    vendor.faults.add({ retryAfter: 40 })
    expect(await failure(client.list({}, { deadlineMs: 35_000 }))).toMatchObject({ code: 'rate_limited' })
    expect(clock.waits).toEqual([])
  })
})

describe('repetitions', () => {
  it.each([
    ['fetch', true, (client: Client, id: string) => client.fetch(id)],
    ['list', true, (client: Client) => client.list()],
    ['update', true, (client: Client, id: string) => client.update(id, { name: 'B' })],
    ['ensure', true, (client: Client) => client.ensure({ fingerprint: FINGERPRINT })],
    ['create', false, (client: Client) => client.create({ name: 'B' })],
    [
      'ensure without a fingerprint',
      false,
      (client: Client) => client.ensure({ fingerprint: '', name: 'B' }),
    ],
  ])('%s is sent again after its answer was lost: %s', async (_, again, run) => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    for (const fault of [{ cut: 'answer' as const }, { status: 503, applied: true }]) {
      vendor.requests.clear()
      vendor.faults.add(fault)
      if (again) await run(client, ana?.id ?? '')
      else expect(await failure(run(client, ana?.id ?? ''))).toMatchObject({ retryable: false })
      expect(vendor.requests).toHaveLength(again ? 2 : 1)
    }
  })

  it('creates one contact, not two', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ cut: 'answer' })
    expect(await failure(client.create({ name: 'Ana' }))).toMatchObject({
      code: 'network',
      message: expect.stringContaining('may have been applied'),
    })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('says that a delete which found nothing left may have been the one', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    vendor.faults.add({ cut: 'answer' })
    expect(await failure(client.delete(ana?.id ?? ''))).toMatchObject({
      code: 'not_found',
      applied: 'unknown',
    })
    expect(vendor.contacts).toHaveLength(0)
    expect(await failure(client.delete(ana?.id ?? ''))).toMatchObject({ code: 'not_found', applied: 'no' })
  })

  it('are those of the call, where it has its own', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status: 503, times: 3 })
    expect(await failure(client.list({}, { retry: { attempts: 2 } }))).toMatchObject({ code: 'unavailable' })
    expect(vendor.requests).toHaveLength(2)
    expect(await failure(client.list({}, { retry: false }))).toMatchObject({ code: 'unavailable' })
    expect(vendor.requests).toHaveLength(3)
  })
})
